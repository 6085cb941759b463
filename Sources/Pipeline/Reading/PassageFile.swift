import Recipes
import Records
import Stages

/// Where a record's units are, and its place in the order of its group.
struct PassageEntry: Sendable {
  /// The number of the record: in its piece, in its unit, then in the build.
  var record: UInt32
  /// The place of the unit of work among all; set by the search.
  var unit: UInt32 = 0
  var group: UInt64
  var time: Int64
  /// Where the units begin in the file, in steps of eight bytes.
  var offset: Int
  var keyCount: UInt32
  var wordCount: UInt32

  /// The order of time within a group, of equal times the order of reading.
  static func precedes(_ first: PassageEntry, _ second: PassageEntry) -> Bool {
    (first.group, first.time, first.record) < (second.group, second.time, second.record)
  }
}

/// The units of a run of records in memory.
struct PassagePart: Sendable {
  fileprivate private(set) var entries: [PassageEntry] = []
  fileprivate private(set) var numbers: [UInt64] = []

  /// Appends what may repeat, or be repeated, of a record.
  mutating func append(_ record: Record, time: Int64, ordinal: Int, by maker: PassageUnitMaker) {
    guard let group = maker.group(of: record),
      let units = maker.units(of: record.content, group: group)
    else { return }
    entries.append(
      PassageEntry(
        record: UInt32(ordinal), group: group, time: time, offset: numbers.count,
        keyCount: UInt32(units.keys.count), wordCount: UInt32(units.wordCount)))
    numbers += units.keys
    for extent in units.extents {
      numbers.append(UInt64(extent.lowerBound) << 32 | UInt64(extent.upperBound))
    }
  }
}

extension Content {
  /// When a note was charted, as a number to sort by; notes without a time that can be read come
  /// first.
  var passageTime: Int64 {
    guard case .note(let note) = self, let time = EventTime(note.time) else { return .min }
    return time.start * 8 + Int64(time.precision.rawValue)
  }
}

/// The units of a unit of work's records on disk, between pass 1 and the search.
final class PassageFile {
  private let file: OutputFile
  private var entries: [PassageEntry] = []

  init(creating path: String) throws {
    file = try OutputFile(creating: path, isPrivate: true)
  }

  /// Appends the units of a run of records; their numbers count from `firstRecord`.
  func append(_ part: PassagePart, firstRecord: Int) throws {
    let base = file.byteCount / 8
    for var entry in part.entries {
      entry.record += UInt32(firstRecord)
      entry.offset += base
      entries.append(entry)
    }
    try part.numbers.withUnsafeBytes { try file.write($0) }
  }

  func finish() throws -> PassageSpill {
    try file.close(isDurable: false)
    return PassageSpill(path: file.path, entries: entries)
  }
}

/// What a `PassageFile` holds.
struct PassageSpill: Sendable {
  let path: String
  let entries: [PassageEntry]

  /// The hashes of a record's units.
  func keys(of entry: PassageEntry) throws -> [UInt64] {
    try numbers(at: entry.offset, count: Int(entry.keyCount))
  }

  /// The words of each of its units, where they have extents of their own.
  func extents(of entry: PassageEntry) throws -> [Range<Int>] {
    let count = Int(entry.keyCount)
    return try numbers(at: entry.offset + count, count: count).map {
      Int($0 >> 32)..<Int($0 & 0xffff_ffff)
    }
  }

  private func numbers(at offset: Int, count: Int) throws -> [UInt64] {
    let bytes = try FileRange.bytes(of: path, offset: offset * 8, count: count * 8)
    return bytes.withUnsafeBytes { buffer in
      (0..<count).map { buffer.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self) }
    }
  }
}
