import Records
import Stages

/// What a comparison of two datasets knows of a record: numbers and hashes, no text.
struct RecordFacts: Sendable, BitwiseCopyable {
  /// The digest of the record's id in the build.
  var key: Digest128
  /// The rank of its split, or `rejectedRank`.
  var rank: Int8
  /// Its licence, or why it was rejected, in the `NameTable`.
  var label: UInt32
  /// How many examples it became.
  var examples: UInt32 = 0
  /// A hash of its examples' tasks and wordings, in order.
  var wording: UInt64 = 0
  /// A hash of its examples' rows, in order.
  var text: UInt64 = 0
  /// A hash of the record that stays in its place, for a copy.
  var kept: UInt64 = 0
  /// The place of its first row, from 0, in the provenance of its split or among the rejections.
  var row: UInt32

  static let rejectedRank: Int8 = 3

  /// The split of a record that became examples; nil for one that was rejected.
  var split: Split? { Split(rank: rank) }

  var isKept: Bool { rank != Self.rejectedRank }

  /// Adds the next example of the same record.
  mutating func add(_ next: RecordFacts) {
    examples += next.examples
    wording = RowHash.join(wording, next.wording)
    text = RowHash.join(text, next.text)
  }

  /// Whether nothing is different but the place.
  func isSame(as other: RecordFacts) -> Bool {
    rank == other.rank && label == other.label && examples == other.examples
      && wording == other.wording && text == other.text && kept == other.kept
  }
}

extension RecordFacts {
  /// How surely a record of the same id is the same: 2 when nothing differs, 1 when both became
  /// examples or both were rejected, else 0.
  fileprivate func likeness(to other: RecordFacts) -> Int {
    isSame(as: other) ? 2 : isKept == other.isKept ? 1 : 0
  }
}

/// Names as numbers: licences and reasons, the same for both datasets.
struct NameTable {
  private var places: [String: UInt32] = [:]
  private(set) var names: [String] = []

  mutating func place(of name: String) -> UInt32 {
    if let place = places[name] { return place }
    let place = UInt32(clamping: names.count)
    places[name] = place
    names.append(name)
    return place
  }

  func name(_ place: UInt32) -> String { names[Int(place)] }
}

/// The records of one dataset, to be looked up by those of another.
struct RecordTable {
  private let facts: [RecordFacts]
  private var isMatched: [Bool]
  /// Where the keys of a leading run of bits begin.
  private let starts: [UInt32]
  private let shift: UInt64

  init(_ records: [RecordFacts]) {
    facts = records.sorted { $0.key == $1.key ? $0.row < $1.row : $0.key < $1.key }
    isMatched = Array(repeating: false, count: facts.count)
    let bits = max(1, UInt64.bitWidth - (UInt64(facts.count).leadingZeroBitCount))
    shift = UInt64(UInt64.bitWidth - bits)
    var starts = [UInt32](repeating: 0, count: 1 << bits + 1)
    for fact in facts { starts[Int(fact.key.high >> shift) + 1] += 1 }
    for place in starts.indices.dropFirst() { starts[place] += starts[place - 1] }
    self.starts = starts
  }

  /// The record of the same key, which counts as met then.
  ///
  /// Of several, as versions of one citation are, the one that is the same comes first, then one that
  /// was kept for one that was kept, and one that was rejected for one that was rejected.
  mutating func match(_ record: RecordFacts) -> RecordFacts? {
    let run = Int(record.key.high >> shift)
    var found: (place: Int, likeness: Int)?
    for place in Int(starts[run])..<Int(starts[run + 1])
    where facts[place].key == record.key && !isMatched[place] {
      let likeness = facts[place].likeness(to: record)
      if likeness > found?.likeness ?? -1 { found = (place, likeness) }
    }
    guard let found else { return nil }
    isMatched[found.place] = true
    return facts[found.place]
  }

  /// The records that were not met.
  var unmatched: [RecordFacts] {
    facts.indices.filter { !isMatched[$0] }.map { facts[$0] }
  }
}
