/// Writes JSON to a byte buffer, commas included.
///
/// Strings are written as UTF-8 with only `"`, `\` and control characters below U+0020 escaped, so
/// the same value always gives the same bytes.
package struct JSONWriter: Sendable {
  /// How values are laid out.
  package enum Layout: Sendable {
    /// `{"a":1,"b":[2]}`, for rows.
    case compact
    /// One member or element a line, indented by two spaces, for files that people read.
    case pretty
  }

  package private(set) var bytes: [UInt8] = []
  private let layout: Layout
  private var depth = 0
  /// Whether the value before, in the same container, needs a comma after it.
  private var followsValue = false
  private var followsKey = false

  package init(layout: Layout = .compact) { self.layout = layout }

  /// The text written so far.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  package mutating func reserveCapacity(_ count: Int) { bytes.reserveCapacity(count) }

  /// Empties the buffer and keeps its memory.
  package mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    depth = 0
    followsValue = false
    followsKey = false
  }

  /// Hands over the bytes and starts anew.
  package mutating func take() -> [UInt8] {
    var taken: [UInt8] = []
    swap(&taken, &bytes)
    removeAll()
    return taken
  }

  package mutating func beginObject() { begin(UInt8(ascii: "{")) }
  package mutating func endObject() { end(UInt8(ascii: "}")) }
  package mutating func beginArray() { begin(UInt8(ascii: "[")) }
  package mutating func endArray() { end(UInt8(ascii: "]")) }

  package mutating func key(_ name: String) {
    prepareForValue()
    appendQuoted(name)
    bytes.append(UInt8(ascii: ":"))
    if layout == .pretty { bytes.append(UInt8(ascii: " ")) }
    followsKey = true
  }

  package mutating func string(_ text: String) {
    prepareForValue()
    appendQuoted(text)
    followsValue = true
  }

  /// Writes a string of valid UTF-8.
  package mutating func string(utf8 text: UnsafeRawBufferPointer) {
    prepareForValue()
    appendQuoted(utf8: text)
    followsValue = true
  }

  package mutating func number(_ value: Int) { literal(String(value)) }

  /// Writes a number by its text, which must be a JSON number.
  package mutating func number(text: String) { literal(text) }

  /// Writes the shortest text that reads back as the same number; `null` for NaN and infinities,
  /// which JSON cannot say.
  package mutating func number(_ value: Double) {
    guard value.isFinite else { return null() }
    literal(value.description)
  }

  package mutating func bool(_ value: Bool) { literal(value ? "true" : "false") }

  package mutating func null() { literal("null") }

  /// Ends a row, or a file: a line feed, after which a new value may start.
  package mutating func newline() {
    bytes.append(0x0a)
    followsValue = false
  }

  /// Writes a value with all its content.
  package mutating func value(_ json: JSON) {
    switch json {
    case .null: null()
    case .bool(let value): bool(value)
    case .number(let text): number(text: text)
    case .string(let text): string(text)
    case .array(let elements):
      beginArray()
      for element in elements { value(element) }
      endArray()
    case .object(let members):
      beginObject()
      for member in members {
        key(member.key)
        value(member.value)
      }
      endObject()
    }
  }
}

extension JSONWriter {
  private mutating func begin(_ bracket: UInt8) {
    prepareForValue()
    bytes.append(bracket)
    depth += 1
    followsValue = false
  }

  private mutating func end(_ bracket: UInt8) {
    depth -= 1
    precondition(depth >= 0 && !followsKey, "a container ends that was not begun or lacks a value")
    if layout == .pretty, followsValue { appendLineStart() }
    bytes.append(bracket)
    followsValue = true
  }

  private mutating func literal(_ text: String) {
    prepareForValue()
    bytes.append(contentsOf: text.utf8)
    followsValue = true
  }

  /// Writes what stands before a key or value: a comma, and a line of its own in the pretty layout.
  private mutating func prepareForValue() {
    if followsKey {
      followsKey = false
      return
    }
    if followsValue { bytes.append(UInt8(ascii: ",")) }
    followsValue = false
    if layout == .pretty, depth > 0 { appendLineStart() }
  }

  private mutating func appendLineStart() {
    bytes.append(0x0a)
    bytes.append(contentsOf: repeatElement(0x20, count: depth * 2))
  }

  private mutating func appendQuoted(_ text: String) {
    var text = text
    text.withUTF8 { appendQuoted(utf8: UnsafeRawBufferPointer($0)) }
  }

  private mutating func appendQuoted(utf8 text: UnsafeRawBufferPointer) {
    bytes.append(UInt8(ascii: "\""))
    var start = 0
    while true {
      let end = JSONScan.endOfUnescaped(in: text, from: start)
      bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: text[start..<end]))
      guard end < text.count else { break }
      appendEscape(of: text[end])
      start = end + 1
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func appendEscape(of byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x0a: bytes.append(UInt8(ascii: "n"))
    case 0x0c: bytes.append(UInt8(ascii: "f"))
    case 0x0d: bytes.append(UInt8(ascii: "r"))
    default:
      bytes.append(contentsOf: "u00".utf8)
      bytes.append(UInt8(ascii: "0") + byte >> 4)
      let low = byte & 0x0f
      bytes.append(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
    }
  }
}
