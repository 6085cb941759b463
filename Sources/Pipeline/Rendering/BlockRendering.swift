import Emitters
import Formats
import Records
import Schemas
import Stages
import Templates
import Tokenizers

/// Pass 2 for one block of readings: records → examples → rows, each checked against its schema.
struct BlockRendering: Sendable {
  let plan: BuildPlan
  let fates: Fates
  /// The records that side files name: those of duplicate clusters, those like items of benchmarks.
  let namedRecords: Set<Int>
  let exemplars: Exemplars

  /// Rows of one part, each ending with a newline.
  struct PartRows: Sendable {
    private(set) var bytes: [UInt8] = []
    private(set) var count = 0

    mutating func append(_ row: [UInt8]) {
      bytes += row
      count += 1
    }
  }

  /// The rows of a split, ready to be appended to its files.
  struct SplitRows: Sendable {
    /// The rows in each dialect, in the order of the plan's dialects, by their parts.
    var dialects: [[RowPart: PartRows]]
    var provenance: [UInt8] = []
    var examples = 0
    var records = 0
    /// The group keys met, as hashes, for the manifest's count.
    var groups: Set<Digest128> = []
  }

  /// What a block became.
  struct Output: Sendable {
    var splits: [SplitRows]
    var rejected: [UInt8] = []
    var rejectedRows = 0
    var votes: [UInt8] = []
    var voteRows = 0
    var ledger = Ledger()
    var tallies: [String: SourceTally] = [:]
    var lengths = LengthTally()
    /// Training examples for the report.
    var sample: ExampleSample
    /// The works that must be named, each once where its records stand together.
    var works: [AttributionRow] = []
    /// The ids of the records that side files name, by number.
    var recordIDs: [Int: String] = [:]
  }

  /// Renders a block whose first record has the number `firstRecord`.
  func render(
    _ block: Spill.Block, of spill: Spill, source: String, firstRecord: Int
  ) throws -> Output {
    guard let fitting = plan.fitting else {
      return try render(block, of: spill, source: source, firstRecord: firstRecord, nil)
    }
    return try fitting.meter.withEncoder {
      try render(block, of: spill, source: source, firstRecord: firstRecord, $0)
    }
  }

  private func render(
    _ block: Spill.Block, of spill: Spill, source: String, firstRecord: Int,
    _ encoder: TokenEncoder?
  ) throws -> Output {
    var work = BlockWork(rendering: self, nextRecord: firstRecord, encoder: encoder)
    try spill.forEachReading(in: block) { try work.take($0, source: source) }
    return work.finish()
  }
}

/// The running state of one block.
private struct BlockWork {
  let rendering: BlockRendering
  var nextRecord: Int
  var output: BlockRendering.Output
  /// One writer per dialect, holding the row that is being made.
  private var rows: [JSONWriter]
  private var rejected = JSONWriter()
  private var votes = JSONWriter()
  private var provenance = Split.allCases.map { _ in JSONWriter() }
  /// Counts tokens; nil where they are not counted or estimated.
  private let encoder: TokenEncoder?

  private var plan: BuildPlan { rendering.plan }

  init(rendering: BlockRendering, nextRecord: Int, encoder: TokenEncoder?) {
    self.encoder = encoder
    self.rendering = rendering
    self.nextRecord = nextRecord
    let dialects = rendering.plan.dialects.count
    output = BlockRendering.Output(
      splits: Split.allCases.map { _ in
        BlockRendering.SplitRows(dialects: Array(repeating: [:], count: dialects))
      }, sample: rendering.plan.emptySample)
    rows = Array(repeating: JSONWriter(), count: dialects)
  }

  mutating func take(_ reading: Reading, source: String) throws {
    switch reading {
    case .withdrawal, .count: break
    case .rejection(let rejection):
      // Counted in pass 1; only its row is due.
      writeRow(of: rejection, source: source)
    case .record(let record):
      try take(record, number: nextRecord)
      nextRecord += 1
    }
  }

  mutating func finish() -> BlockRendering.Output {
    output.rejected = rejected.take()
    output.votes = votes.take()
    for split in provenance.indices { output.splits[split].provenance = provenance[split].take() }
    return output
  }

  private mutating func take(_ read: Record, number: Int) throws {
    var record = read
    try plan.complete(&record, number: number, rendering.fates)
    if rendering.namedRecords.contains(number) {
      output.recordIDs[number] = plan.recordID(of: record)
    }
    guard let reason = rendering.fates.reason(of: number) else {
      return try emit(record, number: number)
    }
    reject(
      Rejection(
        id: record.id, reason: reason, stage: reason.decidingStage,
        value: rendering.fates.values[number], provenance: record.provenance),
      source: record.source)
  }

  private mutating func emit(_ record: Record, number: Int) throws {
    let split = Int(rendering.fates.splits[number])
    var refusal: Rejection?
    var written = 0
    let votes = try RecordRendering(plan: plan, exemplars: rendering.exemplars).render(
      record, number: number, copies: Int(rendering.fates.copies[number]),
      split: Split.allCases[split]
    ) { result in
      switch result.rendering {
      case .rejection(let rejection): refusal = refusal ?? rejection
      case .example(let example, let template, let exemplars):
        guard let parts = try fitted(example) else {
          refusal = refusal ?? overLong(record)
          return
        }
        for part in parts {
          if let rejection = writeRows(of: part.example, record) {
            refusal = refusal ?? rejection
            continue
          }
          if let length = part.length { output.lengths.add(length, to: split) }
          append(
            part.example, of: record, number, task: result.task, template, exemplars: exemplars,
            split)
          written += 1
        }
      }
    }
    for vote in votes { writeRow(of: vote) }
    if written > 0 {
      count(record, split: split, examples: written)
    } else if let refusal {
      reject(refusal, source: record.source)
    }
  }

