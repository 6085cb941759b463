/// Dates of Japanese, Chinese and Korean texts: `2024年3月14日`, `令和6年3月`, `3月14日`, `R6.3.14`.
package struct EastAsianDateRecognizer: IdentifierRecognizer {
  package var classes: Set<IdentifierClass> { [.date] }
  package var languages: Set<String> { ["ja", "zh", "ko"] }

  package init() {}

  package func identifiers(in text: MatchText) -> [Identifier] {
    var found: [Identifier] = []
    let reader = EastAsianDateReader(text)
    var end = -1
    for index in text.numbers where index > end {
      guard let date = reader.date(at: index) else { continue }
      found.append(text.identifier(.date, date.bytes, rule: date.rule))
      end = date.last
    }
    return found
  }
}
