import Formats

/// The text form that ClinicalBERT was pre-trained on: a note as sentences, one a line.
///
/// A note is taken apart at blank lines and rules (`---`, `___`), at headings (a line's start up to a
/// colon, its words capitalised), at the items of numbered lists and at titles inside a paragraph
/// (`Campus: WEST`); a heading takes in an answer of one line. What is left is prose, divided into
/// sentences; its line ends become blanks.
///
/// The authors kept two faults of their code so that their model can be reproduced; its comments name
/// them. They are mended here unless `isAsPublished`:
/// 1. The pattern that counts the items of a list has an unescaped `.`, so that `2 mg` at a line's
///    start counts as item 2; the list then has too few items and the note is lost.
/// 2. A line after a heading is lost when no heading follows it: the first item of most lists.
///
/// Mended along with them: what follows a first line `Admission Date: … Discharge Date: …` in its
/// paragraph, which is lost, and a heading that also stands elsewhere in its paragraph, which cuts
/// there. Placeholders of de-identification are never divided: `___` of MIMIC-IV is no rule.
///
/// In place of scispaCy's model, which needs Python, sentences end by rules: at `.`, `?` and `!` before
/// a capital, but for titles, abbreviations and initials; and at a dash between blanks, which starts a
/// sentence here and ends one as published.
///
/// Source: github.com/EmilyAlsentzer/clinicalBERT, `lm_pretraining/heuristic_tokenize.py` and
/// `format_mimic_for_BERT.py`, 2020.
struct ClinicalBERTText {
  let isAsPublished: Bool

  /// The sentences of a note, one a line; empty where the published code loses the note.
  func form(of note: String) -> String {
    guard let segments = ClinicalBERTSegments(isAsPublished: isAsPublished).segments(of: note)
    else {
      return ""
    }
    let splitter = NoteSentences(endsAfterDash: isAsPublished)
    return segments.flatMap(splitter.sentences).joined(separator: "\n")
  }
}

/// The pieces of a note before they are divided into sentences.
struct ClinicalBERTSegments {
  typealias Bytes = ArraySlice<UInt8>

  let isAsPublished: Bool

