/// The element names in the first bytes of an XML document, read leniently.
struct InspectionXML {
  /// The root element's name, its prefix included.
  private(set) var root = ""
  private(set) var isHTML = false
  /// The elements with how many have content.
  private(set) var fields = InspectionFields()

  private let bytes: [UInt8]
  private var index: Int
  /// Whether something that only markup has was met: a declaration, an end tag.
  private var hasProof: Bool

  /// The document that the bytes are the start of; nil when they are no XML.
  ///
  /// - Parameter isNamedXML: whether the entry's name says so; otherwise a text that merely begins
  ///   with a word in angle brackets must show more.
  init?(_ bytes: [UInt8], isNamedXML: Bool) {
    self.bytes = bytes
    hasProof = isNamedXML
    index = bytes.firstIndex { $0 > 0x20 } ?? bytes.count
    guard byte(at: index) == UInt8(ascii: "<") else { return nil }
    while let name = nextName() {
      if root.isEmpty { root = name }
      if !isHTML, root.lowercased() == "html" { isHTML = true }
      endTag(named: name)
    }
    guard hasProof, isHTML || !root.isEmpty else { return nil }
  }

  /// The name of the next start tag; nil at the end or where the bytes are no XML.
  private mutating func nextName() -> String? {
    while index < bytes.count {
      guard let open = bytes[index...].firstIndex(of: UInt8(ascii: "<")) else { return nil }
      // Text before the root: some other format that begins with '<'.
      if root.isEmpty, bytes[index..<open].contains(where: { $0 > 0x20 }) { return nil }
      index = open + 1
      switch byte(at: index) {
      case UInt8(ascii: "!"): skipDeclaration()
      case UInt8(ascii: "?"): skip(to: Self.instructionEnd)
      case UInt8(ascii: "/"): skip(to: Self.tagEnd)
      default: return readName()
      }
    }
    return nil
  }

  private mutating func readName() -> String? {
    guard let first = byte(at: index), Self.isNameStart(first) else {
      // In HTML-like text a lone '<' is no tag; before the root it means this is no XML.
      return nil
    }
    let end = bytes[index...].firstIndex { !Self.isNamePart($0) } ?? bytes.count
    // A name that the window cuts is not known.
    guard end < bytes.count else { return nil }
    defer { index = end }
    return String(decoding: bytes[index..<end], as: UTF8.self)
  }

  /// Goes behind the start tag and counts whether its element has content.
  private mutating func endTag(named name: String) {
    var quote: UInt8?
    while let byte = byte(at: index) {
      if byte == quote {
        quote = nil
      } else if quote == nil, byte == 0x22 || byte == 0x27 {
        quote = byte
      } else if quote == nil, byte == UInt8(ascii: ">") {
        break
      }
      index += 1
    }
    guard index < bytes.count else { return }
    let isSelfClosing = bytes[index - 1] == UInt8(ascii: "/")
    index += 1
    if isSelfClosing { return fields.add(name, isFilled: false) }
    guard let next = bytes[index...].firstIndex(where: { $0 > 0x20 }), next + 1 < bytes.count else {
      return
    }
    let isClosed = bytes[next] == UInt8(ascii: "<") && bytes[next + 1] == UInt8(ascii: "/")
    fields.add(name, isFilled: !isClosed)
  }

  /// Skips a comment, a CDATA section or a document type declaration with its internal subset.
  private mutating func skipDeclaration() {
    if bytes.holds(Self.commentStart, at: index) { return skip(to: Self.commentEnd) }
    if bytes.holds(Self.dataStart, at: index) { return skip(to: Self.dataEnd) }
    let keyword = String(decoding: bytes[index...].prefix(13), as: UTF8.self).lowercased()
    hasProof = hasProof || keyword.hasPrefix("!doctype ")
    if keyword == "!doctype html" { isHTML = true }
    var depth = 0
    while let byte = byte(at: index) {
      index += 1
      if byte == UInt8(ascii: "[") { depth += 1 }
      if byte == UInt8(ascii: "]") { depth -= 1 }
      if byte == UInt8(ascii: ">"), depth <= 0 { return }
    }
  }

  /// Skips to behind the end of a construct that is no start tag.
  private mutating func skip(to end: [UInt8]) {
    hasProof = true
    while index < bytes.count, !bytes.holds(end, at: index) { index += 1 }
    index = min(index + end.count, bytes.count)
  }

  private static let instructionEnd = Array("?>".utf8)
  private static let tagEnd = Array(">".utf8)
  private static let commentStart = Array("!--".utf8)
  private static let commentEnd = Array("-->".utf8)
  private static let dataStart = Array("![CDATA[".utf8)
  private static let dataEnd = Array("]]>".utf8)

  private func byte(at index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }

  private static func isNameStart(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte & 0xDF) || byte == UInt8(ascii: "_") || byte >= 0x80
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    isNameStart(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":")
  }
}
