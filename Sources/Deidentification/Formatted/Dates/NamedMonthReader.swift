/// Reads a date around the name of a month.
struct NamedMonthReader {
  let text: MatchText

  func date(around month: Int, _ name: MonthNames.Name) -> ClosedRange<Int>? {
    let first = dayStart(before: month)
    let afterPoint = text.isMark(month + 1, ".") && text.isAttached(month + 1) ? month + 1 : month
    let day = first == nil ? dayEnd(after: afterPoint) : nil
    let year = yearEnd(after: day ?? afterPoint, isAfterDay: first != nil || day != nil)
    if name.isRoman {
      return isRomanDate(month, first, year) ? (first ?? month)...(year ?? month) : nil
    }
    guard first != nil || day != nil || year != nil else {
      return isMonthAlone(month, name) ? month...month : nil
    }
    guard isTrusted(month, name, hasYear: year != nil, first, day) else { return nil }
    return (first ?? yearBefore(month, day) ?? month)...(year ?? day ?? month)
  }

  /// Whether a name that is also a word is used as the name of a month.
  private func isTrusted(
    _ month: Int, _ name: MonthNames.Name, hasYear: Bool, _ first: Int?, _ day: Int?
  ) -> Bool {
    guard name.isCommonWord, !text.isCapitalized(month), !hasYear else { return true }
    return first.map { $0 + 1 < month } == true
      || day.map { isOrdinal($0) || Self.inWords.contains(text.key(month - 1)) } == true
  }

  /// `12-IV-2007`, with the marks of a date on both sides.
  private func isRomanDate(_ month: Int, _ first: Int?, _ year: Int?) -> Bool {
    guard first != nil, let year else { return false }
    return text.isMark(month - 1, in: "-/.") && text.isAttached(month)
      && text.isMark(month + 1, in: "-/.") && year == month + 2 && text.isAttached(year)
  }

  /// Whether a day ends in `st`, `nd`, `rd` or `th` after its number.
  private func isOrdinal(_ last: Int) -> Bool { text.isWord(last) && text.isNumber(last - 1) }

  // MARK: Days

  /// Where the day before a month begins: `14 March`, `the 14th of March`, `12 y 13 de marzo`.
  private func dayStart(before month: Int) -> Int? {
    var index = month - 1
    if text.isMark(index, in: "-/.") || Self.ofWords.contains(text.key(index)) { index -= 1 }
    // A line may end in a date that has its year.
    if text.kind(index) == .lineEnd, yearEnd(after: month, isAfterDay: true) != nil { index -= 1 }
    guard let day = day(endingAt: index) else { return nil }
    // A range: `12-14 March`, `12 and 13 March`.
    guard text.isMark(day - 1, in: "-/") || Self.andWords.contains(text.key(day - 1)),
      let first = self.day(endingAt: day - 2)
    else { return day }
    return first
  }

  /// The number of a day whose last token is given.
  private func day(endingAt index: Int) -> Int? {
    if let word = wordedDay(endingAt: index) { return word }
    let number = Self.ordinals.contains(text.key(index)) ? index - 1 : index
    guard text.isDay(number), !text.isInsideCode(number) || text.isMark(number - 1, "-") else {
      return nil
    }
    return number
  }

  /// The last token of the day after a month: `March 14th`, `March 3-5`, `March 3 and 5th`.
  private func dayEnd(after index: Int) -> Int? {
    var first = text.isMark(index + 1, "-") || text.isMark(index + 1, "/") ? index + 2 : index + 1
    if text.kind(first) == .lineEnd, text.isDay(first + 1),
      yearEnd(after: ordinalEnd(first + 1), isAfterDay: true) != nil
    {
      first += 1
    }
    let number = Self.theWords.contains(text.key(first)) ? first + 1 : first
    if let word = wordedDayEnd(from: number) { return word }
    // `FEV1` is a volume.
    guard text.isDay(number),
      !text.isAttached(number) || text.kind(number - 1) == .mark || text.isYear(index - 1),
      !text.isQuantity(number), !isDecimal(number)
    else { return nil }
    let day = ordinalEnd(number)
    guard text.isMark(day + 1, in: "-/") || Self.andWords.contains(text.key(day + 1)),
      text.isDay(day + 2), !text.isQuantity(day + 2)
    else { return day }
    return ordinalEnd(day + 2)
  }

