import Glibc
import Records
import Schemas

extension Recipe {
  /// Loads a recipe file.
  ///
  /// - Throws: `RecipeProblems` with every problem of the file, each at its place.
  package static func load(from path: String) throws(RecipeProblems) -> Recipe {
    try load(YAMLFile.bytes(of: path), file: path)
  }

  /// Loads a recipe from its bytes; `file` is what messages call it.
  package static func load(_ bytes: [UInt8], file: String) throws(RecipeProblems) -> Recipe {
    try RecipeDraft.load(bytes, file: file).sound()
  }
}

extension Recipe {
  /// The recipe of a lock file, which the tool wrote with every default.
  package init(locked node: YAMLNode) { self.init(draft: node) }
}

/// A recipe as far as it can be read, with what is wrong in it.
///
/// The pipeline looks up the names of a draft too, so that a person meets all problems at once: those
/// of the file and those of what it names.
package struct RecipeDraft: Sendable {
  package let recipe: Recipe
  package let problems: [Diagnostic]

  package init(recipe: Recipe, problems: [Diagnostic]) {
    self.recipe = recipe
    self.problems = problems
  }

  /// Loads a recipe file.
  ///
  /// - Throws: `RecipeProblems` when the file cannot be read or is not YAML.
  package static func load(from path: String) throws(RecipeProblems) -> RecipeDraft {
    try load(YAMLFile.bytes(of: path), file: path)
  }

  /// Loads a recipe from its bytes; `file` is what messages call it.
  package static func load(_ bytes: [UInt8], file: String) throws(RecipeProblems) -> RecipeDraft {
    let (root, problems) = try YAMLFile.checked(bytes, file: file, schema: "recipe")
    let recipe = Recipe(draft: root)
    return RecipeDraft(recipe: recipe, problems: problems + recipe.findings(in: root))
  }

  /// The recipe.
  ///
  /// - Throws: `RecipeProblems` when anything is wrong in it.
  package func sound() throws(RecipeProblems) -> Recipe {
    guard problems.isEmpty else { throw RecipeProblems(problems).inFileOrder }
    return recipe
  }
}

extension TemplateSet {
  /// Loads a template set from the bytes of its file.
  ///
  /// - Throws: `RecipeProblems` with every problem of the file.
  package static func load(_ bytes: [UInt8], file: String) throws(RecipeProblems) -> TemplateSet {
    let root = try YAMLFile.validated(bytes, file: file, schema: "template-set")
    return TemplateSet(root, task: root["task"]?.string ?? "")
  }
}

/// Where named template sets are found: the `templates` folder beside the recipe, then the ones that
/// come with the tool.
package struct TemplateShelf: Sendable {
  private let folder: String

  /// Makes a shelf; `folder` is the recipe's.
  package init(folder: String) { self.folder = folder }

  /// The names of the sets that come with the tool.
  package var names: [String] {
    EmbeddedFiles.templateSets.map { file in
      let name = file.name.split(separator: "/").last.map(String.init) ?? file.name
      return String(name.dropLast(".yaml".count))
    }
  }

  /// The set of that name and its twins in other languages: `exam-qa`, `exam-qa-es`, `exam-qa-ja`.
  ///
  /// A twin's name is the set's with its language behind it.
  package func family(of name: String) throws(RecipeProblems) -> [TemplateSet] {
    var family: [TemplateSet] = []
    for other in names where other == name || other.hasPrefix("\(name)-") {
      guard let set = try set(named: other) else { continue }
      if other == name || other == "\(name)-\(set.language)" { family.append(set) }
    }
    return family
  }

  /// The set of that name; nil when there is none.
  package func set(named name: String) throws(RecipeProblems) -> TemplateSet? {
    let path = "\(folder)/templates/\(name).yaml"
    if access(path, R_OK) == 0 {
      return try TemplateSet.load(YAMLFile.bytes(of: path), file: path)
    }
    guard let place = names.firstIndex(of: name) else { return nil }
    let file = EmbeddedFiles.templateSets[place]
    return try TemplateSet.load(file.bytes, file: file.name)
  }
}

/// YAML files that a schema of ours describes.
package enum YAMLFile {
  /// The tree of a file that no schema of ours describes, and that the tool wrote itself.
  package static func tree(
    of path: String, maximumBytes: Int
  ) throws(RecipeProblems) -> YAMLNode {
    try YAMLParser.parse(
      bytes(of: path, maximumBytes: maximumBytes), file: path, maximumBytes: maximumBytes)
  }

  /// Parses a file and holds it against a schema.
  ///
  /// - Throws: `RecipeProblems` with every problem.
  static func validated(
    _ bytes: [UInt8], file: String, schema name: String
  ) throws(RecipeProblems) -> YAMLNode {
    let (root, problems) = try checked(bytes, file: file, schema: name)
    guard problems.isEmpty else { throw RecipeProblems(problems) }
    return root
  }

  /// Parses a file and tells where it does not fit a schema.
  ///
  /// - Throws: `RecipeProblems` when it is not YAML.
  static func checked(
    _ bytes: [UInt8], file: String, schema name: String
  ) throws(RecipeProblems) -> (root: YAMLNode, problems: [Diagnostic]) {
    let root = try YAMLParser.parse(bytes, file: file)
    let schema: Schema
    do {
      schema = try Schema(embedded: name)
    } catch {
      throw RecipeProblems([Diagnostic("the built-in schema '\(name)' cannot be used: \(error)")])
    }
    let problems = schema.problems(in: root, limit: 100).map { problem in
      var diagnostic = problem.diagnostic
      diagnostic.position = diagnostic.position.within(file: file)
      return diagnostic
    }
    return (root, problems)
  }

  static func bytes(
    of path: String, maximumBytes: Int = YAMLParser.maximumBytes
  ) throws(RecipeProblems) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(path) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    // One byte over the limit is enough to know that the file is too long.
    while bytes.count <= maximumBytes {
      let count = read(descriptor, &piece, piece.count)
      guard count >= 0 else { throw unreadable(path) }
      if count == 0 { break }
      bytes += piece[..<count]
    }
    return bytes
  }

  private static func unreadable(_ path: String) -> RecipeProblems {
    let reason = String(cString: strerror(errno)).lowercased()
    return RecipeProblems([Diagnostic("cannot open '\(path)': \(reason)")])
  }
}
