import Formats
import Records

/// Cuts a stream of plain text into pieces that identifiers are looked for in one by one.
///
/// A piece ends at a blank line, at least 64 KiB after its start, or at any line end once it has four
/// times that: no name or address goes across a blank line, and memory stays bounded. A line longer than
/// 1 MiB is cut after a blank.
struct TextPieces {
  private static let wantedBytes = 64 << 10
  private static let longestLine = 1 << 20

  private var pending: [UInt8] = []
  private var line = 1
  private var offset = 0

  /// A piece: its text and the number of its first line.
  struct Piece {
    var text: String
    var line: Int
  }

  mutating func feed(_ chunk: UnsafeRawBufferPointer, _ body: (Piece) throws -> Void) throws {
    pending.append(contentsOf: chunk)
    while pending.count >= Self.wantedBytes, let end = Self.end(in: pending) {
      try hand(end, body)
    }
  }

  mutating func finish(_ body: (Piece) throws -> Void) throws {
    if !pending.isEmpty { try hand(pending.count, body) }
  }

  private static func end(in bytes: [UInt8]) -> Int? {
    var lineEnd: Int?
    var index = wantedBytes / 2
    while index + 1 < bytes.count {
      if bytes[index] == 0x0A {
        lineEnd = index + 1
        if bytes[index + 1] == 0x0A || bytes[index + 1] == 0x0D { return index + 1 }
      }
      index += 1
    }
    if bytes.count >= 4 * wantedBytes, let lineEnd { return lineEnd }
    guard bytes.count >= longestLine else { return nil }
    return (bytes.lastIndex(of: 0x20) ?? bytes.lastIndex { $0 < 0x80 }).map { $0 + 1 }
      ?? bytes.count
  }

  private mutating func hand(_ count: Int, _ body: (Piece) throws -> Void) throws {
    let bytes = Array(pending[..<count])
    try bytes.withUnsafeBytes { raw in
      if let bad = UnicodeValidation.firstInvalidOffset(in: raw) {
        let before = bytes[..<bad]
        throw Diagnostic(
          at: Position(line: line + before.count { $0 == 0x0A }, byteOffset: offset + bad),
          "the bytes are not UTF-8", hint: "convert the file to UTF-8 first")
      }
    }
    try body(Piece(text: String(decoding: bytes, as: UTF8.self), line: line))
    line += bytes.count { $0 == 0x0A }
    offset += count
    pending.removeFirst(count)
  }
}