  /// `fourth`, `twenty-first`, before or after a month, as dictations have them.
  private func wordedDay(endingAt index: Int) -> Int? {
    guard Self.dayWords.contains(text.key(index)) else { return nil }
    let tens = text.isMark(index - 1, "-") ? index - 2 : index - 1
    return Self.tens.contains(text.key(tens)) ? tens : index
  }

  private func wordedDayEnd(from index: Int) -> Int? {
    if Self.dayWords.contains(text.key(index)) { return index }
    guard Self.tens.contains(text.key(index)) else { return nil }
    let unit = text.isMark(index + 1, "-") ? index + 2 : index + 1
    return Self.dayWords.contains(text.key(unit)) ? unit : nil
  }

  private func isDecimal(_ number: Int) -> Bool {
    text.isMark(number + 1, in: ".:") && text.isAttached(number + 1) && text.isNumber(number + 2)
      && text.isAttached(number + 2) && text.length(number + 2) < 4
  }

  private func ordinalEnd(_ number: Int) -> Int {
    text.isAttached(number + 1) && Self.ordinals.contains(text.key(number + 1))
      ? number + 1 : number
  }

  // MARK: Years

  /// The last token of the year after a month or a day.
  private func yearEnd(after index: Int, isAfterDay: Bool) -> Int? {
    var next = index + 1
    if text.isMark(next, in: ",.-/") || Self.ofWords.contains(text.key(next)) { next += 1 }
    if text.key(next) == Self.yearWord { next += 1 }
    if text.kind(next) == .lineEnd { next += 1 }
    if text.isYear(next) { return next }
    if text.isMark(next, "'"), text.length(next + 1) == 2, text.isNumber(next + 1) {
      return next + 1
    }
    // `14-MAR-24` and `14MAR24`.
    let isShort = isAfterDay && text.isAttached(next) && text.length(next) == 2
    return isShort && text.isNumber(next) && !text.isWord(index - 1) ? next : nil
  }

  /// `2024 March 14`, `2024-Mar-14`.
  private func yearBefore(_ month: Int, _ day: Int?) -> Int? {
    guard day != nil else { return nil }
    let year = text.isMark(month - 1, "-") ? month - 2 : month - 1
    return text.isYear(year) ? year : nil
  }

  // MARK: Months alone

  /// `in March`, `last April`, `March to June`, `en enero`.
  private func isMonthAlone(_ month: Int, _ name: MonthNames.Name) -> Bool {
    let isJoined = text.isMark(month + 1, in: "-/,") || Self.andWords.contains(text.key(month + 1))
    let isBeforeMonth = isJoined && MonthNames.table[text.key(month + 2)] != nil
    if name.isShort {
      return text.isCapitalized(month) && isBeforeMonth && text.isCapitalized(month + 2)
    }
    guard text.isCapitalized(month) || !name.isCommonWord else { return false }
    if Self.inWords.contains(text.key(month - 1)) { return true }
    if text.isMark(month - 1, "-"), Self.inWords.contains(text.key(month - 2)) { return true }
    if !name.isCommonWord, Self.beforeWords.contains(text.key(month - 1)) { return true }
    return isBeforeMonth
  }

  private static let yearWord = WordKey.key(of: "ano")
  private static let dayWords = WordSet(
    """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth
    """)
  private static let tens = WordSet("twenty thirty")
  private static let ordinals = WordSet("st nd rd th er º ª")
  private static let ofWords = WordSet("of de del di do")
  private static let theWords = WordSet("the")
  private static let andWords = WordSet("and to or through thru until y a al et und e")
  private static let inWords = WordSet(
    "in since last of during early late mid until en desde im seit de")
  private static let beforeWords = WordSet("this next by from through before after between")
}
