/// Text from XML, with the layout of the file taken out: what counts as white space is what XML
/// says (space, tab, line ends); no-break and thin spaces are the authors' and stay.
enum TidyText {
  /// One line: runs of white space become one space, none at either end.
  static func line(_ bytes: UnsafeRawBufferPointer) -> String {
    isTidyLine(bytes) ? String(decoding: bytes, as: UTF8.self) : singleSpaced(bytes)
  }

  /// One line of bytes that need not lie in one piece.
  static func line(_ bytes: some Collection<UInt8>) -> String {
    Array(bytes).withUnsafeBytes { line($0) }
  }

  /// One line of a text.
  static func line(_ text: String) -> String {
    var text = text
    return text.withUTF8 {
      let bytes = UnsafeRawBufferPointer($0)
      return isTidyLine(bytes) ? nil : singleSpaced(bytes)
    } ?? text
  }

  private static func singleSpaced(_ bytes: UnsafeRawBufferPointer) -> String {
    var tidy: [UInt8] = []
    tidy.reserveCapacity(bytes.count)
    var isPending = false
    for byte in bytes {
      guard !isSpace(byte) else {
        isPending = !tidy.isEmpty
        continue
      }
      if isPending { tidy.append(0x20) }
      isPending = false
      tidy.append(byte)
    }
    return String(decoding: tidy, as: UTF8.self)
  }

  /// Paragraphs and lists: blanks at the ends of lines and runs inside them go, several blank lines
  /// become one, and a dash after two or more blanks starts a list item on a line of its own.
  static func paragraphs(_ text: String) -> String {
    var tidy: [UInt8] = []
    tidy.reserveCapacity(text.utf8.count)
    var blanks = 0
    var breaks = 0
    var bytes = Array(text.utf8)[...]
    while let byte = bytes.popFirst() {
      switch byte {
      case 0x0a: (breaks, blanks) = (breaks + 1, 0)
      case 0x20, 0x09, 0x0d: blanks += 1
      default:
        if startsItem(byte, bytes.first), blanks >= 2, breaks == 0 { breaks = 1 }
        if !tidy.isEmpty { appendGap(breaks: breaks, blanks: blanks, to: &tidy) }
        (breaks, blanks) = (0, 0)
        tidy.append(byte)
      }
    }
    return String(decoding: tidy, as: UTF8.self)
  }

  /// The text without white space at either end; inside it stays as it is.
  static func trimmed(_ text: String) -> String {
    var bytes = Array(text.utf8)[...]
    while let first = bytes.first, isSpace(first) { bytes.removeFirst() }
    while let last = bytes.last, isSpace(last) { bytes.removeLast() }
    return bytes.count == text.utf8.count ? text : String(decoding: bytes, as: UTF8.self)
  }

  /// Whether nothing but white space is there.
  static func isBlank(_ text: String) -> Bool { text.utf8.allSatisfy(isSpace) }

  @inline(__always)
  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0a || byte == 0x09 || byte == 0x0d
  }

  /// Whether a line can stay as it is, as most do: eight bytes at a time.
  private static func isTidyLine(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs = ones << 7
    var place = 0
    // The high bit of the lowest byte, where a space came right before.
    var carry: UInt64 = 0x80
    while place + 8 <= bytes.count {
      let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      let controls = (word &- ones &* 0x20) & ~word & highs
      guard controls == 0 else { break }
      let others = word ^ (ones &* 0x20)
      let spaces = ~(((others & ~highs) &+ ~highs) | others | ~highs)
      guard spaces & ((spaces << 8) | carry) == 0 else { return false }
      carry = spaces >> 56
      place += 8
    }
    return isTidyEnd(bytes, from: place, isAfterSpace: carry != 0)
  }

  private static func isTidyEnd(
    _ bytes: UnsafeRawBufferPointer, from start: Int, isAfterSpace: Bool
  ) -> Bool {
    var isAfterSpace = isAfterSpace
    for place in start..<bytes.count {
      let byte = bytes[place]
      guard byte <= 0x20 else {
        isAfterSpace = false
        continue
      }
      let isSpace = isSpace(byte)
      if isSpace, isAfterSpace || byte != 0x20 { return false }
      isAfterSpace = isSpace
    }
    return !isAfterSpace || bytes.isEmpty
  }

  private static func startsItem(_ byte: UInt8, _ next: UInt8?) -> Bool {
    byte == UInt8(ascii: "-") && next.map(isSpace) == true
  }

  private static func appendGap(breaks: Int, blanks: Int, to tidy: inout [UInt8]) {
    if breaks > 0 {
      tidy.append(contentsOf: repeatElement(0x0a, count: min(breaks, 2)))
    } else if blanks > 0 {
      tidy.append(0x20)
    }
  }
}
