/// Takes the marks of citations out of running text.
///
/// Marks are put between two controls that no XML can hold. A bracket that holds nothing but marks,
/// separators and words such as `see` goes as a whole; so does a number that stands free, as raised
/// ones do. An author's name outside brackets is part of the sentence and stays.
enum CitationMarks {
  private static let start: UInt8 = 0x01
  private static let end: UInt8 = 0x02
  /// Where a mark stood.
  private static let gap: UInt8 = 0x03

  static func marked(_ text: String) -> String { "\u{1}\(text)\u{2}" }

  static func dropped(from text: String) -> String {
    guard text.utf8.contains(start) else { return text }
    var dropper = Dropper()
    var bytes = Array(text.utf8)[...]
    while let byte = bytes.popFirst() {
      if byte == start {
        let mark = bytes.prefix { $0 != end }
        bytes = bytes[mark.endIndex...].dropFirst()
        dropper.take(mark: mark)
      } else {
        dropper.take(byte)
      }
    }
    return String(decoding: dropper.finish(), as: UTF8.self)
  }

  /// Whether a byte may stand between two citations: a blank, a comma, a dash.
  static func separates(_ byte: UInt8) -> Bool {
    // The last three are the bytes of the dashes from U+2010 to U+2015.
    " \t\n\r,;-&".utf8.contains(byte) || byte == 0xe2 || byte == 0x80
      || (0x90...0x95).contains(byte)
  }

  /// Words that lead to citations, and with these alone make no sentence.
  private static let leads: Set<String> = [
    "see", "also", "and", "e", "g", "i", "eg", "ie", "cf", "for", "in", "review", "reviews",
    "reviewed", "ref", "refs", "reference", "references", "et", "al", "from", "as", "but", "by",
  ]

  /// An open bracket.
  private struct Group {
    var place: Int
    var close: UInt8
    var hasGap = false
  }

  private struct Dropper {
    private var text: [UInt8] = []
    private var groups: [Group] = []

    mutating func take(mark: ArraySlice<UInt8>) {
      guard !groups.isEmpty || isNumber(mark) else { return text += mark }
      leaveGap()
    }

    mutating func take(_ byte: UInt8) {
      switch byte {
      case UInt8(ascii: "("): groups.append(Group(place: text.count, close: UInt8(ascii: ")")))
      case UInt8(ascii: "["): groups.append(Group(place: text.count, close: UInt8(ascii: "]")))
      case UInt8(ascii: ")"), UInt8(ascii: "]"):
        guard let group = groups.last, group.close == byte else { break }
        groups.removeLast()
        guard group.hasGap else { break }
        if holdsNothingElse(text[(group.place + 1)...], isSquare: byte == UInt8(ascii: "]")) {
          text.removeSubrange(group.place...)
          return leaveGap()
        }
      default: break
      }
      text.append(byte)
    }

    private mutating func leaveGap() {
      text.append(gap)
      if !groups.isEmpty { groups[groups.count - 1].hasGap = true }
    }

    /// Whether a mark is a number or a single letter, not a name.
    private func isNumber(_ mark: ArraySlice<UInt8>) -> Bool {
      String(decoding: mark, as: UTF8.self).unicodeScalars.count { $0.properties.isAlphabetic } < 2
    }

    /// Square brackets may hold numbers that nobody marked: `[1-3]`.
    private func holdsNothingElse(_ content: ArraySlice<UInt8>, isSquare: Bool) -> Bool {
      let words = content.split { separates($0) || $0 == gap || $0 == UInt8(ascii: ".") }
      return words.allSatisfy { word in
        leads.contains(String(decoding: word, as: UTF8.self).lowercased())
          || isSquare && word.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
      }
    }

    /// The text without its gaps and what stood between or beside them.
    func finish() -> [UInt8] {
      var output: [UInt8] = []
      var rest = text[...]
      while let byte = rest.popFirst() {
        guard byte == gap else {
          output.append(byte)
          continue
        }
        while let next = afterSeparators(rest) { rest = next }
        close(&output, &rest)
      }
      return output
    }

    /// What follows the next gap, where only separators stand before it.
    private func afterSeparators(_ rest: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
      var next = rest.drop(while: separates)
      if next.starts(with: "and ".utf8) { next = next.dropFirst(4).drop(while: separates) }
      return next.first == gap ? next.dropFirst() : nil
    }

    /// Joins both sides of a gap.
    private func close(_ output: inout [UInt8], _ rest: inout ArraySlice<UInt8>) {
      if let last = output.last, "([".utf8.contains(last) { rest = rest.drop(while: separates) }
      let next = rest.drop(while: TidyText.isSpace)
      guard let mark = next.first, ")].,;:".utf8.contains(mark) else { return }
      // `daily, [10], [11].` has a comma too many once the citations are gone.
      while let last = output.last, TidyText.isSpace(last) || ",;".utf8.contains(last) {
        output.removeLast()
      }
      rest = next
    }
  }
}
