import Glibc
import Records

/// The first bytes of a document, held back until its encoding is known.
///
/// XML 1.0, appendix F: a byte order mark or the shape of `<?xml` shows the family, the
/// declaration names the encoding. Where the two differ the document is refused, since one of
/// them would turn text into other text.
struct XMLDocumentHead {
  /// Enough for any declaration that is seen in practice.
  private static let maximumBytes = 1024

  private(set) var held: [UInt8] = []
  private(set) var isComplete = false
  /// The length of the byte order mark, which is taken away from `held`.
  private(set) var markBytes = 0

  /// Takes more bytes; gives true when the encoding can be told.
  mutating func take(_ chunk: UnsafeRawBufferPointer) -> Bool {
    held.append(contentsOf: chunk)
    guard held.count >= 4 else { return false }
    isComplete = held.count >= Self.maximumBytes || !isInDeclaration
    return isComplete
  }

  mutating func complete() { isComplete = true }

  mutating func release() { held = [] }

  /// Whether the bytes so far are the start of an XML declaration that goes on.
  private var isInDeclaration: Bool {
    let ascii = held.filter { $0 != 0 && $0 < 0x80 }
    guard ascii.starts(with: Array("<?xml".utf8).prefix(ascii.count)) else { return false }
    return !ascii.contains(UInt8(ascii: ">"))
  }

  /// The document's encoding.
  mutating func encoding() throws(XMLError) -> TextEncoding {
    let mark = TextEncoding.byteOrderMark(of: held)
    if let mark {
      markBytes = mark.bytes
      held.removeFirst(mark.bytes)
    }
    let seen = mark?.encoding ?? unmarkedFamily
    let declaration = declaredEncoding(wide: seen == .utf16LittleEndian || seen == .utf16BigEndian)
    guard let name = declaration, !name.isEmpty else { return seen ?? .utf8 }
    guard let declared = TextEncoding(name: name) else {
      throw XMLError(.unsupportedEncoding(name), at: start)
    }
    return try agreed(declared, name, seen)
  }

  private func agreed(
    _ declared: TextEncoding, _ name: String, _ seen: TextEncoding?
  ) throws(XMLError) -> TextEncoding {
    guard let seen else {
      guard !declared.isUTF16 else { throw mismatch(name, "not UTF-16") }
      return declared
    }
    if declared == seen || (declared == .utf16 && seen.isUTF16) { return seen }
    throw mismatch(name, seen.name)
  }

  private func mismatch(_ declared: String, _ actual: String) -> XMLError {
    XMLError(.encodingMismatch(declared: declared, actual: actual), at: start)
  }

  private var start: Position { Position(line: 1, column: 1, byteOffset: 0) }

  /// UTF-16 without a mark, by its first `<`.
  private var unmarkedFamily: TextEncoding? {
    if held.starts(with: [0x3c, 0x00]) { return .utf16LittleEndian }
    if held.starts(with: [0x00, 0x3c]) { return .utf16BigEndian }
    return nil
  }

  /// The value of `encoding` in the XML declaration, or nil.
  private func declaredEncoding(wide: Bool) -> String? {
    let bytes = wide ? held.filter { $0 != 0 } : held
    guard bytes.starts(with: "<?xml".utf8), let end = bytes.firstIndex(of: UInt8(ascii: ">")) else {
      return nil
    }
    let declaration = Array(bytes[..<end])
    let key = Array("encoding".utf8)
    guard
      let place = declaration.indices.first(where: { declaration[$0...].starts(with: key) })
    else { return nil }
    let value = declaration[(place + key.count)...]
      .drop { $0 == UInt8(ascii: "=") || isXMLSpace($0) }
    guard let quote = value.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      return nil
    }
    return String(decoding: value.dropFirst().prefix { $0 != quote }, as: UTF8.self)
  }

  private func isXMLSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d
  }
}
