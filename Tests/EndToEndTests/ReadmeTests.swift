import Formats
import Foundation
import Pipeline
import Recipes
import Testing

/// The documents say what the code says.
struct ReadmeTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static func text(of path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// The tables of the README, by the names in its markers.
  private static let tables = [
    "corpora": RegistryTables.corpora.markdown, "tasks": RegistryTables.tasks.markdown,
    "dialects": RegistryTables.dialects.markdown,
  ]

  @Test func `the README's tables are those of the registries`() throws {
    let text = try Self.text(of: "README.md")
    var wanted = text
    for (name, table) in Self.tables.sorted(by: { $0.key < $1.key }) {
      let range = try #require(
        Self.range(of: name, in: wanted), "README.md has no table '\(name)' between its markers")
      wanted.replaceSubrange(range, with: "\n\(table)\n")
    }
    let isCurrent = text == wanted
    if !isCurrent, ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
      try wanted.write(
        to: Self.root.appending(path: "README.md"), atomically: true, encoding: .utf8)
    }
    #expect(isCurrent, "README.md is out of date; run 'make readme-tables' and look at the change")
  }

  @Test func `the README's recipe is a recipe`() throws {
    let recipe = try #require(try Self.blocks(of: "yaml", in: "README.md").first)
    _ = try Recipe.load(Array(recipe.utf8), file: "README.md")
  }

  @Test func `the README shows a row of the quickstart dataset`() async throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "materia-readme-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = Self.root.appending(path: "Recipes/quickstart.yaml").path
    var options = BuildOptions(threads: 2, memoryBytes: 64 << 20)
    options.output = folder.path
    let report = try await BuildPipeline(
      recipe: Recipe.load(from: path), recipePath: path, options: options
    ).run()

    let rows = try String(
      contentsOf: folder.appending(path: "messages/train.jsonl"), encoding: .utf8)
    let row = try #require(try Self.blocks(of: "json", in: "README.md").first)
    #expect(rows.contains(row))
    let shown = try Self.text(of: "README.md")
    #expect(shown.contains("wrote Output/quickstart: \(report.examples) examples"))
  }

  @Test func `every key of a recipe is in the reference`() throws {
    let schema = try JSON(parsing: Array(Self.text(of: "Schemas/recipe.schema.json").utf8))
    let reference = try Self.text(of: "Recipes/README.md")
    for key in Self.propertyNames(in: schema) {
      #expect(reference.contains("`\(key)`"), "Recipes/README.md does not mention '\(key)'")
    }
  }

  @Test func `every recipe and template set is in the list`() throws {
    let reference = try Self.text(of: "Recipes/README.md")
    for folder in ["", "instruction/", "pre-training/", "templates/"] {
      let names = try FileManager.default.contentsOfDirectory(
        atPath: Self.root.appending(path: "Recipes/\(folder)").path)
      for name in names.sorted() where name.hasSuffix(".yaml") {
        let shown = folder == "templates/" ? String(name.dropLast(5)) : "\(folder)\(name)"
        #expect(reference.contains("`\(shown)`"), "Recipes/README.md does not mention \(shown)")
      }
    }
  }

  /// What stands between `<!-- table: NAME -->` and the next `<!-- end -->`.
  private static func range(of name: String, in text: String) -> Range<String.Index>? {
    guard let start = text.range(of: "<!-- table: \(name) -->"),
      let end = text.range(of: "<!-- end -->", range: start.upperBound..<text.endIndex)
    else { return nil }
    return start.upperBound..<end.lowerBound
  }

  /// The fenced blocks of a language, without their fences.
  private static func blocks(of language: String, in path: String) throws -> [String] {
    try text(of: path).components(separatedBy: "\n```\(language)\n").dropFirst().map {
      $0.components(separatedBy: "\n```").first ?? ""
    }
  }

  /// The keys of every `properties` of a schema.
  private static func propertyNames(in schema: JSON) -> [String] {
    switch schema {
    case .object(let members):
      members.flatMap { member -> [String] in
        let inner = propertyNames(in: member.value)
        guard member.key == "properties", case .object(let properties) = member.value else {
          return inner
        }
        return properties.map(\.key) + inner
      }
    case .array(let elements): elements.flatMap(propertyNames)
    default: []
    }
  }
}
