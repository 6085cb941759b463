import Emitters
import Records
import Stages

/// The proof of a dataset: its files as they were written, and its splits apart by what the rows say.
struct DatasetProof {
  let root: String
  let settings: ProofSettings
  /// Whether requests have exemplars, which must be of training records.
  let hasExemplars: Bool
  let threads: Int
  let memoryBytes: Int

  /// Reads the files again and says what they show.
  ///
  /// - Throws: `PipelineError.unproven` when a file is not as it was written, or groups that must be
  ///   in one split are in two.
  func read(
    _ files: [WrittenFile], benchmarks: [Manifest.Benchmark]
  ) async throws -> (manifest: Manifest.Proof, document: ProofDocument) {
    let proof = try await ProofReading(
      root: root, isSplitByGroup: settings.requiresGroups, hasExemplars: hasExemplars,
      threads: threads
    ).proof(of: files)
    let found = try await LeakSearch(
      root: root, paths: files.map(\.path), settings: settings, threads: threads,
      memoryBytes: memoryBytes
    ).findings()
    let document = ProofDocument(
      settings: settings, proof: proof, found: found,
      benchmarks: benchmarks.isEmpty
        ? nil
        : (
          benchmarks.reduce(0) { $0 + $1.hits }, benchmarks.reduce(0) { $0 + $1.removed }
        ))
    return (proof, document)
  }
}

extension ProofDocument {
  static let fileName = "proof.json"

  init(
    settings: ProofSettings, proof: Manifest.Proof, found: LeakSearch.Findings,
    benchmarks: (hits: Int, removed: Int)?
  ) {
    self.init(
      method: settings.method, required: settings.required, rows: found.rows,
      contents: found.contents, groupsChecked: proof.groupsChecked,
      groupsInTwoSplits: proof.groupsInTwoSplits, benchmarks: benchmarks,
      leaks: found.report)
  }

  /// What the splits have in common although nothing forbids it: one warning, or none.
  var warning: Diagnostic? {
    let counts: [(count: Int, one: String, many: String)] = [
      (groupsInTwoSplits, "group in two splits", "groups in two splits"),
      (leaks.total(.copies), "copied example", "copied examples"),
      (leaks.total(.near), "near-duplicate", "near-duplicates"),
      (leaks.total(.samePassage), "repeated input", "repeated inputs"),
    ]
    let found = counts.filter { $0.count > 0 }
    guard !found.isEmpty else { return nil }
    return Diagnostic(
      "the splits have something in common (counted in held-out rows): "
        + found.map { "\($0.count) \($0.count == 1 ? $0.one : $0.many)" }.joined(separator: ", "),
      severity: .warning,
      hint: "proof.json says where; 'split: {by: group}' and 'deduplicate' keep them apart")
  }
}
