import Archives
import Corpora
import Emitters
import Recipes
import Records
import Schemas
import Stages
import Templates

/// Looks up every name of a recipe and finds its files, collecting all problems on the way.
struct BuildPlanner {
  private let recipe: Recipe
  private let folder: String
  private let sourcePaths: [String: [String]]
  private var problems: [Diagnostic] = []

  /// Makes a planner.
  ///
  /// - Parameters:
  ///   - folder: The recipe's folder, which relative paths start from.
  ///   - sourcePaths: Paths that replace those of sources; relative ones start from the current
  ///     folder.
  init(recipe: Recipe, folder: String, sourcePaths: [String: [String]]) {
    self.recipe = recipe
    self.folder = folder
    self.sourcePaths = sourcePaths
  }

  /// The plan.
  ///
  /// - Throws: `PipelineError.recipe` with every problem, or `PipelineError.refused` when only the
  ///   licence gate objects.
  mutating func plan() throws -> BuildPlan {
    checkReplacedPaths()
    var sources: [PlannedSource] = []
    for (number, source) in recipe.sources.enumerated() {
      if let planned = planned(source, number: number) { sources.append(planned) }
    }
    let renderers = renderers(for: sources)
    let dialects = recipe.emissions.compactMap { planned($0, renderers: renderers) }
    checkAdapters()
    checkMix()
    guard problems.isEmpty else { throw PipelineError.recipe(problems) }
    let refusals = recipe.sources.compactMap(licenseRefusal)
    guard refusals.isEmpty else { throw PipelineError.refused(refusals) }
    let duplicates = recipe.deduplication.map(DuplicateSettings.init)
    return BuildPlan(
      recipe: recipe, sources: sources,
      stages: RecordStages(recipe: recipe, duplicates: duplicates), duplicateSettings: duplicates,
      renderers: renderers, dialects: dialects)
  }

  // MARK: Sources

  private mutating func checkReplacedPaths() {
    let names = recipe.sources.map(\.name.text)
    for name in sourcePaths.keys.sorted() where !names.contains(name) {
      problems.append(
        Diagnostic(
          "'--source' names '\(name)', which the recipe does not have",
          hint: NearestName.hint(for: name, among: names)
            ?? "the recipe's sources are \(names.joined(separator: ", "))"))
    }
  }

  private mutating func planned(_ source: Recipe.Source, number: Int) -> PlannedSource? {
    let license = license(of: source)
    let options = ReaderOptions(
      license: license, language: source.language, fields: source.fields, shape: source.shape,
      options: source.options)
    guard let facts = CorpusRegistry.all.first(where: { $0.name == source.corpus.text }) else {
      unknown(source.corpus, kind: "corpus", among: CorpusRegistry.all.map(\.name), list: "corpora")
      return nil
    }
    guard let reader = made(at: source.position, { try CorpusRegistry.reader(named: facts.name, options: options) }),
      let files = files(of: source)
    else { return nil }
    return PlannedSource(
      number: number, name: source.name.text, facts: facts, reader: reader, files: files.files,
      skipped: files.skipped.listed.map {
        UnitReading.Skipped(entry: $0.path, reason: $0.reason.rawValue)
      }, limits: limits,
      members: MemberFilter(include: source.includedMembers, exclude: source.excludedMembers),
      language: source.language ?? facts.language, priority: source.priority,
      rejectsDamage: source.rejectsDamage,
      isSensitive: source.isSensitive ?? facts.isSensitive,
      filter: source.filter.map(RecordFilter.init))
  }

  private mutating func license(of source: Recipe.Source) -> License? {
    guard let name = source.license else { return nil }
    if let license = License(id: name.text) { return license }
    unknown(name, kind: "license", among: License.allCases.map(\.rawValue), list: nil)
    return nil
  }

  private mutating func files(of source: Recipe.Source) -> SourceFiles? {
    let replaced = sourcePaths[source.name.text]
    do {
      return try SourceFiles(
        replaced ?? source.paths.map(\.text), relativeTo: replaced == nil ? folder : ".")
    } catch {
      var diagnostic = error.diagnostic
      let place = source.paths.first?.position ?? source.position
      diagnostic.hint =
        diagnostic.hint ?? "give its place with '--source \(source.name.text)=PATH'"
      if replaced == nil { diagnostic.position = place }
      problems.append(diagnostic)
      return nil
    }
  }

  private var limits: ArchiveLimits {
    var limits = ArchiveLimits()
    limits.ratio = recipe.limits.ratio ?? limits.ratio
    limits.entryBytes = recipe.limits.entryBytes ?? limits.entryBytes
    limits.streamBytes = recipe.limits.entryBytes ?? limits.streamBytes
    limits.runBytes = recipe.limits.archiveBytes ?? limits.runBytes
    limits.entries = recipe.limits.entries ?? limits.entries
    limits.nesting = recipe.limits.nesting ?? limits.nesting
    return limits
  }

