/// Days by their names: `on Tuesday`, `last Friday`, `Christmas Eve 2022`, `on the 14th`.
///
/// Days of a schedule (`every Monday`, `Mondays`) are nobody's dates.
package struct DayNameRecognizer: IdentifierRecognizer {
  package var classes: Set<IdentifierClass> { [.date] }
  package var languages: Set<String> { ["en"] }

  package init() {}

  package func identifiers(in text: MatchText) -> [Identifier] {
    var found: [Identifier] = []
    for index in text.tokens.indices where text.tokens[index].kind == .word {
      guard let name = Self.names[text.tokens[index].key] else { continue }
      let last: Int? =
        switch name {
        case .weekday: isDay(index, in: text) ? index : nil
        case .holiday(let next): holidayEnd(index, next, in: text)
        case .the: ordinalEnd(after: index, in: text)
        }
      guard let last else { continue }
      let first = name == .the ? index + 1 : index
      found.append(text.identifier(.date, first...last, rule: "day-by-name"))
    }
    return found
  }

  private enum Name: Sendable, Equatable {
    case weekday
    /// A holiday, with the words of which one must follow.
    case holiday(String)
    case the
  }

  private func isDay(_ index: Int, in text: MatchText) -> Bool {
    if Self.schedule.contains(text.key(index - 1)) { return false }
    return text.isCapitalized(index) || Self.cues.contains(text.key(index - 1))
  }

  private func holidayEnd(_ index: Int, _ next: String, in text: MatchText) -> Int? {
    guard text.isCapitalized(index) else { return nil }
    var last = index
    if text.isMark(last + 1, "'"), text.length(last + 2) == 1 { last += 2 }
    if !next.isEmpty {
      guard WordSet(next).contains(text.key(last + 1)) else { return nil }
      last += 1
    } else if Self.holidayTails.contains(text.key(last + 1)) {
      last += 1
    }
    if Self.diseases.contains(text.key(last + 1)) { return nil }
    return text.isYear(last + 1) ? last + 1 : last
  }

  /// The last token of `14th` in `on the 14th.`: nothing may follow that makes it another thing's.
  private func ordinalEnd(after the: Int, in text: MatchText) -> Int? {
    guard Self.cues.contains(text.key(the - 1)), text.isDay(the + 1),
      Self.ordinals.contains(text.key(the + 2)), text.isAttached(the + 2),
      text.kind(the + 3) != .word, text.kind(the + 3) != .number, !text.isMark(the + 3, "-")
    else { return nil }
    return the + 2
  }

  private static let names = WordTable<Name>(
    "monday tuesday wednesday thursday friday saturday sunday".split(separator: " ")
      .map { (String($0), .weekday) }
      + "thanksgiving christmas halloween hanukkah easter".split(separator: " ")
      .map { (String($0), .holiday("")) }
      + [
        ("memorial", .holiday("day")), ("labor", .holiday("day")), ("valentine", .holiday("day")),
        ("independence", .holiday("day")), ("the", .the),
      ])
  private static let cues = WordSet("on last next this since by until til till from")
  private static let schedule = WordSet("every each alternate")
  private static let ordinals = WordSet("st nd rd th")
  private static let holidayTails = WordSet("eve day sunday monday")
  private static let diseases = WordSet("disease factor")
}
