import Archives
import Deidentification
import Recipes
import Records

/// Looks up every name of a recipe and finds its files, collecting all problems on the way.
struct BuildPlanner {
  let recipe: Recipe
  let folder: String
  let sourcePaths: [String: [String]]
  let benchmarkPaths: [String: String]
  let tokenizerPath: String?
  var stages: RecordStages
  var problems: [Diagnostic]
  /// The secret that pseudonyms and surrogates are made by.
  var key: SecretKey?

  /// Makes a planner.
  ///
  /// - Parameters:
  ///   - knownProblems: What was wrong in the recipe's file.
  ///   - folder: The recipe's folder, which relative paths start from.
  ///   - sourcePaths: Paths that replace those of sources; relative ones start from the current
  ///     folder.
  ///   - benchmarkPaths: The same for benchmarks.
  ///   - tokenizerPath: The same for the tokenizer.
  init(
    recipe: Recipe, knownProblems: [Diagnostic] = [], folder: String,
    sourcePaths: [String: [String]], benchmarkPaths: [String: String] = [:],
    tokenizerPath: String? = nil
  ) {
    self.recipe = recipe
    problems = knownProblems
    self.folder = folder
    self.sourcePaths = sourcePaths
    self.benchmarkPaths = benchmarkPaths
    self.tokenizerPath = tokenizerPath
    stages = RecordStages(recipe)
  }

  /// The plan.
  ///
  /// - Throws: `PipelineError.recipe` with every problem; the licence gate's refusals are among them.
  mutating func plan() throws -> BuildPlan {
    checkReplacedPaths()
    planDeidentification()
    var sources: [PlannedSource] = []
    for (number, source) in recipe.sources.enumerated() {
      if let planned = planned(source, number: number) { sources.append(planned) }
    }
    let benchmarks = (recipe.decontamination?.benchmarks ?? []).compactMap { planned($0) }
    checkNames(of: benchmarks)
    let references = (recipe.deduplication?.references ?? []).compactMap { planned(reference: $0) }
    let patients = (recipe.deidentification?.patients ?? []).compactMap { planned($0) }
    let tasks = tasks(for: sources)
    let dialects = recipe.emissions.compactMap { planned($0, for: tasks) }
    if let problem = LicenseMix.problem(of: sources, in: recipe) { problems.append(problem) }
    checkAdapters()
    checkTrainers()
    let fitting = plannedFitting()
    problems += RecipeFields(recipe, sources).problems
    guard problems.isEmpty else {
      throw PipelineError.recipe(RecipeProblems(problems).inFileOrder.problems)
    }
    var plan = BuildPlan(
      recipe: recipe, sources: sources, stages: stages, benchmarks: benchmarks,
      references: references,
      tasks: tasks,
      dialects: dialects)
    plan.key = key
    plan.fitting = fitting
    plan.patients = patients
    for source in sources {
      plan.assertedLicenses[source.name] =
        source.licensing.asserted == nil ? nil : source.licensing.licenses
    }
    return plan
  }

  /// A path of the recipe from the recipe's folder.
  func inFolder(_ path: String) -> String {
    path.hasPrefix("/") ? path : "\(folder)/\(path)"
  }

  // MARK: Problems

  mutating func unknown(
    _ name: Recipe.Name, kind: String, among known: [String], list: String?
  ) {
    // A name that is missing was told with the file's own problems.
    guard !name.text.isEmpty else { return }
    problems.append(
      Diagnostic(
        at: name.position, "there is no \(kind) '\(name.text)'",
        hint: NearestName.hint(for: name.text, among: known)
          ?? list.map { "'materia \($0)' lists them" }
          ?? "there are \(known.joined(separator: ", "))"))
  }

  /// A value whose making may fail; its error is told at a place of the recipe.
  mutating func made<Value>(at place: Position, _ make: () throws -> Value) -> Value? {
    do {
      return try make()
    } catch {
      var diagnostic = (error as? any DiagnosticError)?.diagnostic ?? Diagnostic("\(error)")
      diagnostic.position = place
      problems.append(diagnostic)
      return nil
    }
  }
}
