import Emitters
import Records
import Stages

/// The rows of validation and test, which those of the splits before them are held against.
struct HeldOutRows: Sendable {
  /// A part of a split: what was read together.
  struct Part: Sendable {
    var split: Split
    /// Nil when the split has too many sources to tell apart.
    var origin: PublishedRow.Origin?
    var rows = 0
  }

  /// The measures that compare digests.
  static let digestMeasures = LeakReport.Measure.allCases.filter { $0 != .near }
  /// Bits of a mask.
  private static let maximumParts = 30

  private var origins: [PublishedRow.Origin: Int] = [:]
  private var sources: [String: Int] = [:]
  private(set) var splits: [Split] = []
  private var rowSources: [Int32] = []
  private var rowOrigins: [Int32] = []
  private var digests: [[Digest128]] = Array(repeating: [], count: digestMeasures.count)
  private var groups: [(row: UInt32, kind: Int, key: Digest128)] = []
  private(set) var kinds: [String] = []

  // What `seal()` makes.
  private(set) var parts: [Part] = []
  private(set) var partOfRow: [UInt8] = []
  /// The digests of each measure, and the place of each row's.
  private(set) var tables: [DigestParts] = []
  private(set) var places: [[UInt32]] = []
  /// The same by kind of group; a row may have several of a kind.
  private(set) var groupTables: [DigestParts] = []
  private(set) var groupPlaces: [(row: UInt32, kind: Int, place: UInt32)] = []

  var count: Int { splits.count }

  mutating func append(_ row: PublishedRow, split: Split) {
    let number = UInt32(splits.count)
    splits.append(split)
    rowSources.append(Int32(Self.number(of: row.origin.source, in: &sources)))
    // One more than can be told apart says that there are too many.
    let isKnown = origins[row.origin] != nil || origins.count <= Self.maximumParts
    rowOrigins.append(isKnown ? Int32(Self.number(of: row.origin, in: &origins)) : -1)
    for (place, measure) in Self.digestMeasures.enumerated() {
      digests[place].append(row.print.digest(for: measure))
    }
    for group in row.groups {
      groups.append((number, kind(group.kind), group.key))
    }
  }

  private static func number<Key>(of key: Key, in numbers: inout [Key: Int]) -> Int {
    if let number = numbers[key] { return number }
    numbers[key] = numbers.count
    return numbers.count - 1
  }

  private mutating func kind(_ name: String) -> Int {
    if let place = kinds.firstIndex(of: name) { return place }
    kinds.append(name)
    return kinds.count - 1
  }

  /// Sorts the rows into parts and makes the tables, when all rows are there.
  mutating func seal() {
    assignParts()
    for place in digests.indices {
      var table = DigestParts()
      places.append(
        digests[place].enumerated().map { row, digest in
          table.add(digest, part: Int(partOfRow[row]))
        })
      tables.append(table)
    }
    groupTables = kinds.map { _ in DigestParts() }
    groupPlaces = groups.map { row, kind, key in
      (row, kind, groupTables[kind].add(key, part: Int(partOfRow[Int(row)])))
    }
    digests = []
    groups = []
  }

  /// By entry where there are few, else by source, else by split.
  private mutating func assignParts() {
    let originsByNumber = origins.sorted { $0.value < $1.value }.map(\.key)
    let sourcesByNumber = sources.sorted { $0.value < $1.value }.map {
      PublishedRow.Origin(source: $0.key, archive: "", entry: "")
    }
    let levels: [[(Split, PublishedRow.Origin?)]] = [
      origins.count > Self.maximumParts
        ? [] : zip(splits, rowOrigins).map { ($0, originsByNumber[Int($1)]) },
      zip(splits, rowSources).map { ($0, sourcesByNumber[Int($1)]) },
      splits.map { ($0, nil) },
    ]
    for level in levels where level.count == splits.count {
      var numbers: [PartKey: Int] = [:]
      for (split, origin) in level {
        numbers[PartKey(split: split, origin: origin), default: 0] += 1
      }
      guard numbers.count <= Self.maximumParts else { continue }
      let keys = numbers.keys.sorted(by: PartKey.precedes)
      parts = keys.map { Part(split: $0.split, origin: $0.origin, rows: numbers[$0] ?? 0) }
      let byKey = Dictionary(
        keys.enumerated().map { ($1, UInt8($0)) }, uniquingKeysWith: { first, _ in first })
      partOfRow = level.map { byKey[PartKey(split: $0, origin: $1)] ?? 0 }
      return
    }
  }

  private struct PartKey: Hashable {
    var split: Split
    var origin: PublishedRow.Origin?

    static func precedes(_ first: PartKey, _ second: PartKey) -> Bool {
      guard first.split == second.split, let one = first.origin, let two = second.origin else {
        return first.split < second.split
      }
      return PublishedRow.Origin.precedes(one, two)
    }
  }
}

extension ExamplePrint {
  /// The digest that a measure compares.
  fileprivate func digest(for measure: LeakReport.Measure) -> Digest128 {
    switch measure {
    case .sameInput: input
    case .samePassage: passage
    case .sameOutput: output
    case .sameLongOutput: isLongOutput ? output : .none
    case .copies: whole
    case .near: .none
    }
  }

  /// The digests in the order of `HeldOutRows.digestMeasures`.
  var digests: [Digest128] { HeldOutRows.digestMeasures.map { digest(for: $0) } }
}
