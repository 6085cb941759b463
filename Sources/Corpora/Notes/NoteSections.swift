import Formats
import Records

/// Splits a clinical note into its sections.
///
///     Admission Date:  [**2150-1-1**]     Discharge Date:  [**2150-1-2**]      two headings
///     HISTORY OF PRESENT ILLNESS:  cough since May                             text on the line
///     ASSESSMENT AND PLAN                                                      without a colon
///     PMH - asthma, O/E well                                                   British shorthand
///     S: … O: … A: … P: …                                                      where all come in order
///
/// A section starts where a line starts with a heading (`HeadingFinder`), and ends at the next, or at
/// a rule: a line of underscores. Nothing splits a placeholder of de-identification. Nothing is
/// lost: heading, mark and text joined again give the note, rules, blank lines and the blanks at
/// the ends of sections aside.
enum NoteSections {
  /// - Parameter minimumRule: the underscores that make a line a rule. MIMIC-IV, where `___` stands
  ///   for what was taken out, needs more than MIMIC-III.
  static func sections(of text: String, minimumRule: Int = 5) -> [NoteSection] {
    var text = text
    return text.withUTF8 { bytes in
      let lines = NoteLines(bytes)
      var splitter = Splitter(
        finder: HeadingFinder(takesLetters: lines.haveSOAPLetters), minimumRule: minimumRule)
      for line in lines.lines {
        splitter.take(line.bytes, startsInPlaceholder: line.isInPlaceholder)
      }
      return splitter.finished()
    }
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

/// The lines of a note, and which of them start inside a placeholder.
private struct NoteLines {
  struct Line {
    var bytes: UnsafeBufferPointer<UInt8>
    var isInPlaceholder: Bool
  }

  private(set) var lines: [Line] = []

  init(_ text: UnsafeBufferPointer<UInt8>) {
    var places = Placeholders.places(in: text)[...]
    var start = 0
    while start < text.count {
      let end = text[start...].firstIndex(of: 0x0a) ?? text.count
      while let place = places.first, place.upperBound <= start { places.removeFirst() }
      let isInside = places.first.map { $0.lowerBound < start } ?? false
      let line = UnsafeBufferPointer(rebasing: text[start..<end])
      lines.append(
        Line(
          bytes: line.last == 0x0d ? UnsafeBufferPointer(rebasing: line.dropLast()) : line,
          isInPlaceholder: isInside))
      start = end + 1
    }
  }

  /// Whether lines start with `S:`, `O:`, `A:` and `P:` in this order; one letter alone says nothing.
  var haveSOAPLetters: Bool {
    var wanted = Array("SOAP".utf8)[...]
    for line in lines where !line.isInPlaceholder {
      let text = line.bytes.drop { TidyText.isSpace($0) }
      guard let letter = wanted.first else { break }
      if text.starts(with: [letter, UInt8(ascii: ":")]) { wanted.removeFirst() }
    }
    return wanted.isEmpty
  }
}

/// Collects the lines of a note into sections.
private struct Splitter {
  let finder: HeadingFinder
  let minimumRule: Int
  private var sections: [NoteSection] = []
  private var header = ""
  private var body: [UInt8] = []

  init(finder: HeadingFinder, minimumRule: Int) {
    self.finder = finder
    self.minimumRule = minimumRule
  }

  mutating func take(_ line: UnsafeBufferPointer<UInt8>, startsInPlaceholder: Bool) {
    guard !startsInPlaceholder else { return append(line[...]) }
    guard !isRule(line) else { return endSection() }
    let headings = finder.headings(in: line)
    if headings.isEmpty { append(line[...]) }
    for heading in headings {
      endSection()
      header = String(decoding: Self.trimmed(line[heading.name]), as: UTF8.self)
      append(line[heading.text].drop { $0 == 0x20 || $0 == 0x09 })
    }
  }

  mutating func finished() -> [NoteSection] {
    endSection()
    guard sections.contains(where: isOfRadiology) else { return sections }
    // There the examination is what was done, not what was found on the patient.
    for index in sections.indices
    where Self.examinations.contains(sections[index].header.lowercased()) {
      sections[index].code = ""
    }
    return sections
  }

  private static let examinations: Set = ["exam", "examination"]

  private func isOfRadiology(_ section: NoteSection) -> Bool {
    ["technique", "comparison"].contains(section.header.lowercased())
  }

  private func isRule(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    let rule = Self.trimmed(line[...])
    return rule.count >= minimumRule && rule.allSatisfy { $0 == UInt8(ascii: "_") }
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
    _ bytes: Slice<UnsafeBufferPointer<UInt8>>
  ) -> Slice<UnsafeBufferPointer<UInt8>> {
    var rest = bytes.drop(while: TidyText.isSpace)
    while let last = rest.last, TidyText.isSpace(last) { rest = rest.dropLast() }
    return rest
  }
}
