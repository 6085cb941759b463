import Records

/// Finds the units that repeat units of earlier records of their group, in bounded memory.
///
/// Two external sorts: by the hash of the unit, which brings together its occurrences in the order
/// of time, and by record, which brings together what is to be cut of each.
package final class RepeatedUnits {
  private let byUnit: SortedRuns
  private let byRecord: SortedRuns
  /// The number of the record of each rank.
  private var records: [UInt32] = []

  /// - Parameter memoryBytes: The most that both sorts take together.
  package init(folder: String, name: String, memoryBytes: Int) {
    byUnit = SortedRuns(folder: folder, name: "\(name)-units", memoryBytes: memoryBytes / 2)
    byRecord = SortedRuns(folder: folder, name: "\(name)-records", memoryBytes: memoryBytes / 2)
  }

  /// Adds the units of a record; those of a group come one after another, in the order of time.
  package func add(_ keys: [UInt64], of record: Int) throws {
    let rank = records.count << 32
    records.append(UInt32(record))
    for (place, key) in keys.enumerated() {
      try byUnit.append(KeyedOrdinal(key: key, ordinal: rank | place))
    }
  }

  /// Calls `body` with every record that repeats units, and their places, ascending.
  package func forEachRecord(_ body: (Int, [Int]) throws -> Void) throws {
    var key: UInt64?
    var first: UInt64 = 0
    try byUnit.forEach { item in
      let rank = item.ordinal >> 32
      if item.key != key { (key, first) = (item.key, rank) }
      guard rank != first else { return }
      let place = Int(item.ordinal & 0xffff_ffff)
      try byRecord.append(KeyedOrdinal(key: UInt64(records[Int(rank)]), ordinal: place))
    }
    try byRecord.forEachGroup { record, places in try body(Int(record), places.sorted()) }
  }
}

extension CopyForwardSettings {
  /// The words of repeated units as ranges that ascend and do not touch.
  package func words(of places: [Int], extents: [Range<Int>]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    for place in places {
      let range = extent(of: place, extents)
      if let last = ranges.last, range.lowerBound <= last.upperBound {
        ranges[ranges.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        ranges.append(range)
      }
    }
    return ranges
  }

  private func extent(of place: Int, _ extents: [Range<Int>]) -> Range<Int> {
    switch unit {
    case .words(let length): place..<place + length
    case .sentence: extents[place]
    }
  }
}
