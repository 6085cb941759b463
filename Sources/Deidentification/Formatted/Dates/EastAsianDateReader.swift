/// Reads a date whose first number is given.
struct EastAsianDateReader {
  typealias Found = (bytes: Range<Int>, last: Int, rule: String)

  let text: MatchText

  init(_ text: MatchText) { self.text = text }

  func date(at index: Int) -> Found? {
    guard text.length(index) <= 4, let value = text.value(index) else { return nil }
    if let found = shortEra(at: index, value) { return found }
    guard text.isIdeographic(index + 1) else { return nil }
    if startsWith(index + 1, "年") || startsWith(index + 1, "년") { return afterYear(index) }
    guard (1...12).contains(value), unit(index + 1, ["月", "월"]) != nil else { return nil }
    guard !startsWith(index + 1, "月齢"), !startsWith(index + 1, "月龄") else { return nil }
    return monthAndDay(from: eraStart(before: index) ?? start(index), month: index)
  }

  /// A date from its year on; a year alone is no identifier.
  private func afterYear(_ index: Int) -> Found? {
    let month = index + 2
    guard text.length(index + 1) == 3, let value = text.value(month), (1...12).contains(value),
      unit(month + 1, ["月", "월"]) != nil
    else { return nil }
    return monthAndDay(from: eraStart(before: index) ?? start(index), month: month)
  }

  private func monthAndDay(from start: Int, month: Int) -> Found {
    let rule = "east-asian-date"
    let end = text.tokens[month + 1].range.lowerBound + 3
    guard text.length(month + 1) == 3, let day = text.value(month + 2), (1...31).contains(day),
      let last = unit(month + 3, ["日", "号", "號", "일"])
    else { return (start..<end, month, rule) }
    return (start..<last, month + 2, rule)
  }

  private func start(_ index: Int) -> Int { text.tokens[index].range.lowerBound }

  /// Where the name of an era begins that ends before a number; the first year may be written 元年.
  private func eraStart(before index: Int) -> Int? {
    guard text.isIdeographic(index - 1) else { return nil }
    let word = text.tokens[index - 1].range
    for era in ["令和元年", "平成元年", "昭和元年", "令和", "平成", "昭和", "大正", "明治", "民国", "民國"]
    where text.bytes[word].reversed().starts(with: era.utf8.reversed()) {
      return word.upperBound - era.utf8.count
    }
    return nil
  }

  /// `R6.3.14`, `H30/4/1`, `S30.1.2生`.
  private func shortEra(at index: Int, _ value: Int) -> Found? {
    guard text.isAttached(index), text.length(index - 1) == 1,
      "RHSTM".utf8.contains(text.byte(index - 1)),
      !text.isAttached(index - 1), value <= 64, text.isMark(index + 1, in: "./-"),
      text.byte(index + 1) == text.byte(index + 3), let month = text.value(index + 2),
      let day = text.value(index + 4), CalendarNumbers.isMonthAndDay(month, day),
      text.isAttached(index + 2), text.isAttached(index + 4)
    else { return nil }
    let end = text.tokens[index + 4].range.upperBound
    return (start(index - 1)..<end, index + 4, "era-date")
  }

  private func startsWith(_ index: Int, _ unit: String) -> Bool {
    guard let token = text.token(index) else { return false }
    return text.bytes[token.range].starts(with: unit.utf8)
  }

  /// The end of one of some units at the beginning of a token.
  private func unit(_ index: Int, _ units: [String]) -> Int? {
    guard let token = text.token(index), units.contains(where: { startsWith(index, $0) }) else {
      return nil
    }
    return token.range.lowerBound + 3
  }
}
