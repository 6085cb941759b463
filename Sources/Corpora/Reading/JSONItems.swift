import Formats
import Records

/// Cuts a stream into the items of the JSON array or object at its root, so that a file of any
/// length needs memory for one item only.
///
/// What stands between the items is checked here, the items themselves by `JSONDocument`.
struct JSONItems {
  /// One element or member.
  struct Item {
    /// The member's key; nil in an array.
    let key: String?
    let value: JSONNode
    let byteOffset: Int
  }

  private enum State {
    case start
    case beforeFirst
    case beforeItem
    case beforeColon
    case beforeValue
    case afterItem
    case end
  }

  /// The longest item that is taken.
  private static let maximumItemBytes = 64 << 20

  private var state = State.start
  private var isObject = false
  private var key: String?
  private var isCollectingKey = false
  /// The bytes of the key or value that is being collected, and where they start.
  private var item: [UInt8] = []
  private var itemStart = Position(line: 1, byteOffset: 0)
  private var isCollecting = false
  private var depth = 0
  private var isInString = false
  private var isEscaped = false
  private var offset = 0
  private var line = 1

  /// Takes the next chunk and calls `body` with every item that it completes.
  ///
  /// - Throws: `JSONError`, or what `body` throws.
  mutating func feed(
    _ chunk: UnsafeRawBufferPointer, _ body: (Item) throws -> Void
  ) throws {
    var place = 0
    while place < chunk.count {
      let byte = chunk[place]
      if isCollecting, isInString, !isEscaped, byte != UInt8(ascii: "\""), byte != 0x5c {
        let end = endOfPlain(in: chunk, from: place)
        try collect(chunk[place..<end])
        place = end
        continue
      }
      try take(byte, body)
      offset += 1
      if byte == 0x0a { line += 1 }
      place += 1
    }
  }

  /// Tells the end of the stream.
  func finish() throws {
    guard state == .end else { throw error(.unexpectedEnd(expected: expectation)) }
  }

  /// Collects a stretch of a string in one piece.
  private mutating func collect(_ stretch: Slice<UnsafeRawBufferPointer>) throws {
    item.append(contentsOf: stretch)
    offset += stretch.count
    try requireLength()
  }

  private func endOfPlain(in chunk: UnsafeRawBufferPointer, from start: Int) -> Int {
    var end = start
    while end < chunk.count, chunk[end] != UInt8(ascii: "\""), chunk[end] != 0x5c { end += 1 }
    return end
  }
}

// MARK: Between items

extension JSONItems {
  private mutating func take(_ byte: UInt8, _ body: (Item) throws -> Void) throws {
    if isCollecting { return try takeInside(byte, body) }
    if offset < 3, [0xef, 0xbb, 0xbf][offset] == byte, state == .start { return }
    guard !TidyText.isSpace(byte) else { return }
    switch (state, byte) {
    case (.start, UInt8(ascii: "[")), (.start, UInt8(ascii: "{")):
      isObject = byte == UInt8(ascii: "{")
      state = .beforeFirst
    case (.beforeFirst, closing), (.afterItem, closing): state = .end
    case (.afterItem, UInt8(ascii: ",")): state = .beforeItem
    case (.beforeColon, UInt8(ascii: ":")): state = .beforeValue
    case (.beforeFirst, _), (.beforeItem, _): try begin(byte, isKey: isObject)
    case (.beforeValue, _): try begin(byte, isKey: false)
    case (.end, _): throw error(.contentAfterValue)
    default: throw error(.unexpectedByte(byte, expected: expectation))
    }
  }

  private var closing: UInt8 { isObject ? UInt8(ascii: "}") : UInt8(ascii: "]") }

  private var expectation: String {
    switch state {
    case .start: "an array or an object"
    case .beforeFirst, .beforeItem: isObject ? "a key" : "a value"
    case .beforeColon: "':'"
    case .beforeValue: "a value"
    case .afterItem, .end: isObject ? "',' or '}'" : "',' or ']'"
    }
  }

  private func error(_ kind: JSONError.Kind) -> JSONError {
    JSONError(kind, at: Position(line: line, byteOffset: offset))
  }

  private mutating func begin(_ byte: UInt8, isKey: Bool) throws {
    if isKey, byte != UInt8(ascii: "\"") {
      throw error(.unexpectedByte(byte, expected: expectation))
    }
    guard byte != UInt8(ascii: ","), byte != UInt8(ascii: "]"), byte != UInt8(ascii: "}") else {
      throw error(.unexpectedByte(byte, expected: expectation))
    }
    isCollecting = true
    isCollectingKey = isKey
    itemStart = Position(line: line, byteOffset: offset)
    item.removeAll(keepingCapacity: item.capacity <= 1 << 20)
    item.append(byte)
    depth = byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") ? 1 : 0
    isInString = byte == UInt8(ascii: "\"")
  }
}

// MARK: Inside an item

extension JSONItems {
  private mutating func takeInside(_ byte: UInt8, _ body: (Item) throws -> Void) throws {
    if isInString { return try takeInString(byte, body) }
    switch byte {
    case UInt8(ascii: "\""): isInString = true
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      if depth == 0 { return try endScalar(before: byte, body) }
      depth -= 1
      if depth == 0 {
        item.append(byte)
        return try endItem(body)
      }
    case UInt8(ascii: ",") where depth == 0: return try endScalar(before: byte, body)
    default: break
    }
    item.append(byte)
    try requireLength()
  }

  private mutating func takeInString(_ byte: UInt8, _ body: (Item) throws -> Void) throws {
    item.append(byte)
    try requireLength()
    if isEscaped {
      isEscaped = false
    } else if byte == 0x5c {
      isEscaped = true
    } else if byte == UInt8(ascii: "\"") {
      isInString = false
      if depth == 0 { try endItem(body) }
    }
  }

  /// Ends a number or a literal at the sign after it, which is then taken in its turn.
  private mutating func endScalar(before byte: UInt8, _ body: (Item) throws -> Void) throws {
    try endItem(body)
    try take(byte, body)
  }

  private mutating func endItem(_ body: (Item) throws -> Void) throws {
    isCollecting = false
    let start = itemStart.byteOffset ?? 0
    let origin = JSONOrigin(line: itemStart.line ?? 1, byteOffset: start)
    let document: JSONDocument
    do {
      document = try JSONDocument(parsing: item, origin: origin)
    } catch {
      throw Self.located(error, from: origin)
    }
    guard !isCollectingKey else {
      key = document.root.string
      state = .beforeColon
      return
    }
    state = .afterItem
    try body(Item(key: isObject ? key : nil, value: document.root, byteOffset: start))
  }

  /// Columns are counted from the item's start, which is true on its later lines only.
  private static func located(_ error: JSONError, from origin: JSONOrigin) -> JSONError {
    guard error.position.line == origin.line else { return error }
    var error = error
    error.position.column = nil
    return error
  }

  private func requireLength() throws {
    guard item.count <= Self.maximumItemBytes else {
      throw JSONError(.tooLong(maximumBytes: Self.maximumItemBytes), at: itemStart)
    }
  }
}
