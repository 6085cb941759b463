import Formats
import Recipes
import Records
import TestSupport
import Testing

@testable import Pipeline

/// Benchmarks and reference sets are found though names, numbers and dates are replaced in the records.
struct DeidentifiedReferencesTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder([
      "q.jsonl": (0..<40).map(Self.row).joined(), "exam.jsonl": (0..<10).map(Self.row).joined(),
      "secret.key": "secret-of-the-tests-0123456789-abcdefghijklmnop\n",
    ])
  }

  /// So much of each is replaced that no run of words of a benchmark stays whole.
  private static func row(_ number: Int) -> String {
    let question =
      "Mr. John Smith w\(number)a called 617-555-01\(10 + number) w\(number)b. On March 9, 1957 "
      + "Mrs. Mary Jones w\(number)c rested; Mr. Peter Brown w\(number)d ate with Mr. John Smith?"
    return
      #"{"id": "q\#(number)", "question": "\#(question)", "answer": "Mr. Paul Miller w\#(number)e."}"#
      + "\n"
  }

  private func build(_ mode: String, _ stage: String) async throws -> (BuildReport, [JSON]) {
    let recipe = try folder.write(
      """
      version: 1
      name: tiny
      sources:
        - name: q
          corpus: jsonl
          path: q.jsonl
          license: CC0-1.0
          shape: question-answer
          language: en
          fields: {id: id, question: question, answer: answer}
      stages: [{deidentify: {mode: \(mode), ids: keep}}, \(stage)]
      split: {train: 1}
      tasks: [{for: q, task: question-answering}]
      emit: [{dialect: messages}]
      """, to: "r.yaml")
    var options = BuildOptions(threads: 2)
    options.output = folder("out")
    let report = try await BuildPipeline(
      recipe: try Recipe.load(from: recipe), recipePath: recipe, options: options
    ).run()
    let rejected = FolderContent.files(in: folder("out"))["rejected.jsonl"] ?? []
    return (
      report,
      try String(decoding: rejected, as: UTF8.self).split(separator: "\n").map {
        try JSON(parsing: String($0))
      }
    )
  }

  private static let set =
    "{path: exam.jsonl, corpus: jsonl, shape: question-answer, "
    + "fields: {id: id, question: question, answer: answer}}"

  @Test func `a benchmark's items are found among records with placeholders`() async throws {
    let (report, rejected) = try await build("redact", "{decontaminate: {against: [\(Self.set)]}}")
    let ids = Set(
      rejected.filter { $0["reason"]?.string == "contaminated" }.compactMap { $0["id"]?.string })
    #expect(ids == Set((0..<10).map { "q\($0)" }))
    #expect(report.warnings.isEmpty)
  }

  @Test func `a reference set's records are found among records with placeholders`() async throws {
    let (_, rejected) = try await build(
      "redact", "{deduplicate: {exact: true, max_loss: 1, against: [\(Self.set)]}}")
    #expect(Set(rejected.compactMap { $0["id"]?.string }) == Set((0..<10).map { "q\($0)" }))
  }

  @Test func `that invented values hide overlaps is told`() async throws {
    let (report, _) = try await build(
      "surrogate, key: secret.key", "{decontaminate: {against: [\(Self.set)]}}")
    #expect(
      report.warnings.contains { $0.message.hasPrefix("invented values stand in the records but") })
  }
}
