import Formats

/// Divides the prose of clinical notes into sentences, by rules.
///
/// A sentence ends at `.`, `?` or `!`, quotes and brackets after it included, where a blank and then a
/// capital, a quote or a placeholder follow; also at a full stop between a small letter and a
/// capitalised word (`no pain.He`). It does not end behind titles and abbreviations (`Dr.`, `vs.`),
/// initials (`J. Smith`) and the number of a list item, nor inside a placeholder. A dash between blanks
/// starts a new one, or ends one where `endsAfterDash`.
struct NoteSentences {
  var endsAfterDash = false

  /// The sentences, each on one line without blanks around it.
  func sentences(of text: String) -> [String] {
    var bytes = Array(text.utf8)
    let places = bytes.withUnsafeBufferPointer { Placeholders.places(in: $0) }
    for index in bytes.indices where bytes[index] == 0x0a || bytes[index] == 0x0d {
      bytes[index] = 0x20
    }
    var sentences: [String] = []
    var start = 0
    for end in ends(in: bytes, outside: places) + [bytes.count] {
      let sentence = ClinicalBERTSegments.stripped(bytes[start..<end])
      if !sentence.isEmpty { sentences.append(String(decoding: sentence, as: UTF8.self)) }
      start = end
    }
    return sentences
  }

  /// Where sentences end, ascending.
  private func ends(in text: [UInt8], outside places: [Range<Int>]) -> [Int] {
    var ends: [Int] = []
    var places = places[...]
    var start = 0
    var index = 0
    while index < text.count {
      if let place = places.first, place.contains(index) {
        index = place.upperBound
        places.removeFirst()
        continue
      }
      if let end = end(at: index, in: text, sentenceStart: start) {
        if end > start { ends.append(end) }
        start = end
      }
      index += 1
    }
    return ends
  }

  private func end(at index: Int, in text: [UInt8], sentenceStart: Int) -> Int? {
    switch text[index] {
    case UInt8(ascii: "-"):
      return isDash(at: index, in: text) ? (endsAfterDash ? index + 1 : index) : nil
    case UInt8(ascii: "."), UInt8(ascii: "?"), UInt8(ascii: "!"):
      if startsWordWithoutBlank(after: index, in: text) { return index + 1 }
      var end = index + 1
      while end < text.count, Self.closing.contains(text[end]) { end += 1 }
      guard end < text.count, Self.isSpace(text[end]), startsSentence(after: end, in: text) else {
        return nil
      }
      let isFullStop = text[index] == UInt8(ascii: ".")
      return isFullStop && isShort(text[sentenceStart..<index]) ? nil : end
    default: return nil
    }
  }

  /// Whether a dash stands between blanks, or at an end of the text.
  private func isDash(at index: Int, in text: [UInt8]) -> Bool {
    (index == 0 || Self.isSpace(text[index - 1]))
      && (index + 1 == text.count || Self.isSpace(text[index + 1]))
  }

  private func startsSentence(after end: Int, in text: [UInt8]) -> Bool {
    guard let first = text[end...].firstIndex(where: { !Self.isSpace($0) }) else { return false }
    switch text[first] {
    case 0x41...0x5a, UInt8(ascii: "\""), UInt8(ascii: "#"): return true
    case UInt8(ascii: "["): return text[first...].starts(with: "[**".utf8)
    case UInt8(ascii: "_"): return text[first...].starts(with: "___".utf8)
    default: return false
    }
  }

  /// `no pain.He`: two small letters before, a capital and a small letter after.
  private func startsWordWithoutBlank(after index: Int, in text: [UInt8]) -> Bool {
    guard text[index] == UInt8(ascii: "."), index >= 2, index + 2 < text.count else { return false }
    return Self.isLower(text[index - 1]) && Self.isLower(text[index - 2])
      && (0x41...0x5a).contains(text[index + 1]) && Self.isLower(text[index + 2])
  }

  /// Whether the last word before a full stop is one that a full stop shortens.
  private func isShort(_ sentence: ArraySlice<UInt8>) -> Bool {
    let start = sentence.lastIndex { Self.isSpace($0) || $0 == UInt8(ascii: "(") }
    let word = start.map { sentence[($0 + 1)...] } ?? sentence
    let isAlone = sentence[..<word.startIndex].allSatisfy(Self.isSpace)
    if isAlone, !word.isEmpty, word.allSatisfy({ (0x30...0x39).contains($0) }) { return true }
    if word.count == 1, let letter = word.first, (0x41...0x5a).contains(letter) { return true }
    return Self.abbreviations.contains(String(decoding: word, as: UTF8.self).lowercased())
  }

  private static let closing = Set("\"')]".utf8)

  private static let abbreviations: Set = [
    "dr", "drs", "mr", "mrs", "ms", "prof", "st", "mt", "jr", "sr", "vs", "e.g", "i.e", "cf", "fig",
    "no", "approx", "dept", "ext", "tel", "ph.d", "m.d",
  ]

  private static func isSpace(_ byte: UInt8) -> Bool { ClinicalBERTSegments.isSpace(byte) }
  private static func isLower(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte) }
}
