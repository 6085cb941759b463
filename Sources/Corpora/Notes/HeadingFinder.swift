import Formats

/// Tells the headings of notes from other lines.
///
/// A heading ends with a colon and is one of the known names (`History of Present Illness:`,
/// `A/P:`), or any words in capitals that stand alone on their line or are at least two
/// (`HOSPITAL COURSE:`); never more than six words, never a label inside a section (`Disp:`). A known
/// name that is all of its line needs no colon when it is in capitals, or two words or more in title
/// case. British shorthand may have a dash instead, and `O/E` nothing.
struct HeadingFinder {
  /// A heading on a line, and the text that follows it there.
  struct Place {
    var name: Range<Int>
    var text: Range<Int>
  }

  /// Whether `S:`, `O:`, `A:` and `P:` are headings in this note.
  let takesLetters: Bool

  /// The longest heading, in bytes and in words.
  private static let maximumBytes = 60
  private static let maximumWords = 6

  /// The headings of a line: none, one at its start, or two on a line of a form.
  func headings(in line: UnsafeBufferPointer<UInt8>) -> [Place] {
    guard let start = line.firstIndex(where: { $0 != 0x20 && $0 != 0x09 }), isUpper(line[start])
    else { return [] }
    let head = line[start...].prefix(Self.maximumBytes)
    if let colon = head.firstIndex(of: UInt8(ascii: ":")) {
      if let pair = formPair(in: line, start: start, colon: colon) { return pair }
      if isHeading(line[start..<colon], isAlone: line[(colon + 1)...].allSatisfy(TidyText.isSpace))
      {
        return [Place(name: start..<colon, text: (colon + 1)..<line.count)]
      }
    }
    return [bareHeading(in: line, start: start) ?? shorthand(in: line, start: start)]
      .compactMap { $0 }
  }

  // MARK: With a colon

  private func isHeading(_ heading: Slice<UnsafeBufferPointer<UInt8>>, isAlone: Bool) -> Bool {
    guard heading.allSatisfy(isAllowed) else { return false }
    let words = heading.split { $0 == 0x20 || $0 == 0x09 }.count
    guard words <= Self.maximumWords else { return false }
    let name = NoteSections.normalised(heading)
    if name.utf8.count == 1 { return takesLetters && Self.letters.contains(name) }
    if NoteHeadings.isKnown(name) {
      return name.utf8.count > 2 || !heading.contains(where: isLower)
        || NoteHeadings.shorthand.contains(String(decoding: heading, as: UTF8.self))
    }
    guard isAlone || words > 1, !NoteHeadings.labels.contains(name) else { return false }
    return !heading.contains(where: isLower) && heading.count(where: isUpper) >= 4
  }

  private static let letters: Set = ["s", "o", "a", "p"]

  /// The two headings of a line such as `Admission Date: … Discharge Date: …`.
  private func formPair(
    in line: UnsafeBufferPointer<UInt8>, start: Int, colon: Int
  ) -> [Place]? {
    let name = NoteSections.normalised(line[start..<colon])
    guard let second = NoteHeadings.formPairs[name] else { return nil }
    let length = second.utf8.count
    let places = Placeholders.places(in: line)
    let end = line[(colon + 1)...].indices.first { end in
      let from = end - length
      return line[end] == UInt8(ascii: ":") && from > colon + 1 && TidyText.isSpace(line[from - 1])
        && NoteSections.normalised(line[from..<end]) == second
        && !places.contains { $0.contains(from) }
    }
    guard let end else { return nil }
    return [
      Place(name: start..<colon, text: (colon + 1)..<(end - length)),
      Place(name: (end - length)..<end, text: (end + 1)..<line.count),
    ]
  }

  // MARK: Without a colon

  private func bareHeading(in line: UnsafeBufferPointer<UInt8>, start: Int) -> Place? {
    let last = line.lastIndex { !TidyText.isSpace($0) } ?? start
    guard last - start < Self.maximumBytes else { return nil }
    let heading = line[start...last]
    let name = NoteSections.normalised(heading)
    guard name.utf8.count > 2, NoteHeadings.isKnown(name) else { return nil }
    let words = heading.split { $0 == 0x20 || $0 == 0x09 }
    let isInCapitals = !heading.contains(where: isLower)
    guard isInCapitals || (words.count > 1 && words.allSatisfy(isTitled)) else { return nil }
    return Place(name: start..<(last + 1), text: (last + 1)..<line.count)
  }

  private func isTitled(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    guard let first = word.first else { return false }
    return !isLower(first) || Self.smallWords.contains(String(decoding: word, as: UTF8.self))
  }

  private static let smallWords: Set = [
    "of", "on", "or", "and", "the", "to", "at", "in", "for", "by",
  ]

  /// `PMH - asthma`, `O/E well`.
  private func shorthand(in line: UnsafeBufferPointer<UInt8>, start: Int) -> Place? {
    guard let blank = line[start...].firstIndex(of: 0x20) else { return nil }
    let word = String(decoding: line[start..<blank], as: UTF8.self)
    guard NoteHeadings.shorthand.contains(word) else { return nil }
    let rest = line[blank...].drop { $0 == 0x20 }
    if let dash = Self.dashes.first(where: { rest.starts(with: $0.utf8) }) {
      let text = rest.startIndex + dash.utf8.count
      return Place(name: start..<blank, text: text..<line.count)
    }
    return word == "O/E" ? Place(name: start..<blank, text: blank..<line.count) : nil
  }

  private static let dashes = ["- ", "– ", "— "]

  private func isUpper(_ byte: UInt8) -> Bool { (0x41...0x5a).contains(byte) }
  private func isLower(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte) }

  /// Letters, blanks and the signs that stand in headings.
  private func isAllowed(_ byte: UInt8) -> Bool {
    isUpper(byte) || isLower(byte) || " \t/&-(),'".utf8.contains(byte)
  }
}
