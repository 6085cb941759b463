/// Dates whose numbers are ideographs: `二〇二四年三月十四日`, `昭和二十五年三月`, `三月十四日`.
package struct IdeographicDateRecognizer: IdentifierRecognizer {
  package var classes: Set<IdentifierClass> { [.date] }
  package var languages: Set<String> { ["ja", "zh"] }

  package init() {}

  package func identifiers(in text: MatchText) -> [Identifier] {
    guard text.hasIdeographs else { return [] }
    var found: [Identifier] = []
    for index in text.tokens.indices where text.isIdeographic(index) {
      found += dates(in: text.tokens[index].range, of: text)
    }
    return found
  }

  /// All characters of such a word have three bytes.
  private func dates(in word: Range<Int>, of text: MatchText) -> [Identifier] {
    var found: [Identifier] = []
    var place = word.lowerBound
    while place < word.upperBound {
      guard isDigit(at: place, in: text), let end = end(from: place, word, in: text) else {
        place += 3
        continue
      }
      let start = eraStart(before: place, word, in: text)
      found.append(text.identifier(.date, start..<end, rule: "date-in-ideographs"))
      place = end
    }
    return found
  }

  /// The end of year and month, of month and day, or of all three, from the first digit on.
  private func end(from start: Int, _ word: Range<Int>, in text: MatchText) -> Int? {
    var place = start
    var end: Int?
    var parts = 0
    for unit in ["年", "月", "日"] {
      let number = digitsEnd(from: place, word, in: text)
      guard number > place, text.bytes[number..<word.upperBound].starts(with: unit.utf8) else {
        if parts > 0 { break }
        continue
      }
      parts += 1
      place = number + 3
      end = place
    }
    return parts >= 2 ? end : nil
  }

  private func digitsEnd(from start: Int, _ word: Range<Int>, in text: MatchText) -> Int {
    var place = start
    while place < min(word.upperBound, start + 18), isDigit(at: place, in: text) { place += 3 }
    return place
  }

  private func isDigit(at place: Int, in text: MatchText) -> Bool {
    Self.digits.contains { text.bytes[place...].starts(with: $0) }
  }

  private func eraStart(before place: Int, _ word: Range<Int>, in text: MatchText) -> Int {
    let before = text.bytes[word.lowerBound..<place]
    let hasEra = ["令和", "平成", "昭和", "大正", "明治"].contains { before.hasSuffix($0) }
    return hasEra ? place - 6 : place
  }

  private static let digits: [[UInt8]] = "〇一二三四五六七八九十元".map { Array(String($0).utf8) }
}
