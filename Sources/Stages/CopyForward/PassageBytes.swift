/// What single bytes and short runs of a text are to a `PassageScanner`.
enum PassageBytes {
  /// The width of the blank at `index`; 0 where none stands.
  @inline(__always)
  static func blankWidth(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    switch text[index] {
    case 0x20, 0x09...0x0d: 1
    case 0xC2: index + 1 < text.count && text[index + 1] == 0xA0 ? 2 : 0
    case 0xE3:
      index + 2 < text.count && text[index + 1] == 0x80 && text[index + 2] == 0x80 ? 3 : 0
    default: 0
    }
  }

  /// The width of a sign that changes what a number means; 0 where none stands.
  ///
  /// Comparisons of whole texts pass over them, but a value below a limit must not be cut as the copy
  /// of one above it.
  static func signWidth(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    func follows(_ bytes: [UInt8]) -> Bool { text[(index + 1)...].starts(with: bytes) }
    return switch text[index] {
    case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "+"), UInt8(ascii: "="): 1
    case UInt8(ascii: "-"):
      (index == 0 || blankWidth(text, at: index - 1) > 0) && index + 1 < text.count
        && isDigit(text[index + 1]) ? 1 : 0
    case 0xC2: follows([0xB1]) ? 2 : 0
    case 0xE2: follows([0x89, 0xA4]) || follows([0x89, 0xA5]) ? 3 : 0
    default: 0
    }
  }

  /// The width of a full stop, question or exclamation mark of scripts without blanks.
  static func wideStopWidth(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    guard index + 2 < text.count else { return 0 }
    return switch (text[index], text[index + 1], text[index + 2]) {
    case (0xE3, 0x80, 0x82), (0xEF, 0xBC, 0x81), (0xEF, 0xBC, 0x9F): 3
    default: 0
    }
  }

  /// The end of the tool's own placeholder at a bracket, and the end of its letters.
  ///
  ///     [NAME_3]   [NAME]   and, until numbers are known, a mark behind the letters
  static func ownPlaceholder(
    _ text: UnsafeBufferPointer<UInt8>, at start: Int
  ) -> (letters: Range<Int>, end: Int)? {
    var index = start + 1
    while index < text.count, isUpper(text[index]) || text[index] == UInt8(ascii: "_") {
      index += 1
    }
    var letters = start + 1..<index
    while let last = letters.last, text[last] == UInt8(ascii: "_") {
      letters = letters.lowerBound..<last
    }
    guard letters.count > 1 else { return nil }
    while index < text.count, isDigit(text[index]) { index += 1 }
    if text[index...].starts(with: [0xEF, 0xB7, 0x90]) { index += 3 }
    guard index < text.count, text[index] == UInt8(ascii: "]") else { return nil }
    return (letters, index + 1)
  }

  /// The end of a list's number that starts a line: `1.`, `12)`, `(3)`.
  static func listNumberEnd(_ text: UnsafeBufferPointer<UInt8>, at start: Int) -> Int? {
    var index = start
    let isBracketed = text[start] == UInt8(ascii: "(")
    if isBracketed { index += 1 }
    let digits = index
    while index < text.count, isDigit(text[index]) { index += 1 }
    guard (1...3).contains(index - digits), index < text.count else { return nil }
    let isClosed =
      text[index] == UInt8(ascii: ")") || (!isBracketed && text[index] == UInt8(ascii: "."))
    guard isClosed, index + 1 == text.count || blankWidth(text, at: index + 1) > 0 else {
      return nil
    }
    return index + 1
  }

  /// The end of the heading that starts at the beginning of a line: a colon behind at most six words,
  /// without the end of a sentence between.
  ///
  /// Brackets are refused, since what placeholders hold may change.
  static func headingEnd(_ text: UnsafeBufferPointer<UInt8>, at start: Int) -> Int? {
    var words = 0
    var hasLetter = false
    var index = start
    while index < text.count, index - start < 64 {
      let byte = text[index]
      let next = index + 1
      switch byte {
      case UInt8(ascii: "\n"), UInt8(ascii: "["), UInt8(ascii: ";"): return nil
      case UInt8(ascii: ":"):
        let isFollowedByBlank = next == text.count || blankWidth(text, at: next) > 0
        if isFollowedByBlank || text[next] >= 0x80 { return hasLetter ? next : nil }
      case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"):
        if next == text.count || blankWidth(text, at: next) > 0 { return nil }
      case 0xEF where text[next...].starts(with: [0xBC, 0x9A]): return hasLetter ? index + 3 : nil
      case 0x20:
        words += 1
        if words > 5 { return nil }
      default:
        if wideStopWidth(text, at: index) > 0 { return nil }
        if byte >= 0x80 || isUpper(byte & ~0x20) { hasLetter = true }
      }
      index = next
    }
    return nil
  }

  /// Whether a blank-separated piece ends a sentence, if what follows does not speak against it.
  static func endsSentence(_ piece: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    var piece = piece
    while let last = piece.last, closing.contains(last) { piece.removeLast() }
    guard let last = piece.last else { return false }
    if last == UInt8(ascii: "!") || last == UInt8(ascii: "?") { return true }
    guard last == UInt8(ascii: ".") else { return false }
    let word = piece.dropLast()
    if word.count == 1, let letter = word.first, isUpper(letter) { return false }
    guard word.count < 7 else { return true }
    return !abbreviations.contains(String(decoding: word, as: UTF8.self).lowercased())
  }

  private static let closing = Array("\"')]".utf8)

  private static let abbreviations: Set<String> = [
    "dr", "drs", "mr", "mrs", "ms", "prof", "st", "mt", "jr", "sr", "vs", "e.g", "i.e", "cf", "fig",
    "no", "approx", "dept", "ext", "tel", "ph.d", "m.d", "pt", "hx", "dx", "rx",
  ]

  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
  @inline(__always)
  static func isUpper(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }
  @inline(__always)
  static func isLower(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 }
}
