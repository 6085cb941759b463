import Records

/// Finds the known identifiers of one patient in texts, in every form that they are written in.
package struct KnownIdentifierMatcher: Sendable {
  private let keys: KnownIdentifierKeys

  package init(_ identifiers: [KnownIdentifier]) {
    var keys = KnownIdentifierKeys()
    for identifier in identifiers { keys.insert(identifier) }
    self.keys = keys
  }

  /// An identifier in the matched form of a text, with whose it is.
  struct Match: Equatable {
    var kind: IdentifierClass
    var range: Range<Int>
    var rule: String
    var person: Int
  }

  /// What is found, in the order of the text and never overlapping.
  func matches(in text: MatchText) -> [Match] {
    let folded = FoldedText(text)
    var found = candidates(in: folded, text)
    found = joined(found, text).filter { !$0.isDoubtful }
    var matches = found.map {
      Match(
        kind: $0.entry.kind, range: $0.range, rule: $0.entry.rule, person: $0.entry.person)
    }
    for date in keys.dates {
      matches += date.ranges(in: text).map {
        Match(kind: .date, range: $0, rule: "own-date", person: 0)
      }
    }
    return Self.apart(matches)
  }

  /// A match of a key that may turn out to be a plain word.
  private struct Candidate {
    var range: Range<Int>
    var entry: KnownIdentifierTrie.Entry
    /// Whether it counts beside another name only.
    var isDoubtful: Bool
  }

  private func candidates(in folded: FoldedText, _ text: MatchText) -> [Candidate] {
    var found: [Candidate] = []
    guard !keys.trie.isEmpty else { return found }
    var place = 0
    while place < folded.bytes.count {
      guard folded.isStart(place) || FoldedText.isUnspaced(folded.bytes[place]),
        let match = keys.trie.longestMatch(in: folded, at: place)
      else {
        place += 1
        continue
      }
      let range = folded.starts[place]..<folded.ends[match.end - 1]
      if !match.entry.needsCue || hasCue(before: place, in: folded) {
        found.append(
          Candidate(
            range: range, entry: match.entry,
            isDoubtful: match.entry.isCautious && !Self.isCapital(text, range.lowerBound)))
      }
      place = match.end
    }
    return found
  }

  private static func isCapital(_ text: MatchText, _ place: Int) -> Bool {
    let byte = text.bytes[place]
    // Letters beyond ASCII: their case is not asked.
    return byte >= 0x80 || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }

  /// Whether a word that announces a number stands shortly before.
  private func hasCue(before place: Int, in folded: FoldedText) -> Bool {
    let before = folded.bytes[max(0, place - 24)..<place]
    let words = before.split { $0 <= FoldedText.gap }.suffix(3)
    return words.contains { Self.cues.contains(String(decoding: $0, as: UTF8.self)) }
  }

  private static let cues: Set<String> = [
    "mrn", "id", "no", "nr", "number", "record", "patient", "chart", "file", "case", "account",
    "ssn", "unit", "subject", "pid", "encounter", "visit",
  ]

  // MARK: Names beside each other

  /// The candidates with the parts of one person's name made one, initials included.
  private func joined(_ candidates: [Candidate], _ text: MatchText) -> [Candidate] {
    var joined: [Candidate] = []
    for candidate in candidates {
      if let last = joined.last, candidate.entry.kind == .name, last.entry.kind == .name,
        last.entry.person == candidate.entry.person,
        isBetweenNames(last.range.upperBound..<candidate.range.lowerBound, text)
      {
        joined[joined.count - 1].range = last.range.lowerBound..<candidate.range.upperBound
        joined[joined.count - 1].isDoubtful = last.isDoubtful && candidate.isDoubtful
      } else {
        joined.append(candidate)
      }
    }
    return joined.map { candidate in
      guard candidate.entry.kind == .name else { return candidate }
      var candidate = candidate
      let initials = keys.initials[candidate.entry.person] ?? []
      if let start = initialStart(before: candidate.range.lowerBound, text, initials) {
        candidate.range = start..<candidate.range.upperBound
        candidate.isDoubtful = false
      }
      if let end = initialEnd(after: candidate.range.upperBound, text, initials) {
        candidate.range = candidate.range.lowerBound..<end
        candidate.isDoubtful = false
      }
      return candidate
    }
  }

  /// Whether nothing but blanks, a comma and a middle initial stands between two names.
  private func isBetweenNames(_ range: Range<Int>, _ text: MatchText) -> Bool {
    guard range.count <= 12 else { return false }
    var letters = 0
    var lineEnds = 0
    for byte in text.bytes[range] {
      switch byte {
      case 0x0A: lineEnds += 1
      case 0x20, 0x09, UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: "-"): continue
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"):
        letters += 1
      default: return false
      }
    }
    return letters <= 1 && lineEnds <= 1
  }

  /// Where the initials `J.` or `J. A.` begin that stand before a name.
  private func initialStart(
    before place: Int, _ text: MatchText, _ initials: Set<UInt8>
  ) -> Int? {
    var start: Int?
    var index = place
    for _ in 0..<3 {
      var end = index
      while end > 0, place - end < 8, [0x20, 0x0A].contains(text.bytes[end - 1]) { end -= 1 }
      if end > 0, text.bytes[end - 1] == UInt8(ascii: ".") { end -= 1 }
      guard end < index, end > 0, isInitial(text, end - 1, initials) else { return start }
      index = end - 1
      start = index
    }
    return start
  }

  /// Where the initials end that stand after a name: `Smith J`, `Smith, J.A.`.
  private func initialEnd(after place: Int, _ text: MatchText, _ initials: Set<UInt8>) -> Int? {
    var end: Int?
    var index = place
    for _ in 0..<3 {
      var start = index
      if start < text.bytes.count, text.bytes[start] == UInt8(ascii: ",") { start += 1 }
      while start < text.bytes.count, start - index < 4, [0x20, 0x0A].contains(text.bytes[start]) {
        start += 1
      }
      guard start < text.bytes.count, start > index || end != nil,
        isInitial(text, start, initials)
      else { return end }
      index = start + 1
      if index < text.bytes.count, text.bytes[index] == UInt8(ascii: ".") { index += 1 }
      end = index
    }
    return end
  }

  /// Whether a letter that is a word by itself is the first of one of the person's names.
  private func isInitial(_ text: MatchText, _ place: Int, _ initials: Set<UInt8>) -> Bool {
    let byte = text.bytes[place]
    guard (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20),
      initials.contains(byte | 0x20)
    else { return false }
    let isLetter: (Int) -> Bool = { place in
      guard text.bytes.indices.contains(place) else { return false }
      let byte = text.bytes[place]
      return byte >= 0x80 || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
    let follows = place > 0 && text.bytes[place - 1] == UInt8(ascii: "'")
    return !isLetter(place - 1) && !follows && !isLetter(place + 1)
  }

  /// The matches without those that overlap one before them; overlapping ones become one.
  private static func apart(_ matches: [Match]) -> [Match] {
    var apart: [Match] = []
    let sorted = matches.sorted {
      ($0.range.lowerBound, -$0.range.count, $0.kind)
        < ($1.range.lowerBound, -$1.range.count, $1.kind)
    }
    for match in sorted {
      if let last = apart.last, match.range.lowerBound < last.range.upperBound {
        let end = max(last.range.upperBound, match.range.upperBound)
        apart[apart.count - 1].range = last.range.lowerBound..<end
      } else {
        apart.append(match)
      }
    }
    return apart
  }
}
