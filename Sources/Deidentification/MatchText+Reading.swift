/// Questions that recognizers ask about the tokens of a text; all may be asked beyond its ends.
extension MatchText {
  package func token(_ index: Int) -> Token? {
    tokens.indices.contains(index) ? tokens[index] : nil
  }

  package func kind(_ index: Int) -> Token.Kind? {
    tokens.indices.contains(index) ? tokens[index].kind : nil
  }

  package func isNumber(_ index: Int) -> Bool { kind(index) == .number }

  package func isWord(_ index: Int) -> Bool { kind(index) == .word }

  /// The first byte of a token; 0 beyond the ends.
  package func byte(_ index: Int) -> UInt8 {
    tokens.indices.contains(index) ? bytes[tokens[index].range.lowerBound] : 0
  }

  package func isMark(_ index: Int, _ mark: Unicode.Scalar) -> Bool {
    tokens.indices.contains(index) && tokens[index].kind == .mark
      && byte(index) == UInt8(ascii: mark)
  }

  package func isMark(_ index: Int, in marks: StaticString) -> Bool {
    guard kind(index) == .mark else { return false }
    let byte = byte(index)
    return marks.withUTF8Buffer { $0.contains(byte) }
  }

  package func key(_ index: Int) -> UInt64 {
    tokens.indices.contains(index) ? tokens[index].key : 0
  }

  /// The length of a token in bytes.
  package func length(_ index: Int) -> Int {
    tokens.indices.contains(index) ? tokens[index].range.count : 0
  }

  /// The value of a number of at most nine digits.
  package func value(_ index: Int) -> Int? {
    guard isNumber(index), length(index) <= 9 else { return nil }
    return bytes[tokens[index].range].reduce(0) { $0 * 10 + Int($1 & 0x0F) }
  }

  /// Whether a token follows the one before it without a blank or a line end between them.
  package func isAttached(_ index: Int) -> Bool {
    guard index > 0, let token = token(index) else { return false }
    return !token.isSpaced && token.kind != .lineEnd && tokens[index - 1].kind != .lineEnd
  }

  /// Whether a word begins with a capital letter of the Latin, Greek or Cyrillic script.
  package func isCapitalized(_ index: Int) -> Bool {
    guard isWord(index) else { return false }
    let range = tokens[index].range
    let first = bytes[range.lowerBound]
    if first < 0x80 { return first < 0x61 }
    guard range.count > 1 else { return false }
    let second = bytes[range.lowerBound + 1]
    return switch first {
    case 0xC3: second < 0x9F
    case 0xC4, 0xC5: second & 1 == (first == 0xC5 && (0xB9...0xBE).contains(second) ? 1 : 0)
    case 0xCE: second < 0xAB
    case 0xD0: second < 0xB0
    default: false
    }
  }

  /// Whether a word is of letters that are written without blanks, as in Japanese and Chinese.
  package func isIdeographic(_ index: Int) -> Bool {
    guard isWord(index) else { return false }
    return (0xE3...0xED).contains(bytes[tokens[index].range.lowerBound])
  }

  /// Whether a letter, a digit or a mark of a longer code is attached before a token: such a token
  /// is a part of something else, as the 14 in `3.14`, `v14` or `C4-14`.
  package func isInsideCode(_ index: Int) -> Bool {
    guard isAttached(index) else { return false }
    if kind(index - 1) != .mark { return !isIdeographic(index - 1) }
    guard isMark(index - 1, in: "./-_,:") else { return false }
    // A comma within a number parts thousands.
    if isMark(index - 1, ","), length(index) != 3 { return false }
    return isAttached(index - 1) && kind(index - 2) == .number
  }

  /// Whether a letter or a digit, or a mark with a digit after it, is attached after a token.
  package func isContinued(_ index: Int) -> Bool {
    guard isAttached(index + 1) else { return false }
    if kind(index + 1) != .mark { return !isIdeographic(index + 1) }
    guard isMark(index + 1, in: "./-_,") else { return false }
    if isMark(index + 1, ","), length(index + 2) != 3 { return false }
    return isAttached(index + 2) && isNumber(index + 2)
  }

  /// An identifier over tokens, the last among them.
  package func identifier(
    _ kind: IdentifierClass, _ tokens: ClosedRange<Int>, rule: String
  ) -> Identifier {
    let first = self.tokens[tokens.lowerBound].range.lowerBound
    return identifier(kind, first..<self.tokens[tokens.upperBound].range.upperBound, rule: rule)
  }

  /// An identifier over bytes of the matched form.
  package func identifier(
    _ kind: IdentifierClass, _ bytes: Range<Int>, rule: String
  ) -> Identifier {
    Identifier(kind, origin(of: bytes), rule: rule)
  }
}

extension UInt8 {
  var isDigit: Bool { self &- 0x30 < 10 }

  var isASCIILetter: Bool { (self | 0x20) &- 0x61 < 26 }
}
