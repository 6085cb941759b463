/// The head of a 7z archive's table of contents, read for the one claim that hurts.
///
/// libarchive allocates and later walks as many folders as the table claims, up to 100 million: a
/// file of 196 bytes keeps it busy for seconds. A folder takes two bytes of the table at least.
struct SevenZipHeader {
  private let bytes: [UInt8]
  private var index = 0

  /// Requires that the claimed number of folders fits into the table of contents.
  ///
  /// A table that cannot be followed here is left to libarchive to refuse.
  static func requireBelievable(_ source: any ByteSource) throws(ArchiveError) {
    guard let source = source as? any SeekableSource else { return }
    defer { source.seek(to: 0) }
    let start = try source.bytes(from: 0, count: 32)
    guard start.count == 32 else { return }
    let offset = start[12..<20].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard let offset = Int(exactly: offset), offset <= source.byteCount - 32 else { return }
    var header = SevenZipHeader(try source.bytes(from: 32 + offset, count: maximumBytes))
    guard let folders = header.claimedFolders(), folders > header.bytes.count else { return }
    let reason = "its table of contents claims \(folders) folders and has no room for them"
    throw ArchiveError(.damaged(reason: reason, bytesRead: 0))
  }

  private static let maximumBytes = 4 << 20

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The number of folders, by the order of sections in 7zFormat.txt; nil where that is not kept.
  private mutating func claimedFolders() -> Int? {
    switch next() {
    case Section.header where next() == Section.mainStreams: break
    case Section.encodedHeader: break
    default: return nil
    }
    var section = next()
    if section == Section.packInfo {
      guard skipPackInfo() else { return nil }
      section = next()
    }
    guard section == Section.unpackInfo, next() == Section.folder else { return nil }
    return number()
  }

  private mutating func skipPackInfo() -> Bool {
    guard number() != nil, let streams = number(), streams <= bytes.count else { return false }
    while let section = next() {
      switch section {
      case Section.end: return true
      case Section.sizes: for _ in 0..<streams { _ = number() }
      case Section.digests: skipDigests(streams)
      default: return false
      }
    }
    return false
  }

  private mutating func skipDigests(_ streams: Int) {
    var defined = streams
    if next() == 0 {
      let bits = (0..<((streams + 7) / 8)).map { _ in next() ?? 0 }
      defined = bits.reduce(0) { $0 + $1.nonzeroBitCount }
    }
    index += 4 * defined
  }

  private mutating func next() -> UInt8? {
    guard index < bytes.count else { return nil }
    defer { index += 1 }
    return bytes[index]
  }

  /// A number of 1 to 9 bytes: the leading ones of the first say how many follow.
  private mutating func number() -> Int? {
    guard let first = next() else { return nil }
    let extra = (~first).leadingZeroBitCount
    var value: UInt64 = 0
    for shift in 0..<extra {
      guard let byte = next() else { return nil }
      value |= UInt64(byte) << (8 * UInt64(shift))
    }
    if extra < 7 { value |= UInt64(first & (0x7F >> UInt8(extra))) << (8 * UInt64(extra)) }
    return Int(exactly: value)
  }

  private enum Section {
    static let end: UInt8 = 0x00
    static let header: UInt8 = 0x01
    static let mainStreams: UInt8 = 0x04
    static let packInfo: UInt8 = 0x06
    static let unpackInfo: UInt8 = 0x07
    static let sizes: UInt8 = 0x09
    static let digests: UInt8 = 0x0A
    static let folder: UInt8 = 0x0B
    static let encodedHeader: UInt8 = 0x17
  }
}
