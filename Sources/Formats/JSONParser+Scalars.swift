/// Strings, numbers and literals.
extension JSONParser {
  /// Parses the string or key whose opening quote is at `offset`.
  @inline(__always)
  mutating func parseString(_ kind: JSONNode.Kind) throws(JSONFault) {
    let start = offset &+ 1
    var hasEscapes = false
    var cursor = start
    while true {
      cursor = JSONScan.endOfPlainASCII(in: bytes, from: cursor)
      guard cursor < bytes.count else { throw end(expected: "the end of a string") }
      let byte = bytes[cursor]
      if byte == UInt8(ascii: "\"") { break }
      if byte >= 0x80 {
        cursor = try endOfNonASCII(from: cursor)
      } else if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        cursor = try endOfEscape(at: cursor)
      } else {
        throw JSONFault(.controlCharacter(byte), at: cursor)
      }
    }
    append(kind, from: start, to: cursor, hasEscapes: hasEscapes)
    offset = cursor &+ 1
  }

  /// The offset past a run of non-ASCII characters.
  @inline(__always)
  private func endOfNonASCII(from start: Int) throws(JSONFault) -> Int {
    var cursor = start
    repeat {
      guard let length = JSONScan.sequenceLength(in: bytes, at: cursor) else {
        throw JSONFault(.invalidUTF8, at: cursor)
      }
      cursor &+= length
    } while cursor < bytes.count && bytes[cursor] >= 0x80
    return cursor
  }

  /// The offset past the escape whose backslash is at `start`; both halves of a surrogate pair.
  private func endOfEscape(at start: Int) throws(JSONFault) -> Int {
    guard start + 1 < bytes.count else { throw end(expected: "the rest of an escape") }
    switch bytes[start + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return start + 2
    case UInt8(ascii: "u"):
      return try endOfUnicodeEscape(at: start)
    default:
      throw JSONFault(.unknownEscape, at: start)
    }
  }

  private func endOfUnicodeEscape(at start: Int) throws(JSONFault) -> Int {
    guard let unit = JSONScan.codeUnit(in: bytes, at: start + 2) else {
      throw JSONFault(.unknownEscape, at: start)
    }
    guard unit & 0xf800 == 0xd800 else { return start + 6 }
    guard unit < 0xdc00, start + 12 <= bytes.count, bytes[start + 6] == UInt8(ascii: "\\"),
      bytes[start + 7] == UInt8(ascii: "u"),
      let low = JSONScan.codeUnit(in: bytes, at: start + 8), low & 0xfc00 == 0xdc00
    else { throw JSONFault(.loneSurrogate, at: start) }
    return start + 12
  }

  /// Parses the number that starts at `offset` (RFC 8259 §6); its text is kept.
  mutating func parseNumber() throws(JSONFault) {
    let start = offset
    var cursor = start
    if bytes[cursor] == UInt8(ascii: "-") { cursor += 1 }
    let whole = endOfDigits(from: cursor)
    let hasLeadingZero = whole - cursor > 1 && bytes[cursor] == UInt8(ascii: "0")
    guard whole > cursor, !hasLeadingZero else { throw JSONFault(.malformedNumber, at: start) }
    cursor = whole
    if cursor < bytes.count, bytes[cursor] == UInt8(ascii: ".") {
      cursor = try endOfRequiredDigits(from: cursor + 1, ofNumberAt: start)
    }
    if cursor < bytes.count, bytes[cursor] | 0x20 == UInt8(ascii: "e") {
      cursor += 1
      if cursor < bytes.count,
        bytes[cursor] == UInt8(ascii: "+") || bytes[cursor] == UInt8(ascii: "-")
      {
        cursor += 1
      }
      cursor = try endOfRequiredDigits(from: cursor, ofNumberAt: start)
    }
    append(.number, from: start, to: cursor)
    offset = cursor
  }

  private func endOfDigits(from start: Int) -> Int {
    var cursor = start
    while cursor < bytes.count, bytes[cursor] &- UInt8(ascii: "0") < 10 { cursor &+= 1 }
    return cursor
  }

  private func endOfRequiredDigits(from start: Int, ofNumberAt number: Int) throws(JSONFault) -> Int
  {
    let cursor = endOfDigits(from: start)
    guard cursor > start else { throw JSONFault(.malformedNumber, at: number) }
    return cursor
  }

  /// Parses `true`, `false` or `null`.
  mutating func parseLiteral(_ literal: StaticString, _ kind: JSONNode.Kind) throws(JSONFault) {
    let length = literal.utf8CodeUnitCount
    guard offset + length <= bytes.count else { throw JSONFault(.unknownLiteral, at: offset) }
    for index in 0..<length where bytes[offset + index] != literal.utf8Start[index] {
      throw JSONFault(.unknownLiteral, at: offset)
    }
    append(kind, from: offset, to: offset + length)
    offset += length
  }
}
