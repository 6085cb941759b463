/// Dates with the month in letters: `March 14, 2024`, `14th of March`, `14-MAR-24`, `Mar '24`,
/// `12 de marzo de 2015`, `in March`.
package struct NamedMonthDateRecognizer: IdentifierRecognizer {
  package var classes: Set<IdentifierClass> { [.date] }
  package var languages: Set<String> { MonthNames.languages }

  package init() {}

  package func identifiers(in text: MatchText) -> [Identifier] {
    var found: [Identifier] = []
    let reader = NamedMonthReader(text: text)
    for index in text.tokens.indices where text.tokens[index].kind == .word {
      guard let name = MonthNames.table[text.tokens[index].key] else { continue }
      guard let tokens = reader.date(around: index, name) else { continue }
      found.append(text.identifier(.date, tokens, rule: "date-with-month"))
    }
    return found
  }
}
