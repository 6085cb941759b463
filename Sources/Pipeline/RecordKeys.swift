import Records

/// What the global decisions know of a record: hashes, lengths and numbers, never text.
struct RecordKey: Sendable {
  /// Two independent hashes of the id, so that equal keys mean equal ids.
  var id: Hash128
  /// The revision that the corpus gives, or -1 for records that have none.
  var revision: Int32
  /// The published split's rank, or -1.
  var officialSplit: Int8
  /// The source's place among the recipe's sources.
  var source: UInt16
  /// The bytes of the text that duplicates are judged by.
  var length: UInt32
  /// Where the record's group hashes begin in `RecordKeys.groups`.
  var firstGroup: UInt32
  var groupCount: UInt16
}

/// A 128-bit hash as two halves that are computed independently.
struct Hash128: Sendable, Hashable, Comparable {
  var high: UInt64
  var low: UInt64

  init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The hash of a text.
  init(_ text: String) {
    high = StableHash.of(seed: 0x6d61_7465, purpose: "key-high", text)
    low = StableHash.of(seed: 0x7269_6121, purpose: "key-low", text)
  }

  static func < (first: Hash128, second: Hash128) -> Bool {
    (first.high, first.low) < (second.high, second.low)
  }
}

/// The keys of a run of records, in the order they were read.
struct RecordKeys: Sendable {
  private(set) var keys: [RecordKey] = []
  private(set) var groups: [Hash128] = []
  /// What corpora took back, in the order of reading.
  private(set) var withdrawals: [Withdrawal] = []
  /// Records of entries that turned out to be damaged.
  private(set) var damaged: [Range<Int>] = []

  /// The news that a source takes the records of an id back.
  struct Withdrawal: Sendable {
    var id: Hash128
    var source: UInt16
    /// How many records stand before it; later ones of the id are new publications.
    var recordsBefore: Int
  }

  var count: Int { keys.count }

  mutating func append(_ record: Record, source: Int, length: Int) {
    let first = groups.count
    for group in record.groups { groups.append(Hash128(group.description)) }
    keys.append(
      RecordKey(
        id: Hash128(record.id), revision: Int32(clamping: record.revision ?? -1),
        officialSplit: record.officialSplit.map(\.rank) ?? -1, source: UInt16(source),
        length: UInt32(clamping: length), firstGroup: UInt32(first),
        groupCount: UInt16(clamping: groups.count - first)))
  }

  mutating func withdraw(_ id: String, source: Int) {
    withdrawals.append(
      Withdrawal(id: Hash128(id), source: UInt16(source), recordsBefore: keys.count))
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
    for var withdrawal in other.withdrawals {
      withdrawal.recordsBefore += base
      withdrawals.append(withdrawal)
    }
    damaged += other.damaged.map { $0.lowerBound + base..<$0.upperBound + base }
  }

  /// The hashes of a record's groups.
  func groups(of record: Int) -> ArraySlice<Hash128> {
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
