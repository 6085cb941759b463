import Records

/// Splits a clinical note into its sections.
///
/// A section starts where a line starts with a heading and a colon; the text may follow on the same
/// line. A heading is one of the known names in capitals or title case (`History of Present
/// Illness:`, `A/P:`), or any words in capitals that stand alone on their line or are at least two
/// (`HOSPITAL COURSE:`); never more than six words, never inside a de-identification tag
/// (`[** … **]`), never a label inside a section (`Disp:`). Nothing is lost: heading, colon and text
/// joined again give the note, blank lines and the blanks at the ends of sections aside.
enum NoteSections {
  static func sections(of text: String) -> [NoteSection] {
    var splitter = Splitter()
    var text = text
    text.withUTF8 { bytes in
      var start = 0
      while start < bytes.count {
        let end = bytes[start...].firstIndex(of: 0x0a) ?? bytes.count
        splitter.take(UnsafeBufferPointer(rebasing: bytes[start..<end]))
        start = end + 1
      }
    }
    return splitter.finished()
  }

  /// The code of a heading, one of the 20 of MTS-Dialog, or empty.
  static func code(of heading: String) -> String {
    NoteHeadings.codes[normalised(Array(heading.utf8)[...])] ?? ""
  }

  /// A heading in lower case with single blanks.
  static func normalised(_ heading: some Collection<UInt8>) -> String {
    TidyText.line(heading).lowercased()
  }
}

/// Collects the lines of a note into sections.
private struct Splitter {
  private var sections: [NoteSection] = []
  private var header = ""
  private var body: [UInt8] = []
  /// Whether a de-identification tag is open that started on an earlier line.
  private var isInTag = false

  mutating func take(_ line: UnsafeBufferPointer<UInt8>) {
    let line = line.last == 0x0d ? UnsafeBufferPointer(rebasing: line.dropLast()) : line
    if !isInTag, let colon = Heading.colon(in: line) {
      endSection()
      let heading = UnsafeBufferPointer(rebasing: line[..<colon])
      header = String(decoding: Self.trimmed(heading), as: UTF8.self)
      append(line[(colon + 1)...].drop { $0 == 0x20 || $0 == 0x09 })
    } else {
      append(line[...])
    }
    isInTag = Self.isTagOpen(after: line, isInTag)
  }

  mutating func finished() -> [NoteSection] {
    endSection()
    return sections
  }

  private mutating func append(_ line: Slice<UnsafeBufferPointer<UInt8>>) {
    body.append(contentsOf: line)
    body.append(0x0a)
  }

  private mutating func endSection() {
    let text = Self.withoutBlankEnds(body[...])
    body.removeAll(keepingCapacity: true)
    guard !text.isEmpty || !header.isEmpty else { return }
    sections.append(
      NoteSection(code: NoteSections.code(of: header), header: header, text: text))
    header = ""
  }

  /// The text without blank lines at its start and white space at its end.
  private static func withoutBlankEnds(_ body: ArraySlice<UInt8>) -> String {
    guard let last = body.lastIndex(where: { !TidyText.isSpace($0) }),
      let first = body.firstIndex(where: { !TidyText.isSpace($0) })
    else { return "" }
    let lineStart = body[..<first].lastIndex(of: 0x0a).map { $0 + 1 } ?? body.startIndex
    return String(decoding: body[lineStart...last], as: UTF8.self)
  }

  private static func trimmed(
    _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Slice<UnsafeBufferPointer<UInt8>> {
    var rest = bytes.drop(while: TidyText.isSpace)
    while let last = rest.last, TidyText.isSpace(last) { rest = rest.dropLast() }
    return rest
  }

  private static func isTagOpen(after line: UnsafeBufferPointer<UInt8>, _ wasOpen: Bool) -> Bool {
    var isOpen = wasOpen
    var index = 0
    while index + 2 < line.count {
      if line[index] == 0x5b, line[index + 1] == 0x2a, line[index + 2] == 0x2a {
        isOpen = true
        index += 3
      } else if line[index] == 0x2a, line[index + 1] == 0x2a, line[index + 2] == 0x5d {
        isOpen = false
        index += 3
      } else {
        index += 1
      }
    }
    return isOpen
  }
}

/// Tells headings from other lines.
private enum Heading {
  /// The longest heading, in bytes and in words.
  private static let maximumBytes = 60
  private static let maximumWords = 6

  /// The place of the colon when the line starts with a heading.
  static func colon(in line: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let start = line.firstIndex(where: { $0 != 0x20 && $0 != 0x09 }),
      isUpper(line[start]),
      let colon = line[start...].prefix(maximumBytes).firstIndex(of: UInt8(ascii: ":"))
    else { return nil }
    let heading = line[start..<colon]
    guard heading.allSatisfy(isAllowed) else { return nil }
    let words = heading.split { $0 == 0x20 || $0 == 0x09 }.count
    guard words <= maximumWords else { return nil }
    let name = NoteSections.normalised(heading)
    if NoteHeadings.codes[name] != nil || NoteHeadings.uncoded.contains(name) { return colon }
    let isAlone = line[(colon + 1)...].allSatisfy(TidyText.isSpace)
    return isUnknownHeading(heading, name, words: words, isAlone: isAlone) ? colon : nil
  }

  private static func isUnknownHeading(
    _ heading: Slice<UnsafeBufferPointer<UInt8>>, _ name: String, words: Int, isAlone: Bool
  ) -> Bool {
    guard isAlone || words > 1, !NoteHeadings.labels.contains(name) else { return false }
    guard !heading.contains(where: isLower) else { return false }
    return heading.count(where: isUpper) >= 4
  }

  private static func isUpper(_ byte: UInt8) -> Bool { (0x41...0x5a).contains(byte) }
  private static func isLower(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte) }

  /// Letters, blanks and the signs that stand in headings.
  private static func isAllowed(_ byte: UInt8) -> Bool {
    isUpper(byte) || isLower(byte) || " \t/&-(),'".utf8.contains(byte)
  }
}