  /// The rows that an example becomes, by its length; nil when it is too long for any.
  private mutating func fitted(
    _ example: Example
  ) throws -> [(example: Example, length: LengthMeter.Length?)]? {
    guard let fitting = plan.fitting else { return [(example, nil)] }
    switch try fitting.outcome(of: example, encoder) {
    case .fits(let length): return [(example, length)]
    case .cut(let parts, let droppedTurns):
      output.lengths.cut(into: parts.count, droppedTurns: droppedTurns)
      return parts.map { ($0.example, $0.length) }
    case .tooLong(let length):
      output.lengths.reject(example.id, tokens: length.tokens)
      return nil
    }
  }

  private func overLong(_ record: Record) -> Rejection {
    Rejection(
      id: record.id, reason: .overLong, stage: "render",
      value: output.lengths.latestRejected.map { "\($0) tokens" }, provenance: record.provenance)
  }

  /// Makes an example's row in every dialect; a row that a dialect or its schema refuses is a
  /// rejection, for all dialects hold the same examples.
  private mutating func writeRows(of example: Example, _ record: Record) -> Rejection? {
    for (index, dialect) in plan.dialects.enumerated() {
      rows[index].removeAll()
      let isWritable = dialect.emitter.refusal(of: example.body) == nil
      if isWritable { dialect.emitter.write(example, into: &rows[index]) }
      guard isWritable, dialect.accepts(rows[index].bytes) else {
        return Rejection(
          id: record.id, reason: .schemaViolation, stage: "emit", value: dialect.emitter.name,
          provenance: record.provenance)
      }
    }
    return nil
  }

  private mutating func append(
    _ example: Example, of record: Record, _ number: Int, task: String, _ template: String,
    exemplars: [Exemplar], _ split: Int
  ) {
    let licenses = exemplars.reduce(record.licenses) { $0.union($1.licenses) }
    for index in rows.indices {
      rows[index].newline()
      let part = RowPart(
        plan.dialects[index].parts, source: record.source, task: task,
        license: licenses.expression)
      output.splits[split].dialects[index][part, default: .init()].append(rows[index].bytes)
    }
    ProvenanceRow(
      example: example.id, of: record, licenses: licenses, split: Split.allCases[split],
      splitReason: rendering.fates.hasOfficialSplit[number] ? "official" : plan.splitReason,
      task: task, template: template, exemplars: exemplars.map(\.id)
    ).write(into: &provenance[split])
    provenance[split].newline()
    output.splits[split].examples += 1
    if Split.allCases[split] == .train {
      output.ledger[record.source].trainingExamples += 1
      output.sample.offer(example, task: task)
    }
    output.tallies[record.source, default: SourceTally()].tasks[task, default: 0] += 1
    output.tallies[record.source, default: SourceTally()].exampleLicenses[licenses, default: 0] += 1
    output.ledger[record.source].words += example.body.wordCount
  }

  private mutating func count(_ record: Record, split: Int, examples: Int) {
    output.ledger[record.source].written += 1
    output.tallies[record.source, default: SourceTally()]
      .count(record, asserted: plan.assertedLicenses[record.source])
    name(record)
    output.splits[split].records += 1
    for group in record.groups {
      output.splits[split].groups.insert(Digest128(of: group.description))
    }
  }

  /// Notes the works that the record is of; several records of one work follow each other.
  private mutating func name(_ record: Record) {
    for work in record.works where output.works.last?.work != work {
      output.works.append(
        AttributionRow(
          id: plan.recordID(of: record), source: record.source, licenses: record.licenses,
          work: work))
    }
  }

  private mutating func reject(_ rejection: Rejection, source: String) {
    output.ledger[source].reject(rejection.reason)
    writeRow(of: rejection, source: source)
  }

  private mutating func writeRow(of vote: VoteRow) {
    vote.write(into: &votes)
    votes.newline()
    output.voteRows += 1
  }

  private mutating func writeRow(of rejection: Rejection, source: String) {
    RejectionRow(source: source, rejection: rejection).write(into: &rejected)
    rejected.newline()
    output.rejectedRows += 1
  }
}

extension Rejection.Reason {
  /// The stage of the global decisions that gives the reason.
  fileprivate var decidingStage: String {
    switch self {
    case .exactDuplicate, .nearDuplicate, .copiedForward: "deduplicate"
    case .officialSplitConflict: "split"
    case .contaminated: "decontaminate"
    case .overMixCap, .belowMixWeight, .overMixShare, .overMixTotal: "mix"
    case .conflictingAnswers: "filter"
    case .supersededVersion, .deletedCitation: "merge"
    default: "read"
    }
  }
}

extension Example.Body {
  /// The words of everything that the trainer sees.
  fileprivate var wordCount: Int { texts.reduce(0) { $0 + WordCount.words(in: $1) } }
}
