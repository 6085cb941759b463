/// Dates in figures, in the orders of all countries: `03/14/2024`, `14.03.24`, `2024-03-14T09:30`,
/// `12/2023`, `on 3/14`, `20240314`, `DOB 01021956`.
///
/// A bare year is no identifier. Fractions, doses, ratios and versions stay: a day without its year
/// needs a word such as `on` before it, and none such as `mg` after it.
package struct NumericDateRecognizer: IdentifierRecognizer {
  package var classes: Set<IdentifierClass> { [.date] }
  package var languages: Set<String> { [] }

  package init() {}

  package func identifiers(in text: MatchText) -> [Identifier] {
    var found: [Identifier] = []
    let reader = NumericDateReader(text: text)
    var end = -2
    for index in text.numbers where index > end {
      let isSecond = index == end + 2
      guard isSecond || !text.isInsideCode(index),
        let date = reader.date(at: index, isSecond: isSecond)
      else { continue }
      found.append(text.identifier(.date, index...date.last, rule: date.rule))
      end = date.last
    }
    return found
  }
}
