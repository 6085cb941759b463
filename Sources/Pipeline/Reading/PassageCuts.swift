import Records
import Stages

/// What is to be cut out of records: the words on disk, where they are in memory.
struct PassageCuts: Sendable {
  private let path: String
  private let places: [Place]

  /// Where a record's ranges are.
  fileprivate struct Place: Sendable {
    var record: UInt32
    /// The number of units that it repeats.
    var units: UInt32
    var words: UInt32
    var count: UInt32
    /// In steps of eight bytes.
    var offset: Int
  }

  /// A record that loses words.
  struct Touched {
    var record: Int
    var units: Int
    var words: Int
  }

  fileprivate init(path: String, places: [Place]) {
    self.path = path
    self.places = places
  }

  /// The records that lose words, ascending.
  var touched: some Sequence<Touched> {
    places.lazy.map {
      Touched(record: Int($0.record), units: Int($0.units), words: Int($0.words))
    }
  }

  /// Cuts a record's words, if it has any to lose.
  func apply(to record: inout Record, number: Int) throws {
    guard let place = place(of: number) else { return }
    let bytes = try FileRange.bytes(
      of: path, offset: place.offset * 8, count: Int(place.count) * 8)
    let ranges = bytes.withUnsafeBytes { buffer in
      (0..<Int(place.count)).map { index in
        let pair = buffer.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self)
        return Int(pair >> 32)..<Int(pair & 0xffff_ffff)
      }
    }
    PassageCutter.cut(ranges, from: &record.content)
  }

  private func place(of record: Int) -> Place? {
    var low = 0
    var high = places.count
    while low < high {
      let middle = (low + high) / 2
      if Int(places[middle].record) < record { low = middle + 1 } else { high = middle }
    }
    guard low < places.count, Int(places[low].record) == record else { return nil }
    return places[low]
  }
}

/// Writes cuts as they are found, record by record.
final class PassageCutFile {
  private let file: OutputFile
  private var places: [PassageCuts.Place] = []

  init(creating path: String) throws {
    file = try OutputFile(creating: path, isPrivate: true)
  }

  func append(_ ranges: [Range<Int>], of record: Int, units: Int, words: Int) throws {
    places.append(
      PassageCuts.Place(
        record: UInt32(record), units: UInt32(units), words: UInt32(words),
        count: UInt32(ranges.count), offset: file.byteCount / 8))
    let pairs = ranges.map { UInt64($0.lowerBound) << 32 | UInt64($0.upperBound) }
    try pairs.withUnsafeBytes { try file.write($0) }
  }

  func finish() throws -> PassageCuts {
    try file.close(isDurable: false)
    return PassageCuts(path: file.path, places: places)
  }
}
