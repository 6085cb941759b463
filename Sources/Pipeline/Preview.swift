import Recipes
import Records
import Templates

/// The first examples of a recipe as a reader would see them, and the funnel so far.
package struct Preview: Sendable {
  /// An example with where it came from.
  package struct Item: Sendable {
    package var example: Example
    package var record: Record
    package var task: String
    package var template: String
    package var split: Split
  }

  package let items: [Item]
  package let ledger: Ledger
  /// The sources that gave nothing to show.
  package let warnings: [Diagnostic]

  /// Reads the first records of every source and renders a few of them.
  ///
  /// - Parameters:
  ///   - options: Their `limit` says how many records per source are read.
  ///   - count: The most examples per source and task.
  package static func of(
    _ draft: RecipeDraft, recipePath: String, options: BuildOptions, count: Int
  ) async throws -> Preview {
    let pipeline = BuildPipeline(draft: draft, recipePath: recipePath, options: options)
    return try await pipeline.withDecisions { plan, units, decided, exemplars in
      var preview = PreviewWork(
        plan: plan, fates: decided.fates, exemplars: exemplars, count: count)
      for (unit, first) in zip(units, decided.firstRecords) {
        preview.ledger[plan.sources[unit.source].name] += unit.account
        try preview.take(unit, firstRecord: first)
      }
      let warnings = plan.sources.compactMap { source in
        source.silence(in: units.filter { $0.source == source.number })
      }
      return Preview(items: preview.items, ledger: preview.ledger, warnings: warnings)
    }
  }
}

/// The running state of a preview.
private struct PreviewWork {
  let plan: BuildPlan
  let fates: Fates
  let exemplars: Exemplars
  let count: Int
  var items: [Preview.Item] = []
  var ledger = Ledger()
  private var shown: [String: Int] = [:]

  init(plan: BuildPlan, fates: Fates, exemplars: Exemplars, count: Int) {
    self.plan = plan
    self.fates = fates
    self.exemplars = exemplars
    self.count = count
  }

  mutating func take(_ unit: UnitReading, firstRecord: Int) throws {
    var number = firstRecord
    for block in unit.spill.blocks {
      try unit.spill.forEachReading(in: block) { reading in
        guard case .record(var record) = reading else { return }
        try plan.complete(&record, number: number, fates)
        try take(record, number: number)
        number += 1
      }
    }
  }

  private mutating func take(_ record: Record, number: Int) throws {
    if let reason = fates.reason(of: number) {
      ledger[record.source].reject(reason)
      return
    }
    var refusal: Rejection.Reason?
    var isWritten = false
    let split = Split(rank: fates.splits[number]) ?? .train
    _ = try RecordRendering(plan: plan, exemplars: exemplars).render(
      record, number: number, copies: 1, split: split
    ) { result in
      switch result.rendering {
      case .rejection(let rejection): refusal = refusal ?? rejection.reason
      case .example(let example, let template, _):
        isWritten = true
        show(example, of: record, number, task: result.task, template)
      }
    }
    if isWritten {
      ledger[record.source].written += 1
    } else if let refusal {
      ledger[record.source].reject(refusal)
    }
  }

  private mutating func show(
    _ example: Example, of record: Record, _ number: Int, task: String, _ template: String
  ) {
    let key = "\(record.source)\n\(task)"
    guard shown[key, default: 0] < count else { return }
    shown[key, default: 0] += 1
    items.append(
      Preview.Item(
        example: example, record: record, task: task, template: template,
        split: Split(rank: fates.splits[number]) ?? .train))
  }
}
