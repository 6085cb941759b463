/// Names of members as they can be shown: on a terminal, in a log, in provenance.
enum EntryName {
  /// The text of a name's bytes, escaped: control, bidirectional and zero-width characters become
  /// `\u{..}`, bytes that are not UTF-8 `\x..`.
  static func escaped(_ bytes: UnsafeRawBufferPointer) -> String {
    var text = ""
    var rest = bytes[...]
    while let first = rest.first {
      guard let (scalar, length) = decode(rest) else {
        text += "\\x" + hex(first)
        rest = rest.dropFirst()
        continue
      }
      append(scalar, to: &text)
      rest = rest.dropFirst(length)
    }
    return text
  }

  static func escaped(_ text: String) -> String {
    var text = text
    return text.withUTF8 { escaped(UnsafeRawBufferPointer($0)) }
  }

  /// The path without the leading `./` that `tar -C folder .` writes.
  static func withoutDotPrefix(_ path: String) -> String {
    var path = Substring(path)
    while path.hasPrefix("./") { path = path.dropFirst(2) }
    return String(path)
  }

  /// The scalar at the start of the bytes and its length, or nil when they are not UTF-8.
  private static func decode(_ bytes: Slice<UnsafeRawBufferPointer>) -> (Unicode.Scalar, Int)? {
    var iterator = bytes.prefix(4).makeIterator()
    var parser = Unicode.UTF8.ForwardParser()
    guard case .valid(let encoded) = parser.parseScalar(from: &iterator) else { return nil }
    return (Unicode.UTF8.decode(encoded), encoded.count)
  }

  private static func append(_ scalar: Unicode.Scalar, to text: inout String) {
    if isInvisible(scalar) {
      text += "\\u{\(String(scalar.value, radix: 16))}"
    } else {
      text.unicodeScalars.append(scalar)
    }
  }

  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0xAD, 0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F,
      0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F:
      true
    default: false
    }
  }

  private static func hex(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }
}
