/// One value, or one key, on the tape of a document: values in document order, each container
/// before its content, each key before its value.
struct JSONTapeEntry: Sendable {
  /// Where it starts: the first byte of a scalar or bracket; for strings and keys, after the quote.
  var start: UInt32
  /// Where it ends: past the last byte; for strings and keys, the closing quote.
  var end: UInt32
  /// The index of the entry after this one and all its content.
  var next: UInt32
  /// How many elements or members a container has.
  var count: UInt32
  var kind: JSONNode.Kind
  /// Whether a string or key has escapes, so that its bytes are not its text.
  var hasEscapes: Bool
}

/// What is wrong at which byte of the parsed buffer; the document makes a located error of it.
struct JSONFault: Error {
  var kind: JSONError.Kind
  var offset: Int
  /// Where the first of two equal keys stands.
  var firstOffset: Int?

  init(_ kind: JSONError.Kind, at offset: Int, firstOffset: Int? = nil) {
    self.kind = kind
    self.offset = offset
    self.firstOffset = firstOffset
  }
}

/// The walk over the bytes of one JSON text that fills the tape.
///
/// It keeps no stack of its own: while a container is open, its entry's `next` holds the index of
/// the container around it, so that depth costs no memory and no recursion.
struct JSONParser {
  let bytes: UnsafeRawBufferPointer
  let maximumDepth: Int
  var offset = 0
  private(set) var tape: [JSONTapeEntry] = []
  private var depth = 0
  private var open = outermost

  /// The `next` of an open container that has none around it.
  private static let outermost = UInt32.max

  init(_ bytes: UnsafeRawBufferPointer, maximumDepth: Int) {
    self.bytes = bytes
    self.maximumDepth = maximumDepth
    tape.reserveCapacity(min(bytes.count / 16 + 8, 64))
  }

  /// Parses the whole buffer as one value, with whitespace around it.
  mutating func parse() throws(JSONFault) {
    guard bytes.count < Int(UInt32.max) else {
      throw JSONFault(.tooLong(maximumBytes: Int(UInt32.max) - 1), at: 0)
    }
    var expectsValue = true
    repeat {
      skipWhitespace()
      expectsValue = expectsValue ? try parseValue() : try parseSeparator()
    } while expectsValue || open != Self.outermost
    skipWhitespace()
    guard offset == bytes.count else { throw JSONFault(.contentAfterValue, at: offset) }
  }

  /// Parses a scalar, or opens a container; returns whether a value must follow.
  private mutating func parseValue() throws(JSONFault) -> Bool {
    guard offset < bytes.count else { throw end(expected: "a value") }
    if open != Self.outermost { tape[Int(open)].count &+= 1 }
    switch bytes[offset] {
    case UInt8(ascii: "\""): try parseString(.string)
    case UInt8(ascii: "{"): return try openObject()
    case UInt8(ascii: "["): return try openArray()
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try parseNumber()
    case UInt8(ascii: "t"): try parseLiteral("true", .bool)
    case UInt8(ascii: "f"): try parseLiteral("false", .bool)
    case UInt8(ascii: "n"): try parseLiteral("null", .null)
    case 0xef
    where offset + 3 <= bytes.count && bytes[offset + 1] == 0xbb && bytes[offset + 2] == 0xbf:
      throw JSONFault(.byteOrderMark, at: offset)
    case let byte: throw JSONFault(.unexpectedByte(byte, expected: "a value"), at: offset)
    }
    return false
  }

  /// Parses what stands between values of the open container; returns whether a value must follow.
  private mutating func parseSeparator() throws(JSONFault) -> Bool {
    let isObject = tape[Int(open)].kind == .object
    let expected = isObject ? "',' or '}'" : "',' or ']'"
    guard offset < bytes.count else { throw end(expected: expected) }
    switch bytes[offset] {
    case UInt8(ascii: ","):
      offset &+= 1
      if isObject { try parseKey() }
      return true
    case UInt8(ascii: "}") where isObject: try closeObject()
    case UInt8(ascii: "]") where !isObject: close()
    case let byte: throw JSONFault(.unexpectedByte(byte, expected: expected), at: offset)
    }
    return false
  }

  private mutating func openObject() throws(JSONFault) -> Bool {
    try openContainer(.object)
    skipWhitespace()
    if offset < bytes.count, bytes[offset] == UInt8(ascii: "}") {
      close()
      return false
    }
    try parseKey()
    return true
  }

  private mutating func openArray() throws(JSONFault) -> Bool {
    try openContainer(.array)
    skipWhitespace()
    guard offset < bytes.count, bytes[offset] == UInt8(ascii: "]") else { return true }
    close()
    return false
  }

  private mutating func openContainer(_ kind: JSONNode.Kind) throws(JSONFault) {
    guard depth < maximumDepth else { throw JSONFault(.tooDeep(maximum: maximumDepth), at: offset) }
    depth += 1
    append(kind, from: offset, to: offset)
    tape[tape.count - 1].next = open
    open = UInt32(tape.count - 1)
    offset &+= 1
  }

  private mutating func close() {
    offset &+= 1
    depth -= 1
    let index = Int(open)
    open = tape[index].next
    tape[index].next = UInt32(tape.count)
    tape[index].end = UInt32(offset)
  }

  private mutating func closeObject() throws(JSONFault) {
    let object = Int(open)
    let count = Int(tape[object].count)
    if count > 1,
      let pair = JSONKeys(bytes: bytes, tape: tape).firstDuplicate(of: object, count: count)
    {
      throw JSONFault(
        .duplicateKey(firstLine: 0, firstColumn: 0), at: Int(tape[pair.second].start) - 1,
        firstOffset: Int(tape[pair.first].start) - 1)
    }
    close()
  }

  private mutating func parseKey() throws(JSONFault) {
    skipWhitespace()
    guard offset < bytes.count else { throw end(expected: "a key") }
    guard bytes[offset] == UInt8(ascii: "\"") else {
      throw JSONFault(.unexpectedByte(bytes[offset], expected: "a key"), at: offset)
    }
    try parseString(.key)
    skipWhitespace()
    guard offset < bytes.count else { throw end(expected: "':'") }
    guard bytes[offset] == UInt8(ascii: ":") else {
      throw JSONFault(.unexpectedByte(bytes[offset], expected: "':'"), at: offset)
    }
    offset &+= 1
  }

  private mutating func skipWhitespace() {
    while offset < bytes.count {
      let byte = bytes[offset]
      guard byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 else { return }
      offset &+= 1
    }
  }

  @inline(__always)
  mutating func append(
    _ kind: JSONNode.Kind, from start: Int, to end: Int, hasEscapes: Bool = false
  ) {
    let entry = JSONTapeEntry(
      start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end),
      next: UInt32(truncatingIfNeeded: tape.count &+ 1), count: 0, kind: kind,
      hasEscapes: hasEscapes)
    tape.append(entry)
  }

  func end(expected: String) -> JSONFault {
    JSONFault(.unexpectedEnd(expected: expected), at: bytes.count)
  }
}
