/// The number of members that a zip's directory promises.
///
/// libarchive keeps one member for each place in the file, so that members which overlap (a bomb, or
/// damage) would go missing without a word; the promise is held against what was found.
enum ZipDirectory {
  /// A number of members, and whether it was written in 16 bits only.
  struct Count: Equatable {
    var count: Int
    /// Old writers of more than 65,535 members keep the low 16 bits.
    var isShort: Bool

    func agrees(with found: Int) -> Bool {
      isShort ? found & 0xFFFF == count : found == count
    }
  }

  /// The promise of the end-of-directory record; nil when there is none to be found.
  static func count(in source: any ByteSource) throws(ArchiveError) -> Count? {
    guard let source = source as? any SeekableSource else { return nil }
    defer { source.seek(to: 0) }
    let start = max(source.byteCount - longestTail, 0)
    let tail = try source.bytes(from: start, count: source.byteCount - start)
    guard let record = lastRecord(in: tail) else { return nil }
    let short = Int(number(tail, at: record + 10, bytes: 2))
    if let locator = zip64Locator(before: record, in: tail) {
      return try zip64Count(in: source, at: locator)
    }
    return Count(count: short, isShort: true)
  }

  /// The record (22 bytes), its longest comment and the locator of a zip64 directory.
  private static let longestTail = 22 + 0xFFFF + 20

  /// The offset of the last `PK\5\6` whose comment ends within the file.
  private static func lastRecord(in tail: [UInt8]) -> Int? {
    guard tail.count >= 22 else { return nil }
    return (0...(tail.count - 22)).last { offset in
      tail[offset] == 0x50 && tail[offset...].starts(with: [0x50, 0x4B, 0x05, 0x06])
        && offset + 22 + Int(number(tail, at: offset + 20, bytes: 2)) <= tail.count
    }
  }

  /// The offset of the zip64 record as the locator in front of the short record has it.
  private static func zip64Locator(before record: Int, in tail: [UInt8]) -> Int? {
    guard record >= 20, tail[(record - 20)...].starts(with: [0x50, 0x4B, 0x06, 0x07]) else {
      return nil
    }
    return Int(exactly: number(tail, at: record - 12, bytes: 8))
  }

  private static func zip64Count(
    in source: any SeekableSource, at offset: Int
  ) throws(ArchiveError) -> Count? {
    let record = try source.bytes(from: offset, count: 56)
    guard record.count == 56, record.starts(with: [0x50, 0x4B, 0x06, 0x06]),
      let count = Int(exactly: number(record, at: 32, bytes: 8))
    else { return nil }
    return Count(count: count, isShort: false)
  }

  private static func number(_ bytes: [UInt8], at offset: Int, bytes count: Int) -> UInt64 {
    bytes[offset..<(offset + count)].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
