import Archives
import Emitters
import Recipes
import Records
import Stages

/// The whole run, in order: a recipe's sources in, a published dataset out.
///
/// ```
/// plan → patients, benchmarks → pass 1 (read, gate, clean, de-identify, filter, fingerprint)
///      → decisions on keys
///      → pass 2 (render, validate, write) → prove → publish
/// ```
package struct BuildPipeline: Sendable {
  package static let version = "0.1.0"

  package let progress = Progress()
  private let recipe: Recipe
  /// What is wrong in the recipe's file, to be told with what its names lead to.
  private let recipeProblems: [Diagnostic]
  private let recipeFolder: String
  private let options: BuildOptions

  /// Makes a run; `recipePath` is where the recipe was loaded from.
  package init(recipe: Recipe, recipePath: String, options: BuildOptions) {
    self.init(
      draft: RecipeDraft(recipe: recipe, problems: []), recipePath: recipePath, options: options)
  }

  /// Makes a run of a recipe that may hold mistakes; `plan()` tells them all.
  package init(draft: RecipeDraft, recipePath: String, options: BuildOptions) {
    recipe = draft.recipe
    recipeProblems = draft.problems
    recipeFolder = FolderTree.parentAndName(of: recipePath).parent
    self.options = options
  }

  /// The folder that the dataset is published to.
  package var output: String { options.output ?? "Output/\(recipe.name)" }

  /// Builds the dataset.
  ///
  /// - Throws: `PipelineError`, or the error of the part that cannot go on; nothing is published then.
  package func run() async throws -> BuildReport {
    var plan = try plan()
    let lock = RecipeLock(recipe: recipe, previousIn: output)
    if options.isLocked { try lock.requirePresent(limit: options.limit) }
    let work = try WorkFolder(forOutput: output)
    defer { work.remove() }

    try plan.readPatients(scratchPath: work.scratchPath)
    try plan.readBenchmarks(scratchPath: work.scratchPath)
    try plan.readReferences(scratchPath: work.scratchPath)
    let units = try await read(plan, in: work)
    try plan.requireMetIdentifiers(limit: options.limit)
    try plan.requireKnownPatients(in: units)
    if options.isLocked { try lock.requireUnchanged(units, plan) }
    let decided = try GlobalDecisions(
      plan: plan, units: units, options: options, scratchPath: work.scratchPath
    ).outcome()
    if recipe.deduplication?.alarm == .fail, let loss = decided.losses.first {
      throw PipelineError.refused(loss.diagnostic(.error))
    }
    let exemplars = try await exemplars(from: units, decided, plan)
    let dataset = try await write(units, decided, exemplars, plan, in: work)
    if let fitting = plan.fitting, fitting.overLong == .fail, dataset.lengths.overLong.rejected > 0
    {
      throw PipelineError.refused(dataset.lengths.diagnostic(of: fitting))
    }
    var files = try dataset.finish(decided)

    var summary = DatasetSummary(plan: plan, units: units, decided: decided, dataset: dataset)
    guard summary.ledger.unbalancedSources.isEmpty else {
      throw PipelineError.unbalanced(sources: summary.ledger.unbalancedSources)
    }
    guard summary.examples > 0 else { throw PipelineError.refused(summary.emptiness) }
    if let problem = LicenseMix.problem(of: dataset.licenses, in: recipe) {
      throw PipelineError.refused(problem)
    }
    let proof = try await prove(files, plan, summary, in: work)
    files.append(
      try PlainFiles(root: work.stagingPath, isPrivate: plan.isSensitive)
        .write(proof.document.file, to: ProofDocument.fileName))
    files += try TrainingFiles(plan: plan, files: files, lengths: summary.lengths).write(
      to: work.stagingPath)
    let manifest = try DatasetDocuments(
      plan: plan, summary: summary, proof: proof.manifest, leaks: proof.document.leaks,
      lock: lock, units: units,
      limit: options.limit
    ).write(to: work.stagingPath, beside: files)
    summary.warnings +=
      (plan.benchmarks + plan.references).flatMap(\.warnings) + plan.referenceWarnings
      + summary.deidentificationWarnings
      + plan.unknownPatients(in: units) + plan.rankingWarnings
      + units.flatMap(\.warnings) + summary.silentSources
    if let warning = proof.document.warning { summary.warnings.append(warning) }

    let report = BuildReport(
      output: output, manifest: manifest, summary: summary, isDryRun: options.isDryRun,
      hasDamage: units.contains(where: \.hasDamage), expectations: recipe.expectations)
    guard !options.isDryRun else { return report }
    try requireUnchanged(units, plan)
    try work.publish(isPrivate: plan.isSensitive)
    return report
  }

  /// The recipe with every name looked up and every file found.
  package func plan() throws -> BuildPlan {
    if recipe.deidentification != nil { try DeidentificationCheck.require() }
    var planner = BuildPlanner(
      recipe: recipe, knownProblems: recipeProblems, folder: recipeFolder,
      sourcePaths: options.sourcePaths, benchmarkPaths: options.benchmarkPaths,
      tokenizerPath: options.tokenizerPath)
    return try planner.plan()
  }

  /// Runs pass 1 and the decisions in a temporary folder and hands them on; nothing is written.
  ///
  /// - Parameter survey: What is measured of every record on the way.
  func withDecisions<Result>(
    survey: RecordSurvey? = nil,
    _ body: (BuildPlan, [UnitReading], GlobalDecisions.Outcome, Exemplars) async throws -> Result
  ) async throws -> Result {
    var plan = try plan()
    plan.stages.survey = survey
    let work = try WorkFolder(temporaryFor: recipe.name)
    defer { work.remove() }
    try plan.readPatients(scratchPath: work.scratchPath)
    try plan.readBenchmarks(scratchPath: work.scratchPath)
    try plan.readReferences(scratchPath: work.scratchPath)
    let units = try await read(plan, in: work)
    try plan.requireMetIdentifiers(limit: options.limit)
    try plan.requireKnownPatients(in: units)
    let decided = try GlobalDecisions(
      plan: plan, units: units, options: options, scratchPath: work.scratchPath
    ).outcome()
    return try await body(plan, units, decided, try await exemplars(from: units, decided, plan))
  }

  // MARK: Pass 1

  /// Reads every source; the units come back in the order of sources and files.
  private func read(_ plan: BuildPlan, in work: WorkFolder) async throws -> [UnitReading] {
    let sources = try await OrderedTasks.run(plan.sources, width: options.threads) { _, source in
      try SourceIndex.filled(for: source)
    }
    let units = sources.flatMap { source in
      UnitOfWork.units(
        of: source,
        by: SourceReading(
          source: source, stages: plan.stages, progress: progress, scratchPath: work.scratchPath))
    }
    progress.begin("reading", totalBytes: units.reduce(0) { $0 + $1.byteCount })
    guard options.limit == nil else { return try await readLimited(units) }
    // A lone archive gets all lanes for its entries; of several each gets its share.
    let lanes = options.threads == 1 ? 0 : max(1, options.threads / max(1, units.count))
    return try await OrderedTasks.run(units, width: options.threads) { number, unit in
      try await unit.reading.read(unit.files, number: number, limit: nil, lanes: lanes)
    }
  }

  /// Reads units one after another until `--limit` is reached in their source, so that the first
  /// records are taken whatever the threads.
  private func readLimited(_ units: [UnitOfWork]) async throws -> [UnitReading] {
    var readings: [UnitReading] = []
    var left: [Int: Int] = [:]
    for (number, unit) in units.enumerated() {
      let source = unit.reading.source.number
      let limit = left[source] ?? options.limit ?? .max
      guard limit > 0 else { continue }
      let done = try await unit.reading.read(unit.files, number: number, limit: limit, lanes: 0)
      left[source] = limit - done.account.read
      readings.append(done)
    }
    return readings
  }

  // MARK: Pass 2

  private func exemplars(
    from units: [UnitReading], _ decided: GlobalDecisions.Outcome, _ plan: BuildPlan
  ) async throws -> Exemplars {
    try await ExemplarSelection(
      plan: plan, fates: decided.fates, components: decided.components, limit: options.limit
    ).exemplars(from: units, firstRecords: decided.firstRecords, threads: options.threads)
  }

  /// Renders and writes every block, several beside each other, in the order of reading.
  private func write(
    _ units: [UnitReading], _ decided: GlobalDecisions.Outcome, _ exemplars: Exemplars,
    _ plan: BuildPlan, in work: WorkFolder
  ) async throws -> DatasetWriter {
    let writer = DatasetWriter(plan: plan, root: work.stagingPath)
    let rendering = BlockRendering(
      plan: plan, fates: decided.fates,
      namedRecords: Set(decided.copies.clusters.flatMap(\.ordinals))
        .union(decided.contaminated.map(\.record)), exemplars: exemplars)
    let blocks = RenderedBlock.blocks(of: units, firstRecords: decided.firstRecords, plan: plan)
    progress.begin("writing", totalBytes: blocks.reduce(0) { $0 + $1.block.byteCount })
    try await OrderedTasks.run(blocks, width: options.threads) { _, block in
      try rendering.render(
        block.block, of: block.spill, source: block.source, firstRecord: block.firstRecord)
    } each: { place, output in
      try writer.append(output)
      progress.add(bytes: blocks[place].block.byteCount, records: blocks[place].block.records)
    }
    return writer
  }

  /// Reads the written files again; stops when they do not show what they must.
  private func prove(
    _ files: [WrittenFile], _ plan: BuildPlan, _ summary: DatasetSummary, in work: WorkFolder
  ) async throws -> (manifest: Manifest.Proof, document: ProofDocument) {
    let proof = try await DatasetProof(
      root: work.stagingPath, settings: ProofSettings(plan), hasExemplars: plan.wantsExemplars,
      threads: options.threads, memoryBytes: options.memoryBytes / 2
    ).read(files, benchmarks: summary.benchmarks)
    guard proof.document.violations.isEmpty else {
      throw PipelineError.leaking(
        proof.document.violations, hasCuts: plan.stages.passageUnits != nil)
    }
    return proof
  }

  /// Stops when an input is not the file that was read.
  private func requireUnchanged(_ units: [UnitReading], _ plan: BuildPlan) throws {
    let read =
      units.flatMap(\.inputs) + plan.patientInputs
      + (plan.benchmarks + plan.references).flatMap(\.inputs)
    let inputs: [(path: String, name: String, byteCount: Int)] =
      read.map { ($0.file.path, $0.path, $0.byteCount) }
      + plan.sampleFiles.map { ($0.samples.path, $0.samples.name, $0.samples.byteCount) }
      + [plan.fitting?.meter.tokenizer].compactMap { $0 }.map { ($0.path, $0.name, $0.byteCount) }
    guard let changed = inputs.first(where: { FileSize.of($0.path) != $0.byteCount }) else {
      return
    }
    throw PipelineError.drifted([
      Diagnostic(
        at: Position(file: changed.name), "the file changed while it was read",
        hint: "run again when nothing writes to it")
    ])
  }
}
