import Deidentification
import Records
import Stages

/// What the placeholders of records stand for, as hashes: what numbers are given by.
struct PlaceholderKeys: Sendable {
  /// Where a record's marks and earlier placeholders are.
  fileprivate struct Run {
    var record: Int
    var marks: Range<Int>
    var earlier: Range<Int>
  }

  fileprivate private(set) var runs: [Run] = []
  fileprivate private(set) var marks: [PlaceholderMark] = []
  fileprivate private(set) var earlier: [EarlierPlaceholder] = []

  mutating func append(
    _ marks: [PlaceholderMark], earlier: [EarlierPlaceholder], of record: Int
  ) {
    guard !marks.isEmpty || !earlier.isEmpty else { return }
    let starts = (self.marks.count, self.earlier.count)
    self.marks += marks
    self.earlier += earlier
    runs.append(
      Run(
        record: record, marks: starts.0..<self.marks.count,
        earlier: starts.1..<self.earlier.count))
  }

  mutating func append(_ other: PlaceholderKeys, recordBase: Int) {
    for run in other.runs {
      append(
        Array(other.marks[run.marks]), earlier: Array(other.earlier[run.earlier]),
        of: run.record + recordBase)
    }
  }
}

/// The numbers of placeholders, per patient and class in the order of reading, and of hidden groups.
///
/// They depend on the records that stay and on their order alone. Numbers that a patient's texts hold
/// already in placeholders of the same form are not given again.
struct PlaceholderNumbers: Sendable {
  /// The place of each record's numbers among all.
  private var places: [Int: Range<Int>] = [:]
  private var numbers: [Int32] = []
  private var groups: [Digest128: Int] = [:]

  init() {}

  init(_ keys: RecordKeys, isKept: (Int) -> Bool, wantsGroups: Bool) {
    if wantsGroups { numberGroups(keys, isKept) }
    let runs = keys.placeholders.runs.filter { isKept($0.record) }
    var last: [Series: Int] = [:]
    for run in runs {
      for mark in keys.placeholders.earlier[run.earlier] {
        let series = Series(patient: Self.patient(of: run.record, keys), kind: mark.kind.rawValue)
        // A number beyond all reason would leave no room above it.
        if mark.number < 1 << 20 { last[series] = max(last[series] ?? 0, mark.number) }
      }
    }
    var known: [Digest128: [Series: Int32]] = [:]
    for run in runs {
      let patient = Self.patient(of: run.record, keys)
      let start = numbers.count
      for mark in keys.placeholders.marks[run.marks] {
        let series = Series(patient: patient, kind: mark.kind.rawValue)
        let number = known[mark.value]?[series] ?? Int32(clamping: (last[series] ?? 0) + 1)
        if known[mark.value]?[series] == nil {
          last[series] = Int(number)
          known[mark.value, default: [:]][series] = number
        }
        numbers.append(number)
      }
      places[run.record] = start..<numbers.count
    }
  }

  private struct Series: Hashable {
    var patient: Digest128
    var kind: String
  }

  /// The numbers of a record's different values.
  func numbers(of record: Int) -> [Int] {
    places[record].map { numbers[$0].map(Int.init) } ?? []
  }

  /// The number of a group; 0 for one that no record that stays is of.
  func number(of group: GroupKey) -> Int { groups[Digest128(of: group.description)] ?? 0 }

  /// The patient that a record is of; the record itself where none is known.
  private static func patient(of record: Int, _ keys: RecordKeys) -> Digest128 {
    keys.patient(of: record) ?? Digest128(of: "record \(record)")
  }

  private mutating func numberGroups(_ keys: RecordKeys, _ isKept: (Int) -> Bool) {
    for record in 0..<keys.count where isKept(record) {
      for group in keys.groups(of: record) where groups[group] == nil {
        groups[group] = groups.count + 1
      }
    }
  }
}
