import Glibc
import Records

/// A line of a JSON Lines file.
package struct JSONLine {
  /// The line without its end; valid during the call it was handed to only.
  package let bytes: UnsafeRawBufferPointer
  /// The 1-based number, blank lines counted.
  package let number: Int
  /// The offset of the line's first byte in the file.
  package let byteOffset: Int
}

/// Cuts a stream of chunks into the lines of a JSON Lines file.
///
/// Lines end at LF or CRLF, the last one also at the end of the stream. Blank lines are counted and
/// skipped, as is a byte order mark at the start.
package struct JSONLines: Sendable {
  /// The longest line that is taken, unless a caller says otherwise.
  package static let defaultMaximumLineBytes = 64 << 20

  private let maximumLineBytes: Int
  /// The start of a line whose end has not come yet.
  private var pending: [UInt8] = []
  private var number = 1
  /// Where the line starts that is being collected.
  private var lineStart = 0

  package init(maximumLineBytes: Int = defaultMaximumLineBytes) {
    self.maximumLineBytes = maximumLineBytes
  }

  /// Takes the next chunk and calls `body` with every line that it ends.
  ///
  /// - Throws: `JSONError` when a line is too long, or what `body` throws.
  package mutating func feed(
    _ chunk: UnsafeRawBufferPointer, _ body: (JSONLine) throws -> Void
  ) throws {
    var start = 0
    while start < chunk.count {
      let rest = UnsafeRawBufferPointer(rebasing: chunk[start...])
      guard let length = Self.lineLength(in: rest) else {
        try requireLength(pending.count + rest.count)
        return pending.append(contentsOf: rest)
      }
      try requireLength(pending.count + length)
      try endLine(with: UnsafeRawBufferPointer(rebasing: rest[..<length]), body)
      start += length + 1
    }
  }

  /// Calls `body` with the last line, when the stream did not end in a line feed.
  package mutating func finish(_ body: (JSONLine) throws -> Void) throws {
    guard !pending.isEmpty else { return }
    try endLine(with: UnsafeRawBufferPointer(start: nil, count: 0), body)
  }

  private static func lineLength(in bytes: UnsafeRawBufferPointer) -> Int? {
    guard let base = bytes.baseAddress, let found = memchr(base, 0x0a, bytes.count) else {
      return nil
    }
    return UnsafeRawPointer(found) - base
  }

  private func requireLength(_ count: Int) throws {
    guard count <= maximumLineBytes else {
      throw JSONError(
        .tooLong(maximumBytes: maximumLineBytes),
        at: Position(line: number, column: 1, byteOffset: lineStart))
    }
  }

  private mutating func endLine(
    with tail: UnsafeRawBufferPointer, _ body: (JSONLine) throws -> Void
  ) throws {
    let start = lineStart
    let line = number
    let collected = pending.count
    lineStart += collected + tail.count + 1
    number += 1
    guard collected > 0 else { return try Self.hand(tail, line, start, body) }
    pending.append(contentsOf: tail)
    defer { pending.removeAll(keepingCapacity: pending.capacity <= 1 << 20) }
    try pending.withUnsafeBytes { try Self.hand($0, line, start, body) }
  }

  /// Hands a line on without its carriage return and byte order mark, unless it is blank.
  private static func hand(
    _ line: UnsafeRawBufferPointer, _ number: Int, _ start: Int, _ body: (JSONLine) throws -> Void
  ) throws {
    var range = 0..<line.count
    if line.last == 0x0d { range = 0..<line.count - 1 }
    if number == 1, line.starts(with: JSONOrigin.byteOrderMark) {
      range = 3..<max(3, range.upperBound)
    }
    let content = UnsafeRawBufferPointer(rebasing: line[range])
    guard content.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0d }) else { return }
    try body(JSONLine(bytes: content, number: number, byteOffset: start + range.lowerBound))
  }
}
