import Archives
import Deidentification
import Formats
import Glibc
import Recipes
import Records

/// `recipe.lock.yaml`: the resolved recipe and the digest of every input.
struct RecipeLock {
  static let fileName = "recipe.lock.yaml"
  /// A folder of a million notes makes a lock file of 200 MB.
  static let maximumBytes = 1 << 30

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
    var members = [
      JSON.Member("lock_version", .number("1")),
      JSON.Member("tool", .string("materia \(BuildPipeline.version)")),
      JSON.Member("recipe_sha256", .string(recipeSHA256)),
    ]
    if let key = plan.key { members.append(JSON.Member("key_check", .string(key.check))) }
    members += [
      JSON.Member("recipe", resolved),
      JSON.Member(
        "inputs",
        .array(
          inputs.map { input in
            .object([
              JSON.Member("source", .string(input.place.source)),
              JSON.Member("path", .string(input.place.path)),
              JSON.Member("sha256", .string(input.sha256)),
            ])
          })),
    ]
    return "# What this dataset was built from. 'materia build --locked' refuses anything else.\n"
      + YAMLText.text(of: .object(members))
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
      previous = try YAMLFile.tree(of: previousPath, maximumBytes: Self.maximumBytes)
    } catch {
      throw PipelineError.drifted(error.problems)
    }
    var problems: [Diagnostic] = []
    if previous["recipe_sha256"]?.string != recipeSHA256 {
      problems.append(drift("the recipe differs from the one that the lock was written for"))
    }
    if previous["key_check"]?.string != plan.key?.check {
      problems.append(drift("the secret key differs from the one that the lock was written for"))
    }
    let locked = (previous["inputs"]?.elements ?? []).map {
      Input(
        source: $0["source"]?.string ?? "", path: $0["path"]?.string ?? "",
        sha256: $0["sha256"]?.string ?? "")
    }
    let found = inputs(of: units, plan)
    let lockedDigests = Dictionary(locked.map { ($0.place, $0.sha256) }, uniquingKeysWith: { $1 })
    for input in found where lockedDigests[input.place] != input.sha256 {
      let change = lockedDigests[input.place] == nil ? "is new" : "has changed"
      problems.append(drift("'\(input.place.path)' of source '\(input.place.source)' \(change)"))
    }
    let foundPlaces = Set(found.map(\.place))
    for place in locked.map(\.place) where !foundPlaces.contains(place) {
      problems.append(drift("'\(place.path)' of source '\(place.source)' is missing"))
    }
    guard problems.isEmpty else { throw PipelineError.drifted(problems) }
  }

  private struct Input {
    var place: Place
    var sha256: String

    struct Place: Hashable {
      var source: String
      var path: String
    }

    init(source: String, path: String, sha256: String) {
      place = Place(source: source, path: path)
      self.sha256 = sha256
    }
  }

  /// The files of the sources, then those of sampled answers under the name of their task, the tokenizer,
  /// the tables of patients, and those of benchmarks and reference sets.
  private func inputs(of units: [UnitReading], _ plan: BuildPlan) -> [Input] {
    units.flatMap { unit in
      let source = plan.sources[unit.source]
      return unit.inputs.map {
        Input(source: source.name, path: source.shown($0.path), sha256: $0.sha256)
      }
    }
      + plan.sampleFiles.map { task, samples in
        Input(source: "task \(task)", path: samples.name, sha256: samples.sha256)
      }
      + [plan.fitting?.meter.tokenizer].compactMap { $0 }.map {
        Input(source: "tokenizer", path: $0.name, sha256: $0.sha256)
      }
      + plan.patientInputs.map {
        Input(source: "patients", path: $0.path, sha256: $0.sha256)
      }
      + plan.benchmarks.flatMap { benchmark in
        benchmark.inputs.map {
          Input(source: "benchmark \(benchmark.name)", path: $0.path, sha256: $0.sha256)
        }
      }
      + plan.references.flatMap { reference in
        reference.inputs.map {
          Input(source: "reference \(reference.name)", path: $0.path, sha256: $0.sha256)
        }
      }
  }

  private func drift(_ message: String) -> Diagnostic {
    Diagnostic(
      at: Position(file: previousPath), message,
      hint: "build without '--locked' to accept the change")
  }
}
