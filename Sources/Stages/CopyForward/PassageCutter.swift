import Records

/// Cuts words out of a record's texts so that what is left reads on.
package enum PassageCutter {
  /// Cuts the words of some ranges, which ascend; words are counted over all texts of the record.
  ///
  /// A heading goes when all that stood below it goes, and so does a section of a note.
  package static func cut(_ ranges: [Range<Int>], from content: inout Content) {
    var cut = Cut(ranges)
    switch content {
    case .note(var note):
      note.sections = note.sections.compactMap { section in
        var section = section
        return cut.apply(to: &section.text) && section.text.isEmpty ? nil : section
      }
      content = .note(note)
    case .labelledText(var item):
      _ = cut.apply(to: &item.text)
      content = .labelledText(item)
    default: break
    }
  }
}

/// The words to cut, and how many words of the record came before.
private struct Cut {
  private var ranges: ArraySlice<Range<Int>>
  private var base = 0

  init(_ ranges: [Range<Int>]) { self.ranges = ranges[...] }

  /// Cuts the next text; returns whether any of its words went.
  mutating func apply(to text: inout String) -> Bool {
    let passage = PassageText(text)
    defer { base += passage.words.count }
    let goes = passage.words.indices.map { takes($0 + base) }
    guard goes.contains(true) else { return false }
    text = text.withContiguousUTF8 { Remainder(of: passage, in: $0, without: goes).text }
    return true
  }

  private mutating func takes(_ word: Int) -> Bool {
    while let range = ranges.first, range.upperBound <= word { ranges.removeFirst() }
    return ranges.first?.contains(word) ?? false
  }
}

/// What is left of a text.
private struct Remainder {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var left: [UInt8] = []
  /// The end of the last item, kept or not.
  private var end = 0
  /// The widest blanks since the last item that was kept: none, blank, line feed, empty line.
  private var gap = 0
  private var isCut = false

  var text: String { String(decoding: left, as: UTF8.self) }

  init(of passage: PassageText, in bytes: UnsafeBufferPointer<UInt8>, without goes: [Bool]) {
    self.bytes = bytes
    var headings = passage.headings[...]
    for word in passage.words.indices {
      while let heading = headings.first, heading.firstWord <= word {
        headings.removeFirst()
        let next = headings.first?.firstWord ?? goes.count
        take(heading.place, isKept: !goes[heading.firstWord..<next].allGo)
      }
      take(passage.words[word].place, isKept: !goes[word])
    }
    for heading in headings { take(heading.place, isKept: true) }
    if !isCut { left.append(contentsOf: bytes[end...]) }
  }

  private mutating func take(_ place: Range<Int>, isKept: Bool) {
    let blanks = bytes[end..<place.lowerBound]
    gap = max(gap, Self.width(of: blanks))
    end = place.upperBound
    guard isKept else {
      isCut = true
      return
    }
    if !isCut {
      left.append(contentsOf: blanks)
    } else {
      if !left.isEmpty { left.append(contentsOf: [[], [0x20], [0x0a], [0x0a, 0x0a]][gap]) }
      let indent = blanks.lastIndex(of: 0x0a).map { blanks[($0 + 1)...] } ?? blanks.prefix(0)
      left.append(contentsOf: indent)
    }
    left.append(contentsOf: bytes[place])
    gap = 0
    isCut = false
  }

  private static func width(of blanks: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
    guard !blanks.isEmpty else { return 0 }
    return 1 + min(2, blanks.count { $0 == 0x0a })
  }
}

extension ArraySlice<Bool> {
  /// Whether there are words, and all go.
  fileprivate var allGo: Bool { !isEmpty && allSatisfy { $0 } }
}

extension String {
  fileprivate func withContiguousUTF8<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    var text = self
    return text.withUTF8(body)
  }
}
