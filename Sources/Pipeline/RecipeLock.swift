import Archives
import Formats
import Glibc
import Recipes
import Records

/// `recipe.lock.yaml`: the resolved recipe and the digest of every input.
struct RecipeLock {
  static let fileName = "recipe.lock.yaml"

  /// The digest of the resolved recipe.
  let recipeSHA256: String
  private let resolved: JSON
  private let previousPath: String

  init(recipe: Recipe, previousIn output: String) {
    resolved = recipe.resolved
    var writer = JSONWriter()
    writer.value(resolved)
    recipeSHA256 = SHA256.hex(of: writer.take())
    previousPath = "\(output)/\(Self.fileName)"
  }

  /// The text of the lock file.
  func text(of units: [UnitReading], _ plan: BuildPlan) -> String {
    let inputs = inputs(of: units, plan)
    let tree = JSON.object([
      JSON.Member("lock_version", .number("1")),
      JSON.Member("tool", .string("materia \(BuildPipeline.version)")),
      JSON.Member("recipe_sha256", .string(recipeSHA256)),
      JSON.Member("recipe", resolved),
      JSON.Member(
        "inputs",
        .array(
          inputs.map { input in
            .object([
              JSON.Member("source", .string(input.source)),
              JSON.Member("path", .string(input.path)),
              JSON.Member("sha256", .string(input.sha256)),
            ])
          })),
    ])
    return "# What this dataset was built from. 'materia build --locked' refuses anything else.\n"
      + YAMLText.text(of: tree)
  }

  /// Refuses, before anything is read, a locked build that cannot be one.
  func requirePresent(limit: Int?) throws {
    guard limit == nil else {
      throw PipelineError.recipe([
        Diagnostic("'--locked' builds the whole dataset; '--limit' does not go with it")
      ])
    }
    guard access(previousPath, R_OK) == 0 else {
      throw PipelineError.drifted([
        Diagnostic(
          at: Position(file: previousPath), "there is no lock file to hold the inputs against",
          hint: "build once without '--locked'; that writes it")
      ])
    }
  }

  /// Refuses a recipe or inputs that differ from those of the lock file in the output.
  func requireUnchanged(_ units: [UnitReading], _ plan: BuildPlan) throws {
    let previous: YAMLNode
    do {
      previous = try YAMLFile.tree(of: previousPath)
    } catch {
      throw PipelineError.drifted(error.problems)
    }
    var problems: [Diagnostic] = []
    if previous["recipe_sha256"]?.string != recipeSHA256 {
      problems.append(drift("the recipe differs from the one that the lock was written for"))
    }
    let locked = (previous["inputs"]?.elements ?? []).map {
      Input(
        source: $0["source"]?.string ?? "", path: $0["path"]?.string ?? "",
        sha256: $0["sha256"]?.string ?? "")
    }
    let found = inputs(of: units, plan)
    for input in found where !locked.contains(input) {
      let isKnown = locked.contains { $0.source == input.source && $0.path == input.path }
      problems.append(
        drift("'\(input.path)' of source '\(input.source)' \(isKnown ? "has changed" : "is new")"))
    }
    for input in locked where !found.contains(where: { $0.isSameFile(as: input) }) {
      problems.append(drift("'\(input.path)' of source '\(input.source)' is missing"))
    }
    guard problems.isEmpty else { throw PipelineError.drifted(problems) }
  }

  private struct Input: Equatable {
    var source: String
    var path: String
    var sha256: String

    func isSameFile(as other: Input) -> Bool { source == other.source && path == other.path }
  }

  private func inputs(of units: [UnitReading], _ plan: BuildPlan) -> [Input] {
    units.flatMap { unit in
      unit.inputs.map {
        Input(source: plan.sources[unit.source].name, path: $0.path, sha256: $0.sha256)
      }
    }
  }

  private func drift(_ message: String) -> Diagnostic {
    Diagnostic(
      at: Position(file: previousPath), message,
      hint: "build without '--locked' to accept the change")
  }
}
