import Formats
import Recipes
import Records
import TestSupport
import Testing

@testable import Pipeline

/// Builds of invented notes with a context, with and without a tokenizer.
struct LengthBuildTests {
  private let folder: TemporaryFolder
  private static let tokenizer =
    "\(PackageFolder.path)/Tests/TokenizersTests/Fixtures/llama3.json"

  init() throws {
    let texts = [
      "The patient slept well and ate breakfast.",
      (1...9).map { "The patient walked to window \($0) and came back." }.joined(separator: " "),
      String(repeating: "x", count: 2000),
    ]
    let rows = texts.enumerated().map { #"{"id": "\#($0)", "text": "\#($1)"}"# + "\n" }
    folder = try TemporaryFolder(["notes.jsonl": rows.joined()])
  }

  private func build(
    _ overLong: String, tokenizer: Bool = true, name: String = "out"
  ) async throws -> BuildReport {
    let path = try folder.write(
      """
      version: 1
      name: tiny
      sources:
        - {name: notes, corpus: jsonl, path: notes.jsonl, license: CC0-1.0, shape: note, fields: {id: id, text: text}}
      split: {train: 1}
      tasks: [{for: notes, task: pre-training-text}]
      emit: [{dialect: text}]
      training: {base_model: some/model, context_tokens: 64, over_long: \(overLong), trainers: [trl]}
      """, to: "\(name).yaml")
    var options = BuildOptions()
    options.output = folder(name)
    options.tokenizerPath = tokenizer ? Self.tokenizer : nil
    return try await BuildPipeline(
      recipe: try Recipe.load(from: path), recipePath: path, options: options
    ).run()
  }

  private func lengths(_ name: String = "out") throws -> JSON {
    let manifest = try JSON(parsing: Array(folder.text(of: "\(name)/manifest.json").utf8))
    return try #require(manifest["lengths"])
  }

  @Test func `rejects what is longer, with its tokens`() async throws {
    let report = try await build("reject")
    #expect(report.ledger["notes"].read == 3)
    #expect(report.ledger["notes"].written == 1)
    #expect(report.ledger["notes"].reasons.map(\.reason) == [.overLong])
    #expect(folder.text(of: "out/rejected.jsonl").contains("tokens"))
    let lengths = try lengths()
    #expect(lengths["count"] == .string("exact"))
    #expect(lengths["over_long_rejected"] == .number("2"))
    #expect(folder.text(of: "out/training/trl.yaml").contains("max_length: 64"))
    #expect(folder.text(of: "out/recipe.lock.yaml").contains("llama3.json"))
  }

  @Test func `splits texts into rows of one record`() async throws {
    let report = try await build("split")
    #expect(report.ledger["notes"].written == 2)
    #expect(report.examples > 2)
    #expect(folder.text(of: "out/provenance/train.jsonl").contains("notes:1/2"))
    #expect(try lengths()["over_long_cut"] == .number("1"))
  }

  @Test func `fails with the longest named, and publishes nothing`() async throws {
    let error = await #expect(throws: PipelineError.self) { try await build("fail") }
    #expect(error?.exitCode == 1)
    #expect(error?.diagnostic.message.contains("the longest are notes:2 (") == true)
    #expect(folder.text(of: "out/manifest.json").isEmpty)
  }

  @Test func `says that lengths are estimated wherever they show`() async throws {
    let report = try await build("reject", tokenizer: false)
    #expect(report.lengths?.contains("(estimated)") == true)
    #expect(try lengths()["count"] == .string("estimated"))
    #expect(folder.text(of: "out/README.md").contains("tokens (estimated)"))
    #expect(folder.text(of: "out/report.html").contains("tokens (estimated)"))
  }

  @Test func `refuses a tokenizer that is not there or not known, at its place`() throws {
    let file = try folder.write("{}", to: "tokenizer.json")
    #expect(throws: Diagnostic.self) { try PlannedTokenizer(path: file) }
    #expect(throws: Diagnostic.self) { try PlannedTokenizer(path: folder("absent.json")) }
  }
}
