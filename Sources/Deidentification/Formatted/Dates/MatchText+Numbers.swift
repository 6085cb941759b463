/// Questions about what numbers stand for.
extension MatchText {
  /// Whether a token is a year of four digits.
  func isYear(_ index: Int) -> Bool {
    guard length(index) == 4, let value = value(index) else { return false }
    return CalendarNumbers.years.contains(value)
  }

  /// Whether a token is a day of a month in one or two digits.
  func isDay(_ index: Int) -> Bool {
    guard isNumber(index), length(index) <= 2, let value = value(index) else { return false }
    return (1...31).contains(value)
  }

  /// Whether what follows a token makes it a quantity: a unit, a percent sign, a word like `pain`.
  func isQuantity(_ index: Int) -> Bool {
    isMark(index + 1, "%") || Quantities.words.contains(key(index + 1))
  }

  /// The place of the nearest word before a token, over few marks; nil when there is none.
  func wordBefore(_ index: Int) -> Int? {
    var place = index - 1
    while place >= index - 3, kind(place) == .mark || kind(place) == .lineEnd { place -= 1 }
    return isWord(place) ? place : nil
  }
}