  /// The pieces in order; nil where the published code fails and drops the note.
  func segments(of note: String) -> [String]? {
    var text = Array(note.utf8)
    if !isAsPublished { Self.joinPlaceholders(in: &text) }
    guard let (front, paragraphs) = withoutFormLines(paragraphs(of: text)) else { return nil }
    var segments = front + paragraphs.flatMap(dividedAtHeadings)
    guard let listed = dividedAtItems(segments) else { return nil }
    segments = listed.flatMap(dividedAtInlineTitles)
    return withAnswersJoined(segments).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Line ends inside placeholders become blanks, so that no step divides one.
  private static func joinPlaceholders(in text: inout [UInt8]) {
    let places = text.withUnsafeBufferPointer { Placeholders.places(in: $0) }
    for place in places {
      for index in place where text[index] == 0x0a || text[index] == 0x0d { text[index] = 0x20 }
    }
  }

  // MARK: Paragraphs

  /// The text between blank lines, rules standing for themselves.
  private func paragraphs(of text: [UInt8]) -> [Bytes] {
    var ruled = Self.ruled(text, UInt8(ascii: "-"), minimum: 3)
    ruled = Self.ruled(ruled, UInt8(ascii: "_"), minimum: isAsPublished ? 3 : 4)
    var paragraphs: [Bytes] = []
    var start = 0
    var index = 0
    while index < ruled.count {
      let lineEnds = ruled[index...].prefix { $0 == 0x0a }.count
      if lineEnds >= 2 {
        paragraphs.append(ruled[start..<index])
        start = index + lineEnds
      }
      index += max(1, lineEnds)
    }
    return paragraphs + [ruled[start...]]
  }

  /// The text with every run of a sign as a rule of five in a paragraph of its own.
  private static func ruled(_ text: [UInt8], _ sign: UInt8, minimum: Int) -> [UInt8] {
    var ruled: [UInt8] = []
    ruled.reserveCapacity(text.count)
    var index = 0
    while index < text.count {
      let run = text[index...].prefix { $0 == sign }.count
      if run >= minimum {
        ruled += [0x0a, 0x0a] + Array(repeating: sign, count: 5) + [0x0a, 0x0a]
      } else {
        ruled += text[index..<(index + max(1, run))]
      }
      index += max(1, run)
    }
    return ruled
  }

  /// The two headings of each of the two first lines of a discharge summary, and what follows.
  private func withoutFormLines(_ paragraphs: [Bytes]) -> (front: [Bytes], rest: [Bytes])? {
    var front: [Bytes] = []
    var rest = paragraphs[...]
    for (first, second) in [("Admission Date:", "Discharge Date:"), ("Date of Birth:", "Sex:")] {
      // The published code looks at the first paragraph without asking whether there is one.
      guard let paragraph = rest.first else {
        if isAsPublished { return nil }
        break
      }
      guard let pair = Self.formLine(paragraph, first, second) else { continue }
      rest.removeFirst()
      front += pair.parts
      if !isAsPublished, !pair.rest.allSatisfy(Self.isSpace) { rest = [pair.rest] + rest }
    }
    return (front, Array(rest))
  }

  /// `(First:) (.*) (Second:) (.*)` on the first line, and the lines after it.
  private static func formLine(
    _ paragraph: Bytes, _ first: String, _ second: String
  ) -> (parts: [Bytes], rest: Bytes)? {
    let line = paragraph.prefix { $0 != 0x0a }
    let head = Array((first + " ").utf8)
    let middle = Array((" " + second + " ").utf8)
    guard line.starts(with: head) else { return nil }
    let value = line.dropFirst(head.count)
    let place = value.indices.last { value[$0...].starts(with: middle) }
    guard let place else { return nil }
    let parts = [
      Array(first.utf8)[...], stripped(value[..<place]), Array(second.utf8)[...],
      stripped(value[(place + middle.count)...]),
    ]
    return (parts, paragraph[line.endIndex...].dropFirst())
  }

  // MARK: Headings and lists

  private func dividedAtHeadings(_ paragraph: Bytes) -> [Bytes] {
    var pieces: [Bytes] = []
    var rest = paragraph
    for heading in Self.headings(of: paragraph) {
      // As published, the heading is looked for again, and may be found in earlier text.
      let place = isAsPublished ? Self.first(heading, in: rest) : heading.startIndex
      guard let place else { continue }
      let prefix = Self.stripped(rest[..<place])
      if !prefix.isEmpty { pieces.append(prefix) }
      pieces.append(heading)
      rest = Self.stripped(rest[(place + heading.count)...])
    }
    let last = Self.stripped(rest)
    if isAsPublished ? !rest.isEmpty : !last.isEmpty { pieces.append(last) }
    return pieces
  }

  /// The titles at the starts of lines, colon included.
  private static func headings(of paragraph: Bytes) -> [Bytes] {
    paragraph.split(separator: 0x0a).compactMap { line in
      guard let first = line.first, (0x41...0x5a).contains(first),
        let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex + 1
      else { return nil }
      let heading = line[...colon]
      return isTitle(heading) ? heading : nil
    }
  }

  private func dividedAtItems(_ segments: [Bytes]) -> [Bytes]? {
    var pieces: [Bytes] = []
    for segment in segments {
      guard let items = items(of: segment) else { return nil }
      pieces += items
    }
    return pieces
  }

  /// The items of a numbered list, which need not start at 1; nil where the published code fails.
  private func items(of segment: Bytes) -> [Bytes]? {
    let starts = Self.itemStarts(in: segment)
    guard let first = starts.first else { return [segment] }
    var next = first.number
    while isItem(next, in: segment) { next += 1 }
    let last = next - 1
    guard last >= 1 else { return [segment] }
    let count = last - first.number + 1
    // More items counted than there are: the search for the next one fails.
    guard count <= starts.count else { return nil }
    let places = starts.prefix(count).map(\.place)
    let bounds = [segment.startIndex] + places + [segment.endIndex]
    return zip(bounds, bounds.dropFirst()).map { Self.stripped(segment[$0..<$1]) }
      .filter { !$0.isEmpty }
  }

  /// Whether a line starts with this number and a dot, or as published with any sign after it.
  private func isItem(_ number: Int, in segment: Bytes) -> Bool {
    let digits = Array(String(number).utf8)
    return Self.lineStarts(of: segment).contains { start in
      let rest = segment[start...].drop(while: Self.isSpace)
      guard rest.starts(with: digits), let sign = rest.dropFirst(digits.count).first else {
        return false
      }
      return sign == UInt8(ascii: ".") || isAsPublished && sign != 0x0a
    }
  }

  /// Where lines start with a number and a dot.
  private static func itemStarts(in segment: Bytes) -> [(place: Int, number: Int)] {
    lineStarts(of: segment).compactMap { start in
      let rest = segment[start...].prefix { $0 != 0x0a }.drop(while: isSpace)
      let digits = rest.prefix { (0x30...0x39).contains($0) }
      guard (1...6).contains(digits.count), segment[digits.endIndex...].first == UInt8(ascii: "."),
        let number = Int(String(decoding: digits, as: UTF8.self))
      else { return nil }
      return (start, number)
    }
  }

  private static func lineStarts(of segment: Bytes) -> [Int] {
    guard !segment.isEmpty else { return [] }
    return [segment.startIndex]
      + segment.indices.dropLast().filter { segment[$0] == 0x0a }.map { $0 + 1 }
  }

  // MARK: Titles inside, and answers

  private func dividedAtInlineTitles(_ segment: Bytes) -> [Bytes] {
    var pieces: [Bytes] = []
    var start = segment.startIndex
    for line in Self.lineStarts(of: segment).dropFirst() where Self.isInlineTitle(segment[line...])
    {
      pieces.append(segment[start..<(line - 1)])
      start = line
    }
    return pieces + [segment[start...]]
  }

  /// `^([a-zA-Z ]+:) ` that is a title.
  private static func isInlineTitle(_ text: Bytes) -> Bool {
    let words = text.prefix {
      $0 == 0x20 || (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0)
    }
    guard !words.isEmpty, text[words.endIndex...].starts(with: ": ".utf8) else { return false }
    return isTitle(text[text.startIndex...words.endIndex])
  }

  /// Puts answers of one line behind their headings.
  private func withAnswersJoined(_ segments: [Bytes]) -> [Bytes] {
    var joined: [Bytes] = []
    for (index, segment) in segments.enumerated() {
      guard index > 0, !segment.contains(0x0a), Self.isTitle(segments[index - 1]),
        !Self.isTitle(segment)
      else {
        joined.append(segment)
        continue
      }
      if index == segments.count - 1 || Self.isTitle(segments[index + 1]) {
        joined[joined.count - 1] = segments[index - 1] + [0x20] + segment
      } else if !isAsPublished {
        joined.append(segment)
      }
    }
    return joined
  }

  /// Whether a text ends with a colon and all its words are capitalised, those in parentheses and a
  /// few small ones aside; `Disp:` labels a prescription.
  static func isTitle(_ text: Bytes) -> Bool {
    guard text.last == UInt8(ascii: ":") else { return false }
    let words = withoutParentheses(text.dropLast())
    guard !words.elementsEqual("Disp".utf8) else { return false }
    return words.split(whereSeparator: isSpace).allSatisfy { word in
      let text = String(decoding: word, as: UTF8.self)
      return ["of", "on", "or"].contains(text)
        || text.unicodeScalars.first?.properties.isUppercase == true
    }
  }

  private static func withoutParentheses(_ text: Bytes) -> Bytes {
    var kept: [UInt8] = []
    var rest = text
    while let open = rest.firstIndex(of: UInt8(ascii: "(")),
      let close = rest[open...].firstIndex(of: UInt8(ascii: ")"))
    {
      kept += rest[..<open]
      rest = rest[(close + 1)...]
    }
    return (kept + rest)[...]
  }

  // MARK: Bytes

  /// The white space of Python's `\s` and `strip` in ASCII.
  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }

  static func stripped(_ text: Bytes) -> Bytes {
    var rest = text.drop(while: isSpace)
    while let last = rest.last, isSpace(last) { rest.removeLast() }
    return rest
  }

  private static func first(_ part: Bytes, in text: Bytes) -> Int? {
    guard let sign = part.first else { return nil }
    return text.indices.first { text[$0] == sign && text[$0...].starts(with: part) }
  }
}
