import Emitters
import Records
import Stages

/// Adds up what the splits have in common.
struct LeakTally {
  private let held: HeldOutRows
  /// By split and measure: rows by the parts that have the like.
  private var masks: [Split: [[UInt32: Int]]] = [:]
  private var groupMasks: [Split: [[UInt32: Int]]] = [:]
  private var marks: [SplitMarks]
  private var groupMarks: [SplitMarks]
  /// The parts that hold a row like one of the split, by the row's number.
  private var nearParts: [Split: [Int: UInt32]] = [:]
  private var nearMarks: SplitMarks
  private var highest: (similarity: Double, split: Split, row: Int, held: Int)?
  /// Pairs of rows that are alike, by split and part.
  private var nearPairs: [Split: [Int]] = [:]
  /// Whether the rows pass by once more, for another part of the index: digests were taken already.
  var isRepeating = false
  private let threshold: Double

  init(_ held: HeldOutRows, threshold: Double) {
    self.held = held
    self.threshold = threshold
    marks = held.tables.map { SplitMarks(count: $0.masks.count) }
    groupMarks = held.groupTables.map { SplitMarks(count: $0.masks.count) }
    nearMarks = SplitMarks(count: held.count)
  }

  /// The highest similarity so far.
  var best: Double { highest?.similarity ?? 0 }

  mutating func take(_ matches: RowComparison.Matches, of split: Split) {
    takeNear(matches, of: split)
    guard !isRepeating else { return }
    Self.add(matches.masks, to: &masks[split, default: []])
    Self.add(matches.groupMasks, to: &groupMasks[split, default: []])
    let rank = Int(split.rank)
    for (measure, places) in matches.places.enumerated() {
      for place in places { marks[measure].mark(place, rank) }
    }
    for (kind, places) in matches.groupPlaces.enumerated() {
      for place in places { groupMarks[kind].mark(place, rank) }
    }
  }

  private static func add(_ counts: [[UInt32: Int]], to sums: inout [[UInt32: Int]]) {
    if sums.isEmpty { sums = counts.map { _ in [:] } }
    for (place, count) in counts.enumerated() { sums[place].merge(count, uniquingKeysWith: +) }
  }

  private mutating func takeNear(_ matches: RowComparison.Matches, of split: Split) {
    for pair in matches.near {
      let found = (similarity: pair.similarity, split: split, row: pair.row, held: pair.held)
      if highest.map({ Self.precedes(found, $0) }) ?? true { highest = found }
      guard pair.similarity >= threshold else { continue }
      nearParts[split, default: [:]][pair.row, default: 0] |= 1 << UInt32(held.partOfRow[pair.held])
      nearPairs[split, default: held.parts.map { _ in 0 }][Int(held.partOfRow[pair.held])] += 1
      nearMarks.mark(UInt32(pair.held), Int(split.rank))
    }
  }

  /// The more alike, then the one that stands first.
  private static func precedes(
    _ one: (similarity: Double, split: Split, row: Int, held: Int),
    _ two: (similarity: Double, split: Split, row: Int, held: Int)
  ) -> Bool {
    guard one.similarity == two.similarity else { return one.similarity > two.similarity }
    return (Int(one.split.rank), one.row, one.held) < (Int(two.split.rank), two.row, two.held)
  }

  // MARK: The report

  func report() -> LeakReport {
    var report = LeakReport()
    for (split, against) in [
      (Split.train, Split.validation), (.train, .test), (.validation, .test),
    ] {
      let parts = held.parts.indices.filter { held.parts[$0].split == against }
      report.pairs.append(
        LeakReport.Pair(
          split: split, against: against, counts: counts(split, parts),
          parts: parts.count < 2 ? [] : parts.map { part(split, $0) }))
    }
    if let highest {
      let against = held.splits[highest.held]
      let firstRow = held.splits.firstIndex(of: against) ?? 0
      report.highest = LeakReport.Highest(
        similarity: highest.similarity, split: highest.split, row: highest.row + 1,
        against: against, againstRow: highest.held - firstRow + 1)
    }
    return report
  }

  private func part(_ split: Split, _ part: Int) -> LeakReport.Part {
    let origin = held.parts[part].origin
    return LeakReport.Part(
      source: origin?.source ?? "", archive: origin.flatMap { $0.archive.nonEmpty },
      entry: origin.flatMap { $0.entry.nonEmpty }, rows: held.parts[part].rows,
      counts: counts(split, [part]))
  }

  /// What a split has in common with some parts.
  private func counts(_ split: Split, _ parts: [Int]) -> LeakReport.Counts {
    let mask = parts.reduce(UInt32(0)) { $0 | 1 << UInt32($1) }
    var counts = LeakReport.Counts()
    for (place, measure) in HeldOutRows.digestMeasures.enumerated() {
      counts.measures[measure] = LeakReport.Rows(
        rows: Self.rows(masks[split]?[place] ?? [:], mask),
        against: rows(of: mask) {
          marks[place].has(held.places[place][$0], Int(split.rank))
        })
    }
    counts.measures[.near] = LeakReport.Rows(
      rows: nearParts[split]?.values.count { $0 & mask != 0 } ?? 0,
      against: rows(of: mask) { nearMarks.has(UInt32($0), Int(split.rank)) })
    counts.nearPairs = parts.reduce(0) { $0 + (nearPairs[split]?[$1] ?? 0) }
    counts.groups = groups(split, mask)
    return counts
  }

  private static func rows(_ counts: [UInt32: Int], _ mask: UInt32) -> Int {
    counts.reduce(0) { $1.key & mask == 0 ? $0 : $0 + $1.value }
  }

  /// The held-out rows of some parts for which something is true.
  private func rows(of mask: UInt32, where isWanted: (Int) -> Bool) -> Int {
    (0..<held.count).count { mask & 1 << UInt32(held.partOfRow[$0]) != 0 && isWanted($0) }
  }

  private func groups(_ split: Split, _ mask: UInt32) -> [LeakReport.Groups] {
    let rank = Int(split.rank)
    var rows: [Set<UInt32>] = held.kinds.map { _ in [] }
    var groups: [Set<UInt32>] = held.kinds.map { _ in [] }
    for (row, kind, place) in held.groupPlaces
    where mask & 1 << UInt32(held.partOfRow[Int(row)]) != 0 && groupMarks[kind].has(place, rank) {
      rows[kind].insert(row)
      groups[kind].insert(place)
    }
    return held.kinds.indices.filter { !rows[$0].isEmpty }.map { kind in
      LeakReport.Groups(
        kind: held.kinds[kind], groups: groups[kind].count,
        rows: LeakReport.Rows(
          rows: Self.rows(groupMasks[split]?[kind] ?? [:], mask), against: rows[kind].count))
    }.sorted { $0.kind.utf8.lexicographicallyPrecedes($1.kind.utf8) }
  }
}

extension String {
  fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
