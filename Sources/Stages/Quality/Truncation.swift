/// How a text ends: whole, or cut off.
enum Truncation {
  /// Signs that a text was cut off, from the surest on.
  enum Sign: String {
    case ellipsis = "ends in an ellipsis"
    case comma = "ends in a comma"
    case hyphen = "ends in a hyphen"
    case openBracket = "ends inside a bracket"
    case functionWord = "ends in a function word"
  }

  /// The fewest words of a text that is judged: shorter ones may be names and labels.
  private static let leastWords = 8
  /// How far before the end an open bracket counts.
  private static let bracketReach = 120

  private static let functionWords: Set<String> = Set(
    """
    an the and or of to with from than into between such because while whose el los las una del \
    para les des du et dans pour qui une aux
    """.split(separator: " ").map(String.init))

  /// The sign that a text was cut off; nil for one that looks whole or is too short to tell.
  static func sign(of text: MeasuredText) -> Sign? {
    guard text.countedWords >= leastWords, let last = text.lines.last else { return nil }
    let bytes = text.bytes[last.bytes]
    if bytes.suffix(3).elementsEqual([0x2e, 0x2e, 0x2e]) || bytes.ends(with: "…") {
      return .ellipsis
    }
    // Chinese and Japanese writers end with a comma what others end with a full stop.
    if bytes.last == UInt8(ascii: ","), !text.isUnspaced {
      return .comma
    }
    if bytes.last == UInt8(ascii: "-"), bytes.dropLast().last.map(isLetter) ?? false {
      return .hyphen
    }
    if isFunctionWord(bytes) { return .functionWord }
    return endsInsideBracket(bytes) ? .openBracket : nil
  }

  /// Whether a text of some length ends without the punctuation that closes a sentence.
  static func isUnfinished(_ text: MeasuredText) -> Bool {
    guard text.countedWords >= 2 * leastWords, let last = text.lines.last else { return false }
    let line = text.bytes[last.bytes]
    return !closers.contains { line.ends(with: $0) }
  }

  private static let closers = [
    ".", "!", "?", ")", "]", "\"", "'", ":", ";", "…", "。", "！", "？", "）", "”", "’", "»", "」", "』",
    "】",
    "～", "~", "；", "｡",
  ]

  private static func isFunctionWord(_ line: ArraySlice<UInt8>) -> Bool {
    let word = line.suffix(12).reversed().prefix { isLetter($0) || $0 >= 0x80 }.reversed()
    guard let before = line.dropLast(word.count).last, before == 0x20 else { return false }
    return functionWords.contains(String(decoding: Array(word), as: UTF8.self))
  }

  private static func endsInsideBracket(_ line: ArraySlice<UInt8>) -> Bool {
    let end = line.suffix(bracketReach)
    guard let open = end.lastIndex(of: UInt8(ascii: "(")) else { return false }
    // A smiley or a closed list is none.
    return !end[open...].contains(UInt8(ascii: ")")) && open + 1 < end.endIndex
      && !closers.contains { line.ends(with: $0) }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
}

extension ArraySlice<UInt8> {
  fileprivate func ends(with text: String) -> Bool {
    suffix(text.utf8.count).elementsEqual(text.utf8)
  }
}
