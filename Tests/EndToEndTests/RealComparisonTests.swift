import Formats
import Pipeline
import TestSupport
import Testing

/// Two builds of a real corpus beside each other, held against what their rows say one by one.
@Suite(.enabled(if: SharedFolder.hasCorpora, "\(SharedFolder.absence)"))
struct RealComparisonTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Builds MTS-Dialog with splits drawn by a seed; returns the split of every record.
  private func build(seed: Int, stages: String, to name: String) async throws -> [String: String] {
    let zip = SharedFolder.corpus("mts-dialog/MTS-Dialog.zip")
    let recipe = try folder.write(
      """
      version: 1
      name: real
      seed: \(seed)
      sources:
        - {name: a, corpus: mts-dialog, path: \(zip), members: {exclude: "**/*ugment*"}}
      stages: \(stages)
      split: {train: 0.6, validation: 0.2, test: 0.2, by: record, official: ignore, leaks: report}
      tasks: [{for: a, task: section-generation}]
      emit: [{dialect: messages, shard_rows: 300, compression: gzip}]
      """, to: "r.yaml")
    _ = try await BuiltDataset.build(recipe, to: folder(name))
    let dataset = try BuiltDataset(path: folder(name))
    let rows = try ["train", "validation", "test"].flatMap {
      try dataset.rows("provenance/\($0).jsonl")
    }
    return Dictionary(
      rows.map { ($0["id"]?.string ?? "", $0["split"]?.string ?? "") },
      uniquingKeysWith: { first, _ in first })
  }

  @Test func `MTS-Dialog drawn by two seeds: every record that moved is told`() async throws {
    let before = try await build(seed: 1, stages: "[]", to: "a")
    let after = try await build(
      seed: 2, stages: "[{filter: {min_words: 60}}]", to: "b")
    #expect(before.count > 1500)
    let found = try await DatasetComparison(
      folder("a"), folder("b"), threads: 2, memoryBytes: 1 << 26, limit: nil, showsText: false
    ).differences()
    func ids(_ kind: DatasetDifferences.Kind) -> [String] {
      (found.records.first { $0.kind == kind }?.listed ?? []).map(\.id).sorted()
    }
    func moved(_ isWanted: (String, String) -> Bool) -> [String] {
      before.filter { id, split in after[id].map { $0 != split && isWanted(split, $0) } == true }
        .keys.sorted()
    }
    #expect(ids(.heldOutToTrain) == moved { $1 == "train" })
    #expect(ids(.trainToHeldOut) == moved { before, _ in before == "train" })
    #expect(ids(.moved) == moved { $0 != "train" && $1 != "train" })
    #expect(ids(.nowRejected) == before.keys.filter { after[$0] == nil }.sorted())
    for kind in [DatasetDifferences.Kind.added, .removed, .license] {
      #expect(ids(kind).isEmpty, "\(kind)")
    }
    // The seed draws the wordings too; nothing else changed a row.
    #expect(ids(.text) == ids(.wording))
    #expect(ids(.nowRejected).count > 50)
  }
}
