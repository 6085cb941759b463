import Formats
import Records
import Schemas
import TestSupport
import Testing

@testable import Recipes

struct ResolvedRecipeTests {
  private func tree(_ text: String) throws -> YAMLNode {
    try YAMLParser.parse(Array(text.utf8), file: "lock.yaml")
  }

  @Test(arguments: PackageFolder.recipes)
  func `reads back from its text as the same tree`(path: String) throws {
    let resolved = try Recipe.load(from: "\(PackageFolder.path)/\(path)").resolved
    #expect(try tree(YAMLText.text(of: resolved)).json == resolved)
  }

  @Test(arguments: PackageFolder.recipes)
  func `is a recipe, and resolves to itself`(path: String) throws {
    let resolved = try Recipe.load(from: "\(PackageFolder.path)/\(path)").resolved
    let again = try RecipeText.recipe(YAMLText.text(of: resolved)).resolved
    #expect(again == resolved)
  }

  @Test(arguments: [
    "", "no", "17", "true", "null", "- a", "a: b", "# a", "'", "\"\\\"", "{x}", "*a", "&a", "!a",
    "%", "@", "a\nb", " a ", "\t", "\u{0}\u{1}\u{1F}", "\u{7F}\u{85}\u{9F}", "\u{2028}a\u{2029}",
    "\u{FEFF}a", "\u{FFFE}", "10⁵/μL 日本語 🧬", "a\r\nb",
  ])
  func `any text reads back, as a value and as a key`(text: String) throws {
    let json = JSON.object([
      JSON.Member("value", .string(text)),
      JSON.Member(text.isEmpty ? "key" : text, .array([.string(text), .object([])])),
    ])
    #expect(try tree(YAMLText.text(of: json)).json == json)
  }

  @Test func `is the same for sources and paths in another order`() throws {
    let sources = [
      "  - {name: b, corpus: medquad, path: [x.zip, y.zip]}",
      "  - {name: a, corpus: pubmed, path: z.xml, options: {p: 1, q: 2}}",
    ]
    let turned = [
      "  - {name: a, options: {q: 2, p: 1}, path: [z.xml], corpus: pubmed}",
      "  - {path: [y.zip, x.zip], corpus: medquad, name: b}",
    ]
    func resolved(_ sources: [String]) throws -> JSON {
      try RecipeText.recipe(
        """
        version: 1
        name: tiny
        sources:
        \(sources.joined(separator: "\n"))
        tasks: [{for: [a, b], task: question-answering}]
        emit: [{dialect: messages}]
        """
      ).resolved
    }
    #expect(try resolved(sources) == resolved(turned))
  }

  /// What a build does not depend on, or only by failing.
  private static let leftOut: Set<String> = ["expect", "limits"]

  /// Every key of the schema in a recipe with another value than its default: when the loader forgets
  /// a key, the resolved recipe forgets it too.
  @Test func `has every key that the recipe schema has`() throws {
    let schema = try JSON(parsing: try #require(EmbeddedFiles.schema(named: "recipe")))
    let known = Set(keys(of: schema, in: schema, below: ""))
    let text = try #require(Fixture("Fixtures/every-key.yaml").text)
    let given = Set(try tree(text).json.keyPaths())
    #expect(known.subtracting(given) == [], "every-key.yaml lacks keys of the schema")
    let resolved = Set(try RecipeText.recipe(text).resolved.keyPaths())
    let forgotten = given.subtracting(resolved).filter { path in
      !Self.leftOut.contains(String(path.split(separator: ".")[0]))
    }
    #expect(forgotten == [], "the loader forgets keys")
  }

  @Test func `has every value that was given`() throws {
    let text = try #require(Fixture("Fixtures/every-key.yaml").text)
    let given = try tree(text).json
    let resolved = try RecipeText.recipe(text).resolved
    for key in ["name", "description", "seed", "use", "allow_unknown_license", "split", "mix"] {
      #expect(resolved[key] == given[key], "\(key)")
    }
    for key in ["stages", "sources", "tasks", "emit", "training"] {
      #expect(resolved[key] == given[key], "\(key)")
    }
  }

  /// The paths of the keys that a schema's object may have; references are followed.
  private func keys(of schema: JSON, in root: JSON, below path: String) -> [String] {
    if let reference = schema["$ref"]?.string, let name = reference.split(separator: "/").last {
      return root["$defs"]?[String(name)].map { keys(of: $0, in: root, below: path) } ?? []
    }
    let own = (schema["properties"]?.members ?? []).flatMap { member in
      let place = path.isEmpty ? member.key : "\(path).\(member.key)"
      return [place] + keys(of: member.value, in: root, below: place)
    }
    let open = schema["additionalProperties"].map { keys(of: $0, in: root, below: "\(path).*") }
    let inner = schema["items"].map { keys(of: $0, in: root, below: path) }
    return own + (open ?? []) + (inner ?? [])
  }
}

extension JSON {
  /// The paths of all keys; elements have their list's path, and names that users choose are `*`.
  fileprivate func keyPaths(below path: String = "") -> [String] {
    let inner = (array ?? []).flatMap { $0.keyPaths(below: path) }
    let own = (members ?? []).flatMap { member in
      let name = ["mix"].contains(path) ? "*" : member.key
      let place = path.isEmpty ? name : "\(path).\(name)"
      return [place] + member.value.keyPaths(below: place)
    }
    return inner + own
  }
}

extension YAMLNode {
  /// The tree without its places.
  fileprivate var json: JSON {
    switch value {
    case .null: .null
    case .bool(let flag): .bool(flag)
    case .number(let text): .number(text)
    case .string(let text): .string(text)
    case .sequence(let elements): .array(elements.map(\.json))
    case .mapping(let members): .object(members.map { JSON.Member($0.key, $0.value.json) })
    }
  }
}
