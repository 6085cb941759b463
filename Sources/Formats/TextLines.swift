import Glibc
import Records

/// Cuts a stream of chunks of UTF-8 into its lines, blank ones included.
///
/// Lines end at LF or CRLF, the last one also at the end of the stream; a byte order mark at the start
/// is no part of the first.
package struct TextLines: Sendable {
  /// A line without its end.
  package struct Line: Sendable, Equatable {
    package let text: String
    /// The 1-based number.
    package let number: Int
    /// The offset of the line's first byte in the file.
    package let byteOffset: Int
  }

  /// The longest line that is taken.
  private static let maximumLineBytes = 64 << 20

  /// The start of a line whose end has not come yet.
  private var pending: [UInt8] = []
  private var number = 1
  private var lineStart = 0

  package init() {}

  /// Takes the next chunk and calls `body` with every line that it ends.
  ///
  /// - Throws: `TextError` at a line that is not UTF-8, `Diagnostic` when one is too long, or what
  ///   `body` throws.
  package mutating func feed(
    _ chunk: UnsafeRawBufferPointer, _ body: (Line) throws -> Void
  ) throws {
    var start = 0
    while start < chunk.count {
      let rest = UnsafeRawBufferPointer(rebasing: chunk[start...])
      guard let length = Self.lineLength(in: rest) else {
        pending.append(contentsOf: rest)
        break
      }
      pending.append(contentsOf: rest[..<length])
      start += length + 1
      try endLine(body)
    }
    guard pending.count <= Self.maximumLineBytes else {
      throw Diagnostic(
        at: Position(line: number, byteOffset: lineStart),
        "line is longer than \(Self.maximumLineBytes) bytes")
    }
  }

  /// Calls `body` with the last line, when the stream did not end in a line feed.
  package mutating func finish(_ body: (Line) throws -> Void) throws {
    if !pending.isEmpty { try endLine(body) }
  }

  private static func lineLength(in bytes: UnsafeRawBufferPointer) -> Int? {
    guard let base = bytes.baseAddress, let found = memchr(base, 0x0a, bytes.count) else {
      return nil
    }
    return UnsafeRawPointer(found) - base
  }

  private mutating func endLine(_ body: (Line) throws -> Void) throws {
    let start = lineStart
    lineStart += pending.count + 1
    var line = pending[...]
    pending.removeAll(keepingCapacity: true)
    if start == 0, line.starts(with: [0xef, 0xbb, 0xbf]) { line = line.dropFirst(3) }
    if line.last == 0x0d { line = line.dropLast() }
    let bad = line.withUnsafeBytes { UnicodeValidation.firstInvalidOffset(in: $0) }
    if let bad {
      throw TextError(
        .invalidBytes, encoding: "UTF-8", at: Position(line: number, byteOffset: start + bad))
    }
    let text = String(decoding: line, as: UTF8.self)
    defer { number += 1 }
    try body(Line(text: text, number: number, byteOffset: start))
  }
}
