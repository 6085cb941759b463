import Formats
import Pipeline
import TestSupport
import Testing

/// Leaks of real corpora that are known, as the published rows of a build show them.
@Suite(.enabled(if: SharedFolder.hasCorpora, "\(SharedFolder.absence)"))
struct RealLeakTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Builds one source and returns its proof.
  private func proof(
    _ source: String, task: String, split: String, stages: String = "[]"
  ) async throws -> JSON {
    let recipe = try folder.write(
      """
      version: 1
      name: real
      sources:
        - \(source)
      stages: \(stages)
      split: \(split)
      tasks: [{for: a, task: \(task)}]
      emit: [{dialect: messages}]
      """, to: "r.yaml")
    _ = try await BuiltDataset.build(recipe, to: folder("out"))
    #expect(try BuiltDataset(path: folder("out")).unbalanced == [])
    return try JSON(parsing: folder.bytes(of: "out/proof.json"))
  }

  private func pair(_ proof: JSON, _ split: String, _ against: String) throws -> JSON {
    try #require(
      proof["pairs"]?.array?.first {
        $0["split"]?.string == split && $0["against"]?.string == against
      })
  }

  /// The counts of the corpus survey, of the official splits as they are published.
  @Test func `MTS-Dialog: train repeats 84, 113 and 115 targets and 2 dialogues each`()
    async throws
  {
    let zip = SharedFolder.corpus("mts-dialog/MTS-Dialog.zip")
    let proof = try await proof(
      "{name: a, corpus: mts-dialog, path: \(zip), members: {exclude: \"**/*ugment*\"}}",
      task: "section-generation", split: "{train: 1, by: record}")
    let validation = try pair(proof, "train", "validation")
    let parts = try #require(try pair(proof, "train", "test")["parts"]?.array)
    #expect(
      parts.map { $0["entry"]?.string?.contains("TestSet-1") == true } == [true, false])
    let all = [validation] + parts
    #expect(all.map { $0["same_output"]?["rows"]?.int } == [84, 113, 115])
    #expect(all.map { $0["same_passage"]?["rows"]?.int } == [2, 2, 2])
    #expect(proof["splits"]?["train"]?["rows"]?.int == 1201)
    #expect(parts.map { $0["against_total"]?.int } == [200, 200])
  }

  private static let medquad =
    "{name: a, corpus: medquad, path: \(SharedFolder.corpus("medquad/MedQuAD-master.zip"))}"

  @Test(.enabled(if: Binary.isFast, "takes long without a release binary"))
  func
    `MedQuAD: a random split of rows shares the focus of 86 of 100 test rows, the group split none`()
    async throws
  {
    let random = try await proof(
      Self.medquad, task: "question-answering", split: "{train: 0.9, test: 0.1, by: record}")
    let focus = try #require(try pair(random, "train", "test")["groups"]?.array?.first)
    let rows = try #require(random["splits"]?["test"]?["rows"]?.int)
    let shared = try #require(focus["against_rows"]?.int)
    #expect(focus["kind"]?.string == "focus")
    #expect((0.84...0.88).contains(Double(shared) / Double(rows)))

    let grouped = try await proof(
      Self.medquad, task: "question-answering", split: "{train: 0.9, test: 0.1}",
      stages: "[{deduplicate: {exact: true, near: {threshold: 0.8}}}]")
    #expect(grouped["disjoint"] == .bool(true))
    #expect(grouped["groups"]?["in_two_splits"]?.int == 0)
    let pair = try pair(grouped, "train", "test")
    #expect(pair["groups"]?.array == [])
    #expect(pair["near"]?["against_rows"]?.int == 0)
    #expect(pair["copies"]?["against_rows"]?.int == 0)
  }
}
