import Records
import Stages

/// Finds what records repeat of earlier ones of their patient: what to cut, and who has too little
/// left.
struct CopiedPassages {
  let settings: CopyForwardSettings
  let spills: [PassageSpill?]
  let scratchPath: String
  let memoryBytes: Int
  /// All records of groups, in the order of groups and of time.
  private let entries: [PassageEntry]
  /// The places of records among them, by number.
  private let byRecord: [UInt32]

  init(
    _ settings: CopyForwardSettings, of spills: [PassageSpill?], firstRecords: [Int],
    scratchPath: String, memoryBytes: Int
  ) {
    self.settings = settings
    self.spills = spills
    self.scratchPath = scratchPath
    self.memoryBytes = memoryBytes
    var entries: [PassageEntry] = []
    for (unit, spill) in spills.enumerated() {
      for var entry in spill?.entries ?? [] {
        entry.record += UInt32(firstRecords[unit])
        entry.unit = UInt32(unit)
        entries.append(entry)
      }
    }
    entries.sort(by: PassageEntry.precedes)
    self.entries = entries
    byRecord = entries.indices.map(UInt32.init).sorted {
      entries[Int($0)].record < entries[Int($1)].record
    }
  }

  /// A record that has less left than it must.
  struct Emptied {
    var record: Int
    var left: Int
    var words: Int

    /// What was measured, for `rejected.jsonl`.
    var value: String { "\(left) of \(words) words left" }
  }

  /// Searches the records that stay.
  ///
  /// - Parameter name: The name of the search's files.
  /// - Returns: the cuts of records that have enough left, and those that have not.
  func search(
    named name: String, where isKept: (Int) -> Bool
  ) throws -> (cuts: PassageCuts, emptied: [Emptied]) {
    let units = RepeatedUnits(folder: scratchPath, name: name, memoryBytes: memoryBytes)
    try forEachShared(isKept) { entry in
      guard let spill = spills[Int(entry.unit)] else { return }
      try units.add(try spill.keys(of: entry), of: Int(entry.record))
    }
    let cuts = try PassageCutFile(creating: "\(scratchPath)/\(name)")
    var emptied: [Emptied] = []
    try units.forEachRecord { record, places in
      guard let entry = entry(of: record) else { return }
      let ranges = settings.words(of: places, extents: try extents(of: entry))
      let words = ranges.reduce(0) { $0 + $1.count }
      let left = Int(entry.wordCount) - words
      if left < max(1, settings.minimumLeft) {
        emptied.append(Emptied(record: record, left: left, words: Int(entry.wordCount)))
      } else {
        try cuts.append(
          ranges, of: record, units: settings.hasExtents ? places.count : ranges.count, words: words
        )
      }
    }
    return (try cuts.finish(), emptied)
  }

  private func extents(of entry: PassageEntry) throws -> [Range<Int>] {
    guard settings.hasExtents, let spill = spills[Int(entry.unit)] else { return [] }
    return try spill.extents(of: entry)
  }

  /// The entry of a record; its unit's are ordered by number.
  private func entry(of record: Int) -> PassageEntry? {
    var low = 0
    var high = byRecord.count
    while low < high {
      let middle = (low + high) / 2
      if Int(entries[Int(byRecord[middle])].record) < record {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low < byRecord.count ? entries[Int(byRecord[low])] : nil
  }

  /// Calls `body` with the records that share their group with others that stay.
  private func forEachShared(
    _ isKept: (Int) -> Bool, _ body: (PassageEntry) throws -> Void
  ) throws {
    var waiting: PassageEntry?
    var group: UInt64?
    for entry in entries where isKept(Int(entry.record)) {
      guard entry.group == group else {
        (group, waiting) = (entry.group, entry)
        continue
      }
      if let first = waiting { try body(first) }
      waiting = nil
      try body(entry)
    }
  }
}
