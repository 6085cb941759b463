import Formats
import Records

/// Cuts a stream of plain text into pieces that identifiers are looked for in one by one.
///
/// A piece ends at a blank line, at least 64 KiB after its start, or at any line end once it has four
/// times that: no name or address goes across a blank line, and memory stays bounded. A line longer than
/// 1 MiB is cut after a blank. Neither cut goes through an identifier, or closely past one whose cue it
/// would part from it.
struct TextPieces {
  private static let wantedBytes = 64 << 10
  private static let longestLine = 1 << 20

  private var pending: [UInt8] = []
  private var line = 1
  private var offset = 0
  private let identifiers: (String) -> [Range<Int>]

  /// - Parameter identifiers: finds the identifiers of a text.
  init(identifiers: @escaping (String) -> [Range<Int>]) { self.identifiers = identifiers }

  /// A piece: its text and the number of its first line.
  struct Piece {
    var text: String
    var line: Int
    /// That the text stands for bytes that are not UTF-8.
    var problem: Diagnostic?
  }

  mutating func feed(_ chunk: UnsafeRawBufferPointer, _ body: (Piece) throws -> Void) throws {
    pending.append(contentsOf: chunk)
    while pending.count >= Self.wantedBytes, let end = end(in: pending) {
      try hand(end, body)
    }
  }

  mutating func finish(_ body: (Piece) throws -> Void) throws {
    if !pending.isEmpty { try hand(pending.count, body) }
  }

  private func end(in bytes: [UInt8]) -> Int? {
    var index = Self.wantedBytes / 2
    while index + 1 < bytes.count {
      if bytes[index] == 0x0A, bytes[index + 1] == 0x0A || bytes[index + 1] == 0x0D {
        return index + 1
      }
      index += 1
    }
    guard bytes.count >= 4 * Self.wantedBytes else { return nil }
    if let end = freeEnd(in: bytes, after: 0x0A) { return end }
    guard bytes.count >= Self.longestLine else { return nil }
    if let end = freeEnd(in: bytes, after: 0x20) { return end }
    return (bytes.lastIndex(of: 0x20) ?? bytes.lastIndex { $0 < 0x80 }).map { $0 + 1 }
      ?? bytes.count
  }

  /// How much of the end is looked at for identifiers before it is cut, and how far from one is far.
  private static let window = 16 << 10
  private static let farBytes = 96

  /// A place after a byte that is in no identifier: the last one far from all, else the farthest.
  private func freeEnd(in bytes: [UInt8], after byte: UInt8) -> Int? {
    var start = bytes.count - Self.window
    while start < bytes.count, bytes[start] & 0xC0 == 0x80 { start += 1 }
    var last = bytes.count
    while last > start, bytes[last - 1] >= 0x80 { last -= 1 }
    let places = (bytes.count - Self.window * 3 / 4..<min(last, bytes.count - Self.window / 4))
      .filter { bytes[$0] == byte }.map { $0 + 1 - start }
    guard !places.isEmpty else { return nil }
    let text = String(decoding: bytes[start..<last], as: UTF8.self)
    // Of bytes that are not UTF-8 no place is sure.
    guard text.utf8.count == last - start else { return nil }
    let found = identifiers(text)
    var next = 0
    var best: (place: Int, distance: Int)?
    for place in places {
      while next < found.count, found[next].upperBound <= place { next += 1 }
      var distance =
        next == 0 ? Self.farBytes : min(Self.farBytes, place - found[next - 1].upperBound)
      if next < found.count { distance = min(distance, found[next].lowerBound - place) }
      if distance > 0, distance >= best?.distance ?? 0 { best = (place, distance) }
    }
    return best.map { start + $0.place }
  }

  private mutating func hand(_ count: Int, _ body: (Piece) throws -> Void) throws {
    let bytes = Array(pending[..<count])
    let problem = bytes.withUnsafeBytes { raw in
      UnicodeValidation.firstInvalidOffset(in: raw).map { bad in
        Diagnostic(
          at: Position(
            line: line + bytes[..<bad].count { $0 == 0x0A }, byteOffset: offset + bad),
          "the bytes are not UTF-8", hint: "convert the file to UTF-8 first")
      }
    }
    try body(Piece(text: String(decoding: bytes, as: UTF8.self), line: line, problem: problem))
    line += bytes.count { $0 == 0x0A }
    offset += count
    pending.removeFirst(count)
  }
}
