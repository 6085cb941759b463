import Emitters
import Recipes
import Records
import Stages
import Templates
import Tokenizers

/// What `materia stats` tells of a recipe's sources: numbers only, no text of a corpus.
package struct DatasetStatistics: Sendable {
  /// A source's numbers.
  struct Source: Sendable {
    var name: String
    var corpus: String
    var account: Ledger.Account
    var records: RecordStatistics?
    var examples = DiversityStatistics()
    /// The tokens of the examples, without regard to a limit; nil without a tokenizer.
    var lengths: Manifest.Lengths.Distribution?
  }

  let name: String
  /// How many records of each source were read, where not all were.
  let limit: Int?
  let sources: [Source]
  /// The sources that gave nothing.
  package let warnings: [Diagnostic]

  /// Reads every source, measures its records before any filter, and renders those that stay.
  ///
  /// - Parameter fields: Fields that are measured each for itself, beside the main fields.
  package static func of(
    _ pipeline: BuildPipeline, options: BuildOptions, fields: [String]
  ) async throws -> DatasetStatistics {
    try await pipeline.withDecisions(survey: RecordSurvey(fields: fields)) {
      plan, units, decided, exemplars in
      var sources = plan.sources.map { source in
        var sum = Source(name: source.name, corpus: source.facts.name, account: Ledger.Account())
        for unit in units where unit.source == source.number {
          sum.account += unit.account
          guard let part = unit.statistics else { continue }
          if sum.records == nil { sum.records = part } else { sum.records? += part }
        }
        return sum
      }
      let blocks = RenderedBlock.blocks(of: units, firstRecords: decided.firstRecords, plan: plan)
      var lengths = plan.sources.map { _ in LengthTally() }
      let work = BlockStatistics(plan: plan, fates: decided.fates, exemplars: exemplars)
      try await OrderedTasks.run(blocks, width: options.threads) { _, block in
        try work.statistics(of: block)
      } each: { place, part in
        guard let source = sources.firstIndex(where: { $0.name == blocks[place].source }) else {
          return
        }
        sources[source].account += part.account
        sources[source].examples += part.examples
        lengths[source] += part.lengths
      }
      for (place, tally) in lengths.enumerated() { sources[place].lengths = tally.all }
      return DatasetStatistics(
        name: plan.recipe.name, limit: options.limit, sources: sources,
        warnings: plan.sources.compactMap { source in
          source.silence(in: units.filter { $0.source == source.number })
        })
    }
  }

  /// The shapes' fields that none of the sources has: a slip of the person's.
  package static func unknownFields(_ fields: [String]) -> [Diagnostic] {
    let known = Content.Shape.allCases.flatMap(Content.fieldNames(of:))
    return fields.filter { !known.contains($0) }.map {
      Diagnostic(
        "there is no field '\($0)'",
        hint: NearestName.hint(for: $0, among: Set(known).sorted()))
    }
  }
}

/// What a block of records becomes, counted instead of written.
private struct BlockStatistics: Sendable {
  let plan: BuildPlan
  let fates: Fates
  let exemplars: Exemplars

  struct Part: Sendable {
    var account = Ledger.Account()
    var examples = DiversityStatistics()
    var lengths = LengthTally()
  }

  func statistics(of block: RenderedBlock) throws -> Part {
    guard let meter = plan.fitting?.meter else { return try statistics(of: block, nil) }
    return try meter.withEncoder { try statistics(of: block, $0) }
  }

  private func statistics(of block: RenderedBlock, _ encoder: TokenEncoder?) throws -> Part {
    var part = Part()
    var next = block.firstRecord
    try block.spill.forEachReading(in: block.block) { reading in
      guard case .record(let record) = reading else { return }
      try take(record, number: next, encoder, into: &part)
      next += 1
    }
    return part
  }

  private func take(
    _ record: Record, number: Int, _ encoder: TokenEncoder?, into part: inout Part
  ) throws {
    if let reason = fates.reason(of: number) { return part.account.reject(reason) }
    var refusal: Rejection.Reason?
    var examples = 0
    let split = Split(rank: fates.splits[number]) ?? .train
    _ = try RecordRendering(plan: plan, exemplars: exemplars).render(
      record, number: number, copies: 1, split: split
    ) { result in
      switch result.rendering {
      case .rejection(let rejection): refusal = refusal ?? rejection.reason
      case .example(let example, let template, _):
        examples += 1
        part.examples.take(example, task: result.task, wording: template)
        if let encoder, let meter = plan.fitting?.meter {
          let length = try LengthMeter.measuring(example) {
            try meter.length(of: example.body, encoder)
          }
          part.lengths.add(length, to: 0)
        }
      }
    }
    if examples > 0 {
      part.account.written += 1
    } else if let refusal {
      part.account.reject(refusal)
    }
  }
}
