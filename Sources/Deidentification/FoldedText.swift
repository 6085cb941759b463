import CUTF8Proc

/// A matched text as known identifiers are looked for in it: letters without case and marks, digits, and
/// one byte for whatever stands between.
///
/// Every byte knows the token that it is of, so that a match gives places of the matched form.
struct FoldedText {
  /// Between words: blanks and marks that may stand inside a name, a number or an address.
  static let gap: UInt8 = 0x20
  /// A line end, which wrapping may have put anywhere.
  static let lineEnd: UInt8 = 0x0A
  /// What no identifier goes across: several line ends, marks of other kinds.
  static let wall: UInt8 = 0x01

  private(set) var bytes: [UInt8] = []
  /// For every byte, the place in the matched form where its character begins, and where it ends.
  private(set) var starts: [Int] = []
  private(set) var ends: [Int] = []

  init(_ text: MatchText) {
    bytes.reserveCapacity(text.bytes.count)
    starts.reserveCapacity(text.bytes.count)
    ends.reserveCapacity(text.bytes.count)
    var place = 0
    while place < text.bytes.count {
      let byte = text.bytes[place]
      if byte < 0x80 {
        append(ASCIIFold.table[Int(byte)], place, place + 1)
        place += 1
      } else {
        place = appendScalar(of: text.bytes, at: place)
      }
    }
  }

  /// The folded form of a value: letters and digits alone.
  static func key(_ value: String) -> [UInt8] {
    FoldedText(MatchText(value)).bytes.filter { $0 > gap }
  }

  /// Whether two bytes beside each other are of different kinds, so that a word or number may begin
  /// between them.
  func isStart(_ place: Int) -> Bool {
    let byte = bytes[place]
    guard byte > Self.gap else { return false }
    guard place > 0 else { return true }
    return Self.kind(bytes[place - 1]) != Self.kind(byte)
  }

  func isEnd(_ place: Int) -> Bool {
    place == bytes.count || Self.kind(bytes[place - 1]) != Self.kind(bytes[place])
  }

  /// 0 for what stands between words, 1 for digits, 2 for letters.
  private static func kind(_ byte: UInt8) -> Int {
    byte <= gap ? 0 : (0x30...0x39).contains(byte) ? 1 : 2
  }

  private mutating func append(_ byte: UInt8, _ start: Int, _ end: Int) {
    bytes.append(byte)
    starts.append(start)
    ends.append(end)
  }

  private mutating func appendScalar(of text: [UInt8], at place: Int) -> Int {
    var scalar: Int32 = 0
    let length = text[place...].withUnsafeBufferPointer {
      max(1, utf8proc_iterate($0.baseAddress, $0.count, &scalar))
    }
    let end = place + Int(length)
    // A mark over the letter before belongs to it.
    if (0x300...0x36F).contains(scalar) {
      if !ends.isEmpty { ends[ends.count - 1] = end }
      return end
    }
    if let plain = Self.letters[scalar] {
      for byte in plain.utf8 { append(byte, place, end) }
      return end
    }
    for byte in Self.folded(scalar) { append(byte, place, end) }
    return end
  }

  /// The scalar decomposed for compatibility, without case and marks, in UTF-8.
  private static func folded(_ scalar: Int32) -> [UInt8] {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: 32) { parts in
      var boundary: Int32 = 0
      let options = utf8proc_option_t(
        UTF8PROC_COMPAT.rawValue | UTF8PROC_DECOMPOSE.rawValue | UTF8PROC_CASEFOLD.rawValue
          | UTF8PROC_STRIPMARK.rawValue)
      let count = utf8proc_decompose_char(scalar, parts.baseAddress, 32, options, &boundary)
      guard count > 0, count <= 32 else { return [] }
      return parts[..<Int(count)].flatMap { part -> [UInt8] in
        guard part >= 0x80 else { return [ASCIIFold.table[Int(part)]] }
        guard isWord(part), let scalar = Unicode.Scalar(UInt32(part)) else { return [gap] }
        return Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
    }
  }

  private static func isWord(_ scalar: Int32) -> Bool {
    switch utf8proc_category(scalar).rawValue {
    case UTF8PROC_CATEGORY_LU.rawValue...UTF8PROC_CATEGORY_NO.rawValue: true
    default: false
    }
  }

  /// Letters that Unicode does not take apart.
  private static let letters: [Int32: String] = [
    0xDF: "ss", 0x1E9E: "ss", 0xF8: "o", 0xD8: "o", 0xE6: "ae", 0xC6: "ae", 0x153: "oe",
    0x152: "oe", 0x111: "d", 0x110: "d", 0xF0: "d", 0xD0: "d", 0x142: "l", 0x141: "l", 0x131: "i",
    0x130: "i", 0xFE: "th", 0xDE: "th",
  ]
}

/// What ASCII bytes are in a folded text.
private enum ASCIIFold {
  static let table: [UInt8] = (0..<128).map { byte -> UInt8 in
    switch UInt8(byte) {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt8(byte) | 0x20
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): UInt8(byte)
    case 0x0A: FoldedText.lineEnd
    case UInt8(ascii: "|"), UInt8(ascii: ";"), UInt8(ascii: "!"), UInt8(ascii: "?"),
      UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "<"), UInt8(ascii: ">"),
      UInt8(ascii: "="):
      FoldedText.wall
    default: FoldedText.gap
    }
  }
}
