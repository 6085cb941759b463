import Recipes
import Records

/// The smallest recipe, with lines of the test's own put in.
enum RecipeText {
  /// - Parameters:
  ///   - lines: Lines at the top level, before the others.
  ///   - source: Lines of the source `a`, indented by four spaces.
  static func minimal(_ lines: String = "", source: String = "") -> String {
    """
    version: 1
    name: tiny
    \(lines)
    sources:
      - name: a
        corpus: medquad
        path: a.zip
    \(source)
    tasks:
      - {for: a, task: question-answering}
    emit:
      - dialect: messages
    """
  }

  static func recipe(_ text: String) throws(RecipeProblems) -> Recipe {
    try Recipe.load(Array(text.utf8), file: "r.yaml")
  }

  /// The messages of a recipe that cannot be loaded; none when it can.
  static func problems(_ text: String) -> [String] {
    do throws(RecipeProblems) {
      _ = try recipe(text)
      return []
    } catch {
      return error.problems.map(\.description)
    }
  }
}
