import Recipes
import Records
import Templates

/// The exemplars that requests may be given, by task, and what no request may be given.
struct Exemplars: Sendable {
  /// The pools by the task's place in the recipe.
  fileprivate(set) var pools: [Int: ExemplarPool] = [:]
  /// For each record the number of what must not be parted from it; empty without exemplars.
  let components: [UInt32]

  init(components: [UInt32]) { self.components = components }

  /// What rendering a record for a task may draw on.
  func surroundings(
    of record: Int, id: String, _ task: PlannedTask
  ) -> TemplateRenderer.Surroundings {
    var surroundings = TemplateRenderer.Surroundings()
    surroundings.recordID = id
    surroundings.exemplars = pools[task.number]
    if !components.isEmpty { surroundings.component = Int(components[record]) }
    return surroundings
  }
}

/// Chooses, between the decisions and pass 2, the training records that exemplars are drawn from.
///
/// The spill of the sources in question is read once more. A pool holds a bounded number of records
/// for each label, those with the lowest hashes; only records that stay and are in train can be among
/// them.
struct ExemplarSelection: Sendable {
  let plan: BuildPlan
  let fates: Fates
  let components: [UInt32]
  /// How many records of each source were read, where not all were.
  let limit: Int?

  /// Fills the pools of all tasks that want exemplars.
  ///
  /// - Throws: `PipelineError.refused` when training has fewer exemplars than a task wants.
  func exemplars(
    from units: [UnitReading], firstRecords: [Int], threads: Int
  ) async throws -> Exemplars {
    var exemplars = Exemplars(components: components)
    guard plan.wantsExemplars else { return exemplars }
    let blocks = RenderedBlock.blocks(of: units, firstRecords: firstRecords, plan: plan)
      .filter { !tasks(of: $0.source).isEmpty }
    try await OrderedTasks.run(blocks, width: threads) { _, block in
      try pools(from: block)
    } each: { _, pools in
      for (task, pool) in pools {
        if exemplars.pools[task] == nil {
          exemplars.pools[task] = pool
        } else {
          exemplars.pools[task]?.merge(pool)
        }
      }
    }
    try requireEnough(in: exemplars)
    return exemplars
  }

  private func tasks(of source: String) -> [PlannedTask] {
    (plan.tasks[source] ?? []).filter { $0.renderer.prompting.shots > 0 }
  }

  private func pools(from block: RenderedBlock) throws -> [Int: ExemplarPool] {
    let tasks = tasks(of: block.source)
    let rendering = RecordRendering(plan: plan, exemplars: Exemplars(components: components))
    var pools: [Int: ExemplarPool] = [:]
    var next = block.firstRecord
    try block.spill.forEachReading(in: block.block) { reading in
      guard case .record(var record) = reading else { return }
      let number = next
      next += 1
      guard fates.isKept(number), Split(rank: fates.splits[number]) == .train else { return }
      try plan.complete(&record, number: number, fates)
      for task in tasks {
        let exemplar = try rendering.exemplar(
          of: record, number: number, for: task,
          pool: pools[task.number] ?? ExemplarPool(seed: plan.recipe.seed))
        guard let exemplar else { continue }
        pools[task.number, default: ExemplarPool(seed: plan.recipe.seed)].insert(exemplar)
      }
    }
    return pools
  }

  private func hint(_ task: PlannedTask) -> String {
    if let limit { return "raise '--limit': only the first \(limit) records of a source were read" }
    return "lower 'shots', or leave more records to train; exemplars come from train alone"
      + (task.renderer.prompting.isChainOfThought
        ? ", and with 'chain_of_thought' from records with an explanation" : "")
  }

  private func requireEnough(in exemplars: Exemplars) throws {
    let tasks = plan.tasks.values.joined().sorted { $0.number < $1.number }
    for task in tasks where task.renderer.prompting.shots > 0 {
      let wanted = task.renderer.prompting.shots
      let found = exemplars.pools[task.number]?.count ?? 0
      guard found < wanted else { continue }
      throw PipelineError.refused(
        Diagnostic(
          at: task.position,
          "task '\(task.name)' wants \(wanted) exemplars, and the training records give \(found)",
          hint: hint(task)))
    }
  }
}
