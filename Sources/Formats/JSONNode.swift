import Records

/// A view of one value, or one key, of a parsed document.
package struct JSONNode: Sendable {
  /// What a node is.
  package enum Kind: UInt8, Sendable {
    case null
    case bool
    case number
    case string
    case array
    case object
    case key
  }

  package let document: JSONDocument
  let index: Int

  init(document: JSONDocument, index: Int) {
    self.document = document
    self.index = index
  }

  var entry: JSONTapeEntry { document.tape[index] }

  package var kind: Kind { entry.kind }

  /// Whether the value is `null`.
  package var isNull: Bool { kind == .null }

  /// The text of a string or a key; nil for any other value.
  package var string: String? {
    let entry = entry
    guard entry.kind == .string || entry.kind == .key else { return nil }
    return withSourceBytes { JSONText.string($0, hasEscapes: entry.hasEscapes) }
  }

  /// A number as the document writes it.
  package var numberText: String? {
    guard kind == .number else { return nil }
    return withSourceBytes { String(decoding: $0, as: UTF8.self) }
  }

  /// A string, or a number as the document writes it: corpora have ids and years as either.
  package var scalarText: String? { string ?? numberText }

  /// The value of a number written without fraction and exponent, if it fits; nil otherwise.
  package var int: Int? { numberText.flatMap { Int($0) } }

  /// The `Double` nearest to a number; nil when the number is beyond the range of `Double`.
  package var double: Double? {
    guard let value = numberText.flatMap({ Double($0) }), value.isFinite else { return nil }
    return value
  }

  package var bool: Bool? {
    guard kind == .bool else { return nil }
    return document.bytes[Int(entry.start)] == UInt8(ascii: "t")
  }

  /// How many elements or members a container has; 0 for scalars.
  package var count: Int { Int(entry.count) }

  /// The offset of the node's first byte from the start of the file; of the quote, for strings.
  package var byteOffset: Int { document.origin.byteOffset + sourceStart }

  /// Line, column and byte offset of the node's first byte, found by counting from the start.
  package var position: Position {
    document.origin.position(of: sourceStart, in: document.bytes)
  }

  /// The length of the node in the source, quotes and brackets included.
  package var sourceLength: Int {
    let quote = kind == .string || kind == .key ? 1 : 0
    return Int(entry.end) + quote - sourceStart
  }

  private var sourceStart: Int {
    let entry = entry
    return Int(entry.start) - (entry.kind == .string || entry.kind == .key ? 1 : 0)
  }

  /// Calls `body` with the source of the node: a number's digits, a container with its brackets, the
  /// content of a string between its quotes with escapes undecoded.
  package func withSourceBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    let entry = entry
    return document.bytes.withUnsafeBytes { bytes in
      body(UnsafeRawBufferPointer(rebasing: bytes[Int(entry.start)..<Int(entry.end)]))
    }
  }

  /// Calls `body` with the decoded UTF-8 of a string or key; makes no copy unless there are escapes.
  ///
  /// Other nodes give no bytes.
  package func withUTF8<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    let entry = entry
    guard entry.kind == .string || entry.kind == .key else {
      return body(UnsafeRawBufferPointer(start: nil, count: 0))
    }
    return withSourceBytes { raw in
      entry.hasEscapes ? JSONText.decoded(raw).withUnsafeBytes(body) : body(raw)
    }
  }

  /// The same, with a buffer to decode into that serves many nodes.
  package func withUTF8<Result>(
    decodingInto buffer: inout [UInt8], _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    let entry = entry
    guard entry.hasEscapes else { return withUTF8(body) }
    return withSourceBytes { JSONText.withDecoded($0, in: &buffer, body) }
  }

  /// Whether escapes stand in a string or key.
  package var hasEscapes: Bool { entry.hasEscapes }

  /// Whether the node is a string or key with this text.
  package func isText(_ text: String) -> Bool {
    guard kind == .string || kind == .key else { return false }
    var text = text
    return text.withUTF8 { wanted in
      withUTF8 { $0.elementsEqual(asMemory: UnsafeRawBufferPointer(wanted)) }
    }
  }
}

extension JSONNode {
  /// The elements of an array in order; none for any other value.
  package var elements: Elements {
    kind == .array
      ? Elements(document: document, index: index + 1, end: Int(entry.next))
      : Elements(document: document, index: 0, end: 0)
  }

  /// The members of an object in document order; none for any other value.
  package var members: Members {
    kind == .object
      ? Members(document: document, index: index + 1, end: Int(entry.next))
      : Members(document: document, index: 0, end: 0)
  }

  /// The value of a key; nil when there is none, or when the node is no object.
  ///
  /// Looks at each key in turn.
  package subscript(key: String) -> JSONNode? {
    for member in members where member.key.isText(key) { return member.value }
    return nil
  }

  /// An element by its place; nil when there is none, or when the node is no array.
  ///
  /// Walks from the first.
  package subscript(place: Int) -> JSONNode? {
    guard kind == .array, place >= 0, place < count else { return nil }
    var elements = elements
    for _ in 0..<place { _ = elements.next() }
    return elements.next()
  }

  /// A key of an object with its value.
  package struct Member: Sendable {
    package let key: JSONNode
    package let value: JSONNode

    /// The key's text.
    package var name: String { key.string ?? "" }
  }

  /// The elements of an array.
  package struct Elements: Sequence, IteratorProtocol, Sendable {
    let document: JSONDocument
    var index: Int
    let end: Int

    package mutating func next() -> JSONNode? {
      guard index < end else { return nil }
      defer { index = Int(document.tape[index].next) }
      return JSONNode(document: document, index: index)
    }
  }

  /// The members of an object.
  package struct Members: Sequence, IteratorProtocol, Sendable {
    let document: JSONDocument
    var index: Int
    let end: Int

    package mutating func next() -> Member? {
      guard index < end else { return nil }
      defer { index = Int(document.tape[index + 1].next) }
      return Member(
        key: JSONNode(document: document, index: index),
        value: JSONNode(document: document, index: index + 1))
    }
  }
}
