import Formats
import Recipes
import Records
import TestSupport
import Testing

@testable import Pipeline

/// What a recipe's rule on copies leads to, on disk.
struct DeduplicationTests {
  private let folder: TemporaryFolder

  /// Two sources of which the second repeats most of the first in other case and punctuation.
  init() throws {
    let many = (0..<20).map { Self.row("m\($0)", $0, end: ".") }
    let few = (0..<8).map { Self.row("f\($0)", $0 < 6 ? $0 : 100 + $0, end: " !") }
    folder = try TemporaryFolder(["many.jsonl": many.joined(), "few.jsonl": few.joined()])
  }

  private static func row(_ id: String, _ number: Int, end: String) -> String {
    let words = (0..<40).map { "w\(number)x\($0)" }.joined(separator: " ")
    let answer = end == "." ? "\(words)." : words.uppercased() + end
    return #"{"id": "\#(id)", "question": "What of \#(number)?", "answer": "\#(answer)"}"# + "\n"
  }

  private func recipe(_ rule: String, priority: Int = 1) throws -> String {
    func source(_ name: String, _ more: String) -> String {
      "  - {name: \(name), corpus: jsonl, path: \(name).jsonl, license: CC0-1.0, \(more)"
        + "shape: question-answer, fields: {id: id, question: question, answer: answer}}"
    }
    return try folder.write(
      """
      version: 1
      name: tiny
      seed: 17
      sources:
      \(source("many", "priority: \(priority), "))
      \(source("few", ""))
      stages: [{deduplicate: \(rule)}]
      split: {train: 0.6, validation: 0.2, test: 0.2}
      tasks: [{for: [many, few], task: question-answering}]
      emit: [{dialect: messages}]
      """, to: "r.yaml")
  }

  private func build(_ recipe: String) async throws -> (BuildReport, [String: [UInt8]]) {
    var options = BuildOptions(threads: 2)
    options.output = folder("out")
    let report = try await BuildPipeline(
      recipe: try Recipe.load(from: recipe), recipePath: recipe, options: options
    ).run()
    return (report, FolderContent.files(in: folder("out")))
  }

  private func rows(_ name: String, of files: [String: [UInt8]]) throws -> [JSON] {
    let text = String(decoding: files[name] ?? [], as: UTF8.self)
    return try text.split(separator: "\n").map { try JSON(parsing: String($0)) }
  }

  @Test func `the manifest tells how copies were looked for`() async throws {
    let (_, files) = try await build(recipe("{near: {threshold: 0.9, recall: 0.95}, max_loss: 1}"))
    let manifest = try JSON(parsing: files["manifest.json"] ?? [])
    let rule = manifest["deduplication"]
    #expect(rule?["cluster"]?.string == "star")
    #expect(rule?["alarms"]?.array == [])
    let near = rule?["near"]
    #expect(near?["threshold"] == .number("0.9000"))
    let (bands, rows) = (near?["bands"]?.int ?? 0, near?["rows"]?.int ?? 0)
    #expect(bands * rows <= 128 && bands * rows > 100)
    #expect(Double(near?["recall_at_threshold"]?.numberText ?? "") ?? 0 >= 0.95)
  }

  @Test func `copies that differ in case, spaces and punctuation go as exact ones`() async throws {
    let (_, files) = try await build(recipe("{exact: [answer], max_loss: 1}"))
    let copies = try rows("duplicates.jsonl", of: files)
    #expect(copies.count == 6)
    #expect(
      copies.allSatisfy { $0["kind"]?.string == "exact" && $0["similarity"] == .number("1.0000") })
    #expect(copies.compactMap { $0["kept"]?.string } == (0..<6).map { "many:m\($0)" })
  }

  @Test func `a source that loses most of its records is told of, and stops the build if asked`()
    async throws
  {
    let (report, files) = try await build(recipe("{exact: [answer], near: true}"))
    let warning = report.warnings.first { $0.message.contains("max_loss") }
    #expect(warning?.message.hasPrefix("source 'few' loses 6 of its 8 records") == true)
    let manifest = try JSON(parsing: files["manifest.json"] ?? [])
    #expect(manifest["deduplication"]?["alarms"] == .array([.string("few")]))

    let error = await #expect(throws: PipelineError.self) {
      try await build(recipe("{exact: [answer], alarm: fail}"))
    }
    #expect(error?.exitCode == 1)
    let (lenient, _) = try await build(recipe("{exact: [answer], alarm: fail, max_loss: 0.75}"))
    #expect(!lenient.warnings.contains { $0.message.contains("max_loss") })
  }

  @Test func `the source of higher priority keeps its copy, whatever the length`() async throws {
    let (_, files) = try await build(recipe("{exact: [answer], max_loss: 1}", priority: -1))
    let copies = try rows("duplicates.jsonl", of: files)
    #expect(copies.compactMap { $0["kept"]?.string } == (0..<6).map { "few:f\($0)" })
  }

  @Test func `copies of a reference set go, and name what they repeat`() async throws {
    // The first three word for word but for case, the fourth with one word more.
    let earlier =
      (0..<3).map { Self.row("e\($0)", $0, end: " ?") }.joined()
      + Self.row("e3", 3, end: " again ?") + Self.row("e4", 3000, end: ".")
    try folder.write(earlier, to: "sets/earlier.jsonl")
    let against =
      "{path: sets/earlier.jsonl, corpus: jsonl, shape: question-answer, "
      + "fields: {id: id, question: question, answer: answer}}"
    let (_, files) = try await build(
      recipe("{exact: [answer], near: {field: answer}, max_loss: 1, against: [\(against)]}"))
    let copies = try rows("duplicates.jsonl", of: files)
    let ofSet = copies.filter { $0["kept"]?.string?.hasPrefix("earlier#") == true }
    #expect(ofSet.count == 8)
    #expect(Set(ofSet.compactMap { $0["kept"]?.string }) == Set((0..<4).map { "earlier#e\($0)" }))
    #expect(ofSet.count { $0["kind"]?.string == "near" } == 2)
    let manifest = try JSON(parsing: files["manifest.json"] ?? [])
    let set = manifest["deduplication"]?["against"]?.array?.first
    #expect(set?["records"]?.int == 5)
    #expect(set?["removed"]?.int == 8)
    let written = files.filter { $0.key.hasPrefix("messages/") }.values.joined()
    #expect(!String(decoding: Array(written), as: UTF8.self).contains("w3000x"))
    #expect(
      String(decoding: files["recipe.lock.yaml"] ?? [], as: UTF8.self)
        .contains("reference earlier"))
  }

  @Test func `a reference set that is not there stops the build`() async throws {
    let error = await #expect(throws: PipelineError.self) {
      try await build(recipe("{near: true, against: [nowhere.jsonl]}"))
    }
    #expect(error?.exitCode == 2)
  }
}
