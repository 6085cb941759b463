import Archives
import Corpora
import Deidentification
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
  private let benchmarkPaths: [String: String]
  private let tokenizerPath: String?
  private var stages: RecordStages
  private var problems: [Diagnostic]
  /// The secret that pseudonyms and surrogates are made by.
  private var key: SecretKey?

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

  // MARK: Sources

  private mutating func checkReplacedPaths() {
    checkNames(
      sourcePaths.keys, givenWith: "--source", kind: "sources",
      among: recipe.sources.map(\.name.text))
    checkNames(
      benchmarkPaths.keys, givenWith: "--benchmark", kind: "benchmarks",
      among: ((recipe.decontamination?.benchmarks ?? []) + (recipe.deduplication?.references ?? []))
        .map(\.name))
  }

  private mutating func checkNames(
    _ given: some Sequence<String>, givenWith flag: String, kind: String, among names: [String]
  ) {
    let list = names.isEmpty ? "none" : names.joined(separator: ", ")
    for name in given.sorted() where !names.contains(name) {
      problems.append(
        Diagnostic(
          "'\(flag)' names '\(name)', which the recipe does not have",
          hint: NearestName.hint(for: name, among: names) ?? "the recipe's \(kind) are \(list)"))
    }
  }

  private mutating func planned(_ source: Recipe.Source, number: Int) -> PlannedSource? {
    guard let facts = CorpusRegistry.facts(named: source.corpus.text) else {
      unknown(source.corpus, kind: "corpus", among: CorpusRegistry.all.map(\.name), list: "corpora")
      return nil
    }
    let licensing = PlannedLicensing(of: source, facts, stages.gate)
    problems += licensing.problems
    var options = ReaderOptions(
      language: source.language, fields: source.fields,
      shape: source.shape, options: source.options)
    options.licenses = licensing.licenses
    options.identifiers = KnownIdentifier.Kind.columns(source.identifiers)
    guard
      let reader = made(
        at: source.position, { try CorpusRegistry.reader(named: facts.name, options: options) }),
      let files = files(of: source)
    else { return nil }
    return PlannedSource(
      number: number, name: source.name.text, facts: facts, reader: reader,
      files: Self.inReadingOrder(files.files, of: reader),
      skipped: files.skipped.listed.map {
        UnitReading.Skipped(entry: $0.path, reason: $0.reason.rawValue)
      }, limits: limits,
      members: MemberFilter(include: source.includedMembers, exclude: source.excludedMembers),
      language: source.language ?? facts.language, priority: source.priority,
      rejectsDamage: source.rejectsDamage, licensing: licensing,
      isSensitive: source.isSensitive ?? facts.isSensitive,
      filter: source.filter.map(RecordFilter.init)
        ?? RecordFilter(keepsRetracted: recipe.filters.contains(where: \.keepsRetracted)),
      pseudonyms: pseudonyms(of: source, facts, files.files),
      stratum: recipe.mix[source.name.text]?.stratum?.text)
  }

  private mutating func files(of source: Recipe.Source) -> SourceFiles? {
    let replaced = sourcePaths[source.name.text]?.sorted(by: Self.precedes)
    do {
      return try SourceFiles(
        replaced ?? source.paths.map(\.text), relativeTo: replaced == nil ? folder : ".")
    } catch {
      var diagnostic = error.diagnostic
      var path = source.paths.first
      if case .notFound(let missing, _) = error.problem {
        path = source.paths.first { $0.text == missing } ?? path
      }
      let place = path?.position ?? source.position
      if replaced == nil {
        diagnostic.hint =
          diagnostic.hint ?? "give its place with '--source \(source.name.text)=PATH'"
        diagnostic.position = place
      }
      problems.append(diagnostic)
      return nil
    }
  }

  /// By rank and by name, so that neither the order of the recipe nor the folders of a machine decide.
  private static func inReadingOrder(
    _ files: [InputFile], of reader: any CorpusReader
  ) -> [InputFile] {
    files.sorted { first, second in
      let ranks = (reader.rank(ofFile: first.path), reader.rank(ofFile: second.path))
      guard ranks.0 == ranks.1 else { return ranks.0 < ranks.1 }
      return precedes(first.displayPath, second.displayPath)
    }
  }

  private static func precedes(_ first: String, _ second: String) -> Bool {
    first.utf8.lexicographicallyPrecedes(second.utf8)
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

  // MARK: De-identification

  /// Reads the key and makes the stage.
  private mutating func planDeidentification() {
    guard let settings = recipe.deidentification else { return }
    if let name = settings.key {
      let path = inFolder(name.text)
      key = made(at: name.position, { try SecretKeyFile.key(at: path, named: name.text) })
      guard key != nil else { return }
    }
    guard settings.mode != .surrogate || key != nil else { return }
    stages.deidentifier = RecordDeidentifier(settings, key: key)
  }

  /// A table of patients with its file, or a source that knows them.
  private mutating func planned(_ patients: Recipe.Deidentification.Patients) -> PlannedPatients? {
    if let source = patients.source { return .source(source.text) }
    guard let path = patients.path else { return nil }
    let folder = folder
    let files = made(
      at: path.position, { try SourceFiles([path.text], relativeTo: folder).files })
    return files.map {
      .table($0, patient: patients.patient, columns: KnownIdentifier.Kind.columns(patients.columns))
    }
  }

  private func pseudonyms(
    of source: Recipe.Source, _ facts: CorpusFacts, _ files: [InputFile]
  ) -> SourcePseudonyms? {
    guard let settings = recipe.deidentification, settings.hidesIDs(of: source, facts) else {
      return nil
    }
    return SourcePseudonyms(
      key: key, source: source.name.text, files: files,
      named: source.paths.map(\.text) + (sourcePaths[source.name.text] ?? []))
  }

  // MARK: Benchmarks

  /// A benchmark with its reader; what is wrong with it is told where the recipe names it.
  private mutating func planned(_ benchmark: Recipe.Decontamination.Benchmark) -> PlannedBenchmark?
  {
    guard !benchmark.path.text.isEmpty else { return nil }
    if let corpus = benchmark.corpus, CorpusRegistry.facts(named: corpus.text) == nil {
      unknown(corpus, kind: "corpus", among: CorpusRegistry.all.map(\.name), list: "corpora")
      return nil
    }
    var (benchmark, folder) = (benchmark, folder)
    let limits = limits
    if let replaced = benchmarkPaths[benchmark.name] {
      benchmark.path.text = replaced
      folder = "."
    }
    let settings = recipe.decontamination.map(ContaminationSettings.init)
    return made(
      at: benchmark.path.position,
      {
        let planned = try Self.planned(benchmark, relativeTo: folder, limits: limits)
        if let index = planned.shippedIndex,
          let refusal = settings?.refusal(of: index, named: benchmark.path.text)
        {
          throw refusal
        }
        return planned
      })
  }

  private static func planned(
    _ benchmark: Recipe.Decontamination.Benchmark, relativeTo folder: String,
    limits: ArchiveLimits
  ) throws -> PlannedBenchmark {
    do {
      return try PlannedBenchmark(benchmark, relativeTo: folder, limits: limits)
    } catch let error as ArchiveError {
      var missing = error.diagnostic
      missing.hint = missing.hint ?? "give its place with '--benchmark \(benchmark.name)=PATH'"
      throw missing
    }
  }

  /// A reference set with its reader; what is wrong with it is told where the recipe names it.
  private mutating func planned(
    reference: Recipe.Decontamination.Benchmark
  ) -> PlannedBenchmark? {
    guard let planned = planned(reference) else { return nil }
    guard planned.shippedIndex == nil else {
      problems.append(
        Diagnostic(
          at: reference.path.position,
          "'\(reference.path.text)' is an index of a benchmark, which copies cannot be told by",
          hint: "name the files themselves, or use it in 'decontaminate'"))
      return nil
    }
    return planned
  }

  /// An index may hold benchmarks of names that the recipe has already.
  private mutating func checkNames(of benchmarks: [PlannedBenchmark]) {
    var seen: Set<String> = []
    let paths = recipe.decontamination?.benchmarks ?? []
    for benchmark in benchmarks where benchmark.shippedIndex != nil {
      let others = benchmarks.filter { $0.name != benchmark.name }.flatMap(\.names)
      for name in benchmark.names where others.contains(name) && seen.insert(name).inserted {
        problems.append(
          Diagnostic(
            at: paths.first { $0.name == benchmark.name }?.path.position ?? Position(),
            "benchmark '\(name)' is in the index and named by the recipe besides",
            hint: "take one of the two out"))
      }
    }
  }

  // MARK: Tasks, dialects, adapters

  private mutating func tasks(for sources: [PlannedSource]) -> [String: [PlannedTask]] {
    var tasks: [String: [PlannedTask]] = [:]
    for (number, use) in recipe.tasks.enumerated() {
      guard let planned = planned(use, number: number) else { continue }
      for name in use.sources {
        guard let source = sources.first(where: { $0.name == name.text }) else { continue }
        checkShape(of: source, task: planned.renderer.task, at: use.task.position)
        if tasks[name.text]?.contains(where: { $0.name == planned.name }) == true {
          problems.append(
            Diagnostic(
              at: use.task.position, "task '\(planned.name)' is given to '\(name.text)' twice",
              hint: "name all its template sets in one place"))
        }
        tasks[name.text, default: []].append(planned)
      }
    }
    for source in recipe.sources where tasks[source.name.text] == nil && problems.isEmpty {
      problems.append(
        Diagnostic(at: source.name.position, "no task is given to source '\(source.name.text)'"))
    }
    return tasks
  }

  private mutating func planned(_ use: Recipe.TaskUse, number: Int) -> PlannedTask? {
    guard let known = TaskRegistry.task(named: use.task.text) else {
      unknown(use.task, kind: "task", among: TaskRegistry.all.map(\.name), list: "tasks")
      return nil
    }
    guard let task = made(at: use.position, { try known.configured(with: use.options) }) else {
      return nil
    }
    var prompting = PlannedPrompting(of: use, for: task, folder: folder)
    let sets = templateSets(of: use, for: task, isReasoning: prompting.prompting.isChainOfThought)
    if let wanted = use.prompting { prompting.check(sets, task, at: wanted.position) }
    problems += prompting.problems
    let profile = profile(of: use)
    let seed = recipe.seed
    let settings = prompting.prompting
    let renderer = made(
      at: use.position,
      {
        try TemplateRenderer(
          task: task, sets: sets, seed: seed, profile: profile, prompting: settings)
      })
    return renderer.map {
      PlannedTask(
        number: number, renderer: $0, samples: prompting.samples, position: use.position)
    }
  }

  private mutating func profile(of use: Recipe.TaskUse) -> TextProfile {
    guard let name = use.profile else { return .plain }
    if let profile = TextProfile(rawValue: name.text) { return profile }
    unknown(
      name, kind: "text profile", among: TextProfile.allCases.map(\.rawValue), list: nil)
    return .plain
  }

  private mutating func checkShape(
    of source: PlannedSource, task: TrainingTask, at place: Position
  ) {
    let planned = recipe.sources.first { $0.name.text == source.name }
    let shapes =
      planned?.shape.map { [$0] } ?? [source.facts.shape] + source.facts.otherShapes
    guard !shapes.contains(where: task.shapes.contains) else { return }
    let fitting = TaskRegistry.all.filter { shapes.contains(where: $0.shapes.contains) }
      .map(\.name)
    problems.append(
      Diagnostic(
        at: place,
        "task '\(task.name)' does not fit source '\(source.name)', whose records are of shape "
          + shapes.map(\.rawValue).joined(separator: " or "),
        hint: "tasks that fit: \(fitting.joined(separator: ", "))"))
  }

  private mutating func templateSets(
    of use: Recipe.TaskUse, for task: TrainingTask, isReasoning: Bool
  ) -> [TemplateSet] {
    let shelf = TemplateShelf(folder: folder)
    var sets: [TemplateSet] = []
    let standard = (isReasoning ? task.reasoning?.templates : nil) ?? task.defaultTemplates
    if use.templates.isEmpty, use.inlineTemplates.isEmpty, let standard {
      do {
        return try shelf.family(of: standard)
      } catch {
        problems += error.problems
      }
    }
    for name in use.templates {
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
    _ emission: Recipe.Emission, for planned: [String: [PlannedTask]]
  ) -> PlannedDialect? {
    let tasks = planned.values.joined().map(\.renderer)
    let options = DialectOptions(
      form: emission.form.flatMap(DialectOptions.Form.init) ?? .conversational,
      loss: emission.loss.flatMap(DialectOptions.Loss.init) ?? .answer,
      hasHistory: tasks.contains { $0.task.form == .passThrough || $0.hasEarlierTurns },
      holdsText: planned.holdText, hasSentenceLines: tasks.contains(where: \.hasSentenceLines))
    guard let dialect = DialectRegistry.dialect(named: emission.dialect.text, options: options)
    else {
      unknown(
        emission.dialect, kind: "dialect", among: DialectRegistry.names, list: "dialects")
      return nil
    }
    checkForms(of: tasks, dialect, at: emission.dialect.position)
    if dialect.needsRejectedAnswers {
      checkRejectedAnswers(in: planned, dialect, at: emission.dialect.position)
    }
    let facts = type(of: dialect).facts
    checkSettings(of: emission, facts)
    let format = emission.format.flatMap(RowFileFormat.init(rawValue:)) ?? facts.formats[0]
    checkFiles(of: emission, format, facts)
    let name = dialect.schemaName
    guard let schema = made(at: emission.dialect.position, { try Schema(embedded: name) }) else {
      return nil
    }
    return PlannedDialect(
      emitter: dialect, schema: schema, shardRows: emission.shardRows, format: format,
      compression: emission.compression.flatMap(RowFileFormat.Compression.init(rawValue:))
        ?? format.compressions[0],
      parts: format == .json ? .taskAndLicense : emission.isPartedByLicense ? .license : .none)
  }

  /// A dialect holds text or conversations; a task of the other kind needs a recipe of its own, so
  /// that all dialects of a dataset hold the same examples.
  private mutating func checkForms(
    of tasks: [TemplateRenderer], _ dialect: any Dialect, at place: Position
  ) {
    for renderer in tasks.sorted(by: { $0.task.name < $1.task.name }) {
      let task = renderer.task
      let worked = [Turn(role: .user, text: "?"), Turn(role: .assistant, text: "!")]
      var conversation = Conversation(
        history: renderer.hasEarlierTurns ? worked : [], instruction: "?", output: "!")
      conversation.rejected = "."
      let body = task.form == .text ? Example.Body.text("?") : .conversation(conversation)
      guard let reason = dialect.refusal(of: body) else { continue }
      problems.append(
        Diagnostic(
          at: place,
          "dialect '\(dialect.name)' cannot hold examples of task '\(task.name)': \(reason)",
          hint: renderer.hasEarlierTurns
            ? "put worked examples into the request, with 'as: text'"
            : "give the task a recipe of its own"))
      return
    }
  }

  /// A dialect of preferences needs tasks whose records offer wrong answers, or sampled ones.
  private mutating func checkRejectedAnswers(
    in tasks: [String: [PlannedTask]], _ dialect: any Dialect, at place: Position
  ) {
    let lacking = tasks.values.joined().filter { !$0.offersRejectedAnswers }.map(\.name)
    guard let task = lacking.min() else { return }
    let able = TaskRegistry.all.filter(\.offersWrongAnswers).map(\.name)
    problems.append(
      Diagnostic(
        at: place,
        "dialect '\(dialect.name)' needs a rejected answer, and task '\(task)' offers none",
        hint: "tasks whose records offer wrong answers: \(able.joined(separator: ", ")); sampled "
          + "answers ('prompting: {self_consistency: …}') serve too"))
  }

  /// What a recipe asks of a dialect must be something that the dialect's readers take.
  private mutating func checkSettings(of emission: Recipe.Emission, _ facts: DialectFacts) {
    for (name, value) in [("form", emission.form), ("loss", emission.loss)] {
      guard let value else { continue }
      let known = facts.options.first { $0.name == name }?.values
      guard known?.contains(value) != true else { continue }
      complain(
        about: emission,
        known == nil ? "has no '\(name)'" : "has no \(name) '\(value)'",
        hint: known.map { "there are \($0.joined(separator: ", "))" })
    }
  }

  /// The files must be of a kind that the dialect's readers take.
  private mutating func checkFiles(
    of emission: Recipe.Emission, _ format: RowFileFormat, _ facts: DialectFacts
  ) {
    let formats = facts.formats.map(\.rawValue)
    guard facts.formats.contains(format) else {
      return complain(
        about: emission, "is not read as \(format.rawValue)",
        hint: "its files are \(formats.joined(separator: " or "))")
    }
    if emission.shardRows != nil, !facts.allowsShards || format == .json {
      complain(
        about: emission,
        "has one file a split, which its readers find by name: 'shard_rows' cannot be")
    }
    if emission.isPartedByLicense, !facts.allowsShards {
      complain(
        about: emission,
        "has one file a split, which its readers find by name: 'shards: license' cannot be",
        hint: "emit a dialect besides whose rows can be passed on apart")
    }
    guard let compression = emission.compression else { return }
    let known = format.compressions.map(\.rawValue)
    if !known.contains(compression) {
      complain(
        about: emission, "has \(format.rawValue) files, which '\(compression)' does not pack",
        hint: "'compression' of \(format.rawValue) is \(known.joined(separator: " or "))")
    } else if compression == "gzip", !facts.allowsCompression {
      complain(about: emission, "is not read compressed: 'compression: gzip' cannot be")
    }
  }

  private mutating func complain(
    about emission: Recipe.Emission, _ complaint: String, hint: String? = nil
  ) {
    problems.append(
      Diagnostic(
        at: emission.dialect.position, "dialect '\(emission.dialect.text)' \(complaint)", hint: hint
      ))
  }

  private mutating func checkAdapters() {
    let names = AdapterConfigRegistry.names
    for adapter in recipe.training?.adapters ?? [] where !names.contains(adapter.text) {
      unknown(adapter, kind: "adapter", among: names, list: "dialects")
    }
  }

  /// A trainer needs a dialect that it reads, and all but the evaluation the LoRA adapter.
  private mutating func checkTrainers() {
    let emitted = recipe.emissions.map(\.dialect.text)
    let adapters = recipe.training?.adapters.map(\.text) ?? []
    for name in recipe.training?.trainers ?? [] where name.text != TrainingLauncher.trainer {
      guard let facts = TrainerRegistry.trainer(named: name.text)?.facts else {
        unknown(
          name, kind: "trainer", among: [TrainingLauncher.trainer] + TrainerRegistry.names,
          list: "dialects")
        continue
      }
      if !facts.dialects.contains(where: emitted.contains) {
        problems.append(
          Diagnostic(
            at: name.position, "trainer '\(name.text)' reads no dialect that is emitted",
            hint: "emit \(facts.dialects.joined(separator: " or "))"))
      }
      if facts.trainsLoRA, !adapters.contains(LoRAConfig.name) {
        problems.append(
          Diagnostic(
            at: name.position, "trainer '\(name.text)' trains LoRA only",
            hint: "add lora to the adapters; training/train.py trains the others"))
      }
    }
  }

  // MARK: Lengths

  /// How examples are measured, with the tokenizer where there is one.
  private mutating func plannedFitting() -> ExampleFitting? {
    guard let training = recipe.training else {
      if tokenizerPath != nil {
        problems.append(
          Diagnostic(
            "'--tokenizer' is for recipes with 'training', which names the model",
            hint: "add 'training: {base_model: NAME}' to the recipe"))
      }
      return nil
    }
    var tokenizer: PlannedTokenizer?
    if let path = tokenizerPath ?? training.tokenizer.map({ inFolder($0.text) }) {
      tokenizer = made(
        at: tokenizerPath == nil ? training.tokenizer?.position ?? Position() : Position(),
        { try PlannedTokenizer(path: path) })
    }
    return ExampleFitting(
      meter: LengthMeter(baseModel: training.baseModel, tokenizer: tokenizer),
      limit: training.tokenLimit, overLong: training.overLong)
  }

  /// A path of the recipe from the recipe's folder.
  private func inFolder(_ path: String) -> String {
    path.hasPrefix("/") ? path : "\(folder)/\(path)"
  }

  // MARK: Problems

  private mutating func unknown(
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
