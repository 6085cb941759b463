import Formats
import Foundation
import Pipeline
import Recipes
import Records
import Testing

/// The documents say what the code says.
struct ReadmeTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static func text(of path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// The tables of a document, by the names in its markers.
  private static func tables(of path: String) throws -> [String: String] {
    guard path == "README.md" else {
      return [
        "recipes": try recipes(), "templates": try templates(),
        "options": RegistryTables.readerOptions.markdown,
        "licenses": RegistryTables.licenses.markdown,
        "measures": RegistryTables.measures.markdown, "flaws": RegistryTables.flaws.markdown,
      ]
    }
    return [
      "corpora": RegistryTables.corpora.markdown, "tasks": RegistryTables.tasks.markdown,
      "dialects": RegistryTables.dialects.markdown,
    ]
  }

  /// Every recipe with what the comment at its head says: what it makes, and how to run it.
  private static func recipes() throws -> String {
    let folder = root.appending(path: "Recipes")
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter {
      $0.hasSuffix(".yaml") && !$0.hasPrefix("templates/")
    }.sorted {
      ($0.components(separatedBy: "/").count, $0) < ($1.components(separatedBy: "/").count, $1)
    }
    let rows = try paths.map { path in
      let head = try text(of: "Recipes/\(path)").split(separator: "\n").prefix { $0.hasPrefix("#") }
        .map { $0.dropFirst().trimmingCharacters(in: .whitespaces) }
      let what = head.prefix { !$0.hasPrefix("materia build ") }
      try #require(what.count < head.count, "\(path) does not say how to run it")
      // A command ends with the first line that has no backslash behind it.
      let lines = head[what.count...]
      let command =
        lines.prefix { $0.hasSuffix("\\") } + lines.drop { $0.hasSuffix("\\") }.prefix(1)
      let sources = command.map { $0.hasSuffix("\\") ? String($0.dropLast()) : $0 }.joined(
        separator: " "
      )
      .components(separatedBy: "--source ").dropFirst()
      .map { $0.trimmingCharacters(in: .whitespaces) }
      return [
        "`\(path)`", what.joined(separator: " ").replacingOccurrences(of: "|", with: "\\|"),
        sources.map { "`--source \($0)`" }.joined(separator: " "),
      ]
    }
    return RegistryTable(header: ["recipe", "makes", "run it with"], rows: rows).markdown
  }

  /// Every template set with its task, its language and how many wordings it has.
  private static func templates() throws -> String {
    let shelf = TemplateShelf(folder: root.appending(path: "Recipes").path)
    let sets = try shelf.names.sorted().compactMap { try shelf.set(named: $0) }
    let rows = sets.map { ["`\($0.name)`", $0.task, $0.language, String($0.wordings.count)] }
    return RegistryTable(header: ["set", "task", "language", "wordings"], rows: rows).markdown
  }

  @Test(arguments: ["README.md", "Recipes/README.md"])
  func `the tables of a document are those of the code`(path: String) throws {
    let text = try Self.text(of: path)
    var wanted = text
    for (name, table) in try Self.tables(of: path).sorted(by: { $0.key < $1.key }) {
      let range = try #require(
        Self.range(of: name, in: wanted), "\(path) has no table '\(name)' between its markers")
      wanted.replaceSubrange(range, with: "\n\(table)\n")
    }
    let isCurrent = text == wanted
    if !isCurrent, ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
      try wanted.write(to: Self.root.appending(path: path), atomically: true, encoding: .utf8)
    }
    #expect(isCurrent, "\(path) is out of date; run 'make readme-tables' and look at the change")
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
