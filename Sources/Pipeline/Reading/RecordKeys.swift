import Records
import Stages

/// What the global decisions know of a record: hashes and numbers, never text.
struct RecordKey: Sendable {
  /// The digest of the id within its source.
  var id: Digest128
  /// The revision that the corpus gives, or -1 for records that have none.
  var revision: Int32
  /// The published split's rank, or -1.
  var officialSplit: Int8
  /// The source's place among the recipe's sources.
  var source: UInt16
  /// Where the record's group hashes begin in `RecordKeys.groups`.
  var firstGroup: UInt32
  var groupCount: UInt16
  /// The place of the patient among the record's groups, or -1.
  var patient: Int16
}

/// The keys of a run of records, in the order they were read.
struct RecordKeys: Sendable {
  private(set) var keys: [RecordKey] = []
  private(set) var groups: [Digest128] = []
  /// What each record is stratified by; empty unless the split asks for it.
  private(set) var strata: [Digest128] = []
  /// What corpora took back, in the order of reading.
  private(set) var withdrawals: [Withdrawal] = []
  /// What records were found to be like items of benchmarks, in their order.
  private(set) var contaminated: [Contaminated] = []
  /// Hashes of what records have in the field that a cap is spread over; none without such a cap.
  private(set) var capStrata: [(record: Int, stratum: UInt64)] = []
  /// The closed questions of records that must not contradict each other.
  private(set) var questions: [Asked] = []
  /// Records of entries that turned out to be damaged.
  private(set) var damaged: [Range<Int>] = []

  /// The news that a source takes the records of an id back.
  struct Withdrawal: Sendable {
    var id: Digest128
    var source: UInt16
    /// How many records stand before it; later ones of the id are new publications.
    var recordsBefore: Int
  }

  /// A record's question.
  struct Asked: Sendable {
    var record: Int
    var question: ClosedQuestion
  }

  /// A record that is like items of benchmarks.
  struct Contaminated: Sendable {
    var record: Int
    /// The strongest first within a benchmark; never empty.
    var hits: [ContaminationHit]

    /// The hit by the strongest rule; of equal ones that in the benchmark that stands first.
    var strongest: ContaminationHit? {
      ContaminationRule.allCases.lazy.compactMap { rule in hits.first { $0.rule == rule } }.first
    }
  }

  /// What the placeholders of records stand for.
  private(set) var placeholders = PlaceholderKeys()

  var count: Int { keys.count }

  mutating func append(_ record: Record, source: Int, stratum: String? = nil) {
    let first = groups.count
    if let stratum { strata.append(record.stratum(by: stratum)) }
    for group in record.groups { groups.append(Digest128(of: group.description)) }
    keys.append(
      RecordKey(
        id: Digest128(of: record.id), revision: Int32(clamping: record.revision ?? -1),
        officialSplit: record.officialSplit.map(\.rank) ?? -1, source: UInt16(source),
        firstGroup: UInt32(first),
        groupCount: UInt16(clamping: groups.count - first),
        patient: Int16(clamping: record.groups.firstIndex { $0.kind == .patient } ?? -1)))
  }

  mutating func withdraw(_ id: String, source: Int) {
    withdrawals.append(
      Withdrawal(id: Digest128(of: id), source: UInt16(source), recordsBefore: keys.count))
  }

  /// Notes what the last record is like.
  mutating func markContaminated(by hits: [ContaminationHit]) {
    if !hits.isEmpty { contaminated.append(Contaminated(record: keys.count - 1, hits: hits)) }
  }

  /// Notes the stratum of the last record.
  mutating func markCapStratum(_ stratum: UInt64) {
    capStrata.append((keys.count - 1, stratum))
  }

  /// Notes what the last record asks.
  mutating func markQuestion(_ question: ClosedQuestion?) {
    if let question { questions.append(Asked(record: keys.count - 1, question: question)) }
  }

  /// Notes what the placeholders of the last record stand for.
  mutating func mark(_ marks: [PlaceholderMark], earlier: [EarlierPlaceholder]) {
    placeholders.append(marks, earlier: earlier, of: keys.count - 1)
  }

  mutating func markDamaged(_ records: Range<Int>) {
    if !records.isEmpty { damaged.append(records) }
  }

  /// Appends the keys of the records that follow.
  mutating func append(_ other: RecordKeys) {
    let base = keys.count
    let groupBase = UInt32(groups.count)
    for var key in other.keys {
      key.firstGroup += groupBase
      keys.append(key)
    }
    groups += other.groups
    strata += other.strata
    for var withdrawal in other.withdrawals {
      withdrawal.recordsBefore += base
      withdrawals.append(withdrawal)
    }
    contaminated += other.contaminated.map {
      Contaminated(record: $0.record + base, hits: $0.hits)
    }
    capStrata += other.capStrata.map { ($0.record + base, $0.stratum) }
    questions += other.questions.map {
      Asked(record: $0.record + base, question: $0.question)
    }
    placeholders.append(other.placeholders, recordBase: base)
    damaged += other.damaged.map { $0.lowerBound + base..<$0.upperBound + base }
  }

  /// The hash of the key of a record's patient; nil when none is known.
  func patient(of record: Int) -> Digest128? {
    let place = Int(keys[record].patient)
    return place < 0 ? nil : groups[Int(keys[record].firstGroup) + place]
  }

  /// The hashes of a record's groups.
  func groups(of record: Int) -> ArraySlice<Digest128> {
    let key = keys[record]
    return groups[Int(key.firstGroup)..<Int(key.firstGroup) + Int(key.groupCount)]
  }
}

extension Split {
  /// The split's place in `allCases`, as compact keys store it.
  var rank: Int8 { Int8(Split.allCases.firstIndex(of: self) ?? 0) }

  init?(rank: Int8) {
    guard Split.allCases.indices.contains(Int(rank)) else { return nil }
    self = Split.allCases[Int(rank)]
  }
}
