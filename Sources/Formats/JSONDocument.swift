import Records

/// A parsed JSON text: its bytes and a flat tape of its values.
///
/// Strict RFC 8259, and stricter where the RFC leaves room: duplicate keys (compared after decoding
/// escapes), lone surrogates and invalid UTF-8 are refused; numbers keep their text; one byte order
/// mark is accepted at the very start of a file. The parser does not recurse.
package final class JSONDocument: Sendable {
  /// How deep arrays and objects may be nested, unless a caller says otherwise.
  package static let defaultMaximumDepth = 512

  let bytes: [UInt8]
  let tape: [JSONTapeEntry]
  let origin: JSONOrigin

  /// Parses bytes that hold one JSON text.
  package init(
    parsing bytes: [UInt8], maximumDepth: Int = defaultMaximumDepth,
    origin: JSONOrigin = JSONOrigin()
  ) throws(JSONError) {
    do {
      tape = try Self.tape(of: bytes, maximumDepth: maximumDepth, origin: origin)
    } catch {
      throw JSONError(error, in: bytes, origin: origin)
    }
    self.bytes = bytes
    self.origin = origin
  }

  /// Parses a copy of the bytes.
  package convenience init(
    parsing bytes: UnsafeRawBufferPointer, maximumDepth: Int = defaultMaximumDepth,
    origin: JSONOrigin = JSONOrigin()
  ) throws(JSONError) {
    try self.init(parsing: [UInt8](bytes), maximumDepth: maximumDepth, origin: origin)
  }

  /// Parses a line of a JSON Lines file; positions are those of the file.
  package convenience init(
    parsing line: JSONLine, maximumDepth: Int = defaultMaximumDepth
  ) throws(JSONError) {
    try self.init(
      parsing: line.bytes, maximumDepth: maximumDepth,
      origin: JSONOrigin(line: line.number, byteOffset: line.byteOffset))
  }

  /// The outermost value.
  package var root: JSONNode { JSONNode(document: self, index: 0) }

  private static func tape(
    of bytes: [UInt8], maximumDepth: Int, origin: JSONOrigin
  ) throws(JSONFault) -> [JSONTapeEntry] {
    let parsed = bytes.withUnsafeBytes { buffer in
      Result { () throws(JSONFault) in
        var parser = JSONParser(buffer, maximumDepth: maximumDepth)
        if origin.byteOffset == 0, buffer.starts(with: JSONOrigin.byteOrderMark) {
          parser.offset = 3
        }
        try parser.parse()
        return parser.tape
      }
    }
    return try parsed.get()
  }
}

/// Where a JSON text starts in its file.
package struct JSONOrigin: Sendable, Hashable {
  /// The 1-based line.
  package var line: Int
  package var byteOffset: Int

  package init(line: Int = 1, byteOffset: Int = 0) {
    self.line = line
    self.byteOffset = byteOffset
  }

  /// U+FEFF in UTF-8.
  static let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]

  /// The place of a byte of a text that starts here: lines end at LF, columns count code points.
  func position(of offset: Int, in bytes: [UInt8]) -> Position {
    var line = line
    var lineStart = byteOffset == 0 && bytes.starts(with: Self.byteOrderMark) ? 3 : 0
    for (index, byte) in bytes[..<offset].enumerated() where byte == 0x0a {
      line += 1
      lineStart = index + 1
    }
    let column = bytes[min(lineStart, offset)..<offset].count { $0 & 0xc0 != 0x80 } + 1
    return Position(line: line, column: column, byteOffset: byteOffset + offset)
  }
}

extension JSONError {
  fileprivate init(_ fault: JSONFault, in bytes: [UInt8], origin: JSONOrigin) {
    var kind = fault.kind
    if let firstOffset = fault.firstOffset {
      let first = origin.position(of: firstOffset, in: bytes)
      kind = .duplicateKey(firstLine: first.line ?? 1, firstColumn: first.column ?? 1)
    }
    self.init(kind, at: origin.position(of: fault.offset, in: bytes))
  }
}