  /// What the licence gate says of a source before a byte of it is read.
  private func licenseRefusal(of source: Recipe.Source) -> Diagnostic? {
    let facts = CorpusRegistry.all.first { $0.name == source.corpus.text }
    let place = source.license?.position ?? source.position
    return LicenseGate(recipe).refusal(
      ofSource: source.name.text, asserted: source.license.flatMap { License(id: $0.text) },
      declared: facts?.license, acceptsTerms: source.acceptsTerms, at: place)
  }

  // MARK: Tasks, dialects, adapters

  private mutating func renderers(for sources: [PlannedSource]) -> [String: [TemplateRenderer]] {
    var renderers: [String: [TemplateRenderer]] = [:]
    for use in recipe.tasks {
      guard let task = TaskRegistry.task(named: use.task.text) else {
        unknown(use.task, kind: "task", among: TaskRegistry.all.map(\.name), list: "tasks")
        continue
      }
      let sets = templateSets(of: use, for: task)
      let seed = recipe.seed
      guard
        let renderer = made(
          at: use.position, { try TemplateRenderer(task: task, sets: sets, seed: seed) })
      else { continue }
      for name in use.sources {
        guard let source = sources.first(where: { $0.name == name.text }) else { continue }
        checkShape(of: source, task: task, at: use.task.position)
        if renderers[name.text]?.contains(where: { $0.task.name == task.name }) == true {
          problems.append(
            Diagnostic(
              at: use.task.position, "task '\(task.name)' is given to '\(name.text)' twice",
              hint: "name all its template sets in one place"))
        }
        renderers[name.text, default: []].append(renderer)
      }
    }
    for source in recipe.sources where renderers[source.name.text] == nil && problems.isEmpty {
      problems.append(
        Diagnostic(at: source.name.position, "no task is given to source '\(source.name.text)'"))
    }
    return renderers
  }

  private mutating func checkShape(
    of source: PlannedSource, task: TrainingTask, at place: Position
  ) {
    let planned = recipe.sources.first { $0.name.text == source.name }
    let shape = planned?.shape ?? source.facts.shape
    guard !task.shapes.contains(shape) else { return }
    let fitting = TaskRegistry.all.filter { $0.shapes.contains(shape) }.map(\.name)
    problems.append(
      Diagnostic(
        at: place,
        "task '\(task.name)' does not fit source '\(source.name)', whose records are of shape "
          + shape.rawValue, hint: "tasks that fit: \(fitting.joined(separator: ", "))"))
  }

  private mutating func templateSets(
    of use: Recipe.TaskUse, for task: TrainingTask
  ) -> [TemplateSet] {
    var names = use.templates
    if names.isEmpty, use.inlineTemplates.isEmpty, let standard = task.defaultTemplates {
      names = [Recipe.Name(standard, at: use.position)]
    }
    let shelf = TemplateShelf(folder: folder)
    var sets: [TemplateSet] = []
    for name in names {
      do {
        guard let set = try shelf.set(named: name.text) else {
          unknown(name, kind: "template set", among: shelf.names, list: nil)
          continue
        }
        guard set.task == task.name else {
          problems.append(
            Diagnostic(
              at: name.position,
              "template set '\(name.text)' is for task '\(set.task)', not '\(task.name)'"))
          continue
        }
        sets.append(set)
      } catch {
        problems += error.problems
      }
    }
    return sets + use.inlineTemplates
  }

  private mutating func planned(
    _ emission: Recipe.Emission, renderers: [String: [TemplateRenderer]]
  ) -> PlannedDialect? {
    guard let dialect = DialectRegistry.dialect(named: emission.dialect.text, form: emission.form)
    else {
      unknown(
        emission.dialect, kind: "dialect", among: DialectRegistry.all.map(\.name), list: "dialects")
      return nil
    }
    return made(at: emission.dialect.position) {
      PlannedDialect(
        emitter: dialect, schema: try EmbeddedFiles.compiledSchema(named: dialect.schemaName),
        shardRows: emission.shardRows, isCompressed: emission.isCompressed)
    }
  }

  private mutating func checkAdapters() {
    for adapter in recipe.training?.adapters ?? []
    where !AdapterConfigRegistry.names.contains(adapter.text) {
      unknown(adapter, kind: "adapter", among: AdapterConfigRegistry.names, list: "dialects")
    }
  }

  private mutating func checkMix() {
    let names = recipe.sources.map(\.name.text)
    for name in recipe.mix.keys.sorted() where !names.contains(name) {
      problems.append(
        Diagnostic(
          "'mix' names '\(name)', which is not a source",
          hint: NearestName.hint(for: name, among: names)))
    }
  }

  // MARK: Problems

  private mutating func unknown(
    _ name: Recipe.Name, kind: String, among known: [String], list: String?
  ) {
    problems.append(
      Diagnostic(
        at: name.position, "there is no \(kind) '\(name.text)'",
        hint: NearestName.hint(for: name.text, among: known)
          ?? list.map { "'materia \($0)' lists them" }
          ?? "there are \(known.joined(separator: ", "))"))
  }

  /// A value whose making may fail; its error is told at a place of the recipe.
  private mutating func made<Value>(at place: Position, _ make: () throws -> Value) -> Value? {
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
