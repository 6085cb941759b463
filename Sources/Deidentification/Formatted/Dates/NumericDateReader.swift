/// Reads a date in figures that begins at a number.
struct NumericDateReader {
  typealias Found = (last: Int, rule: String)

  let text: MatchText

  /// - Parameter isSecond: whether a date ends one token before, as in `3/14-3/20`.
  func date(at index: Int, isSecond: Bool) -> Found? {
    compactDate(at: index) ?? fullDate(at: index) ?? monthAndYear(at: index)
      ?? dayWithoutYear(at: index, isSecond: isSecond)
  }

  /// A number after a separator.
  private struct Part {
    var index: Int
    var mark: UInt8
    /// Whether there are blanks about the separator.
    var isLoose: Bool
  }

  /// The part after a token; a line may end after the separator.
  private func part(after index: Int) -> Part? {
    guard text.isMark(index + 1, in: "/-.") else { return nil }
    let isWrapped = text.kind(index + 2) == .lineEnd
    let next = isWrapped ? index + 3 : index + 2
    guard text.isNumber(next), !(isWrapped && text.isMark(index + 1, ".")) else { return nil }
    let isLoose = !text.isAttached(index + 1) || (!isWrapped && !text.isAttached(next))
    return Part(index: next, mark: text.byte(index + 1), isLoose: isLoose)
  }

  // MARK: Three parts

  private func fullDate(at index: Int) -> Found? {
    guard text.length(index) <= 4, let second = part(after: index),
      let third = part(after: second.index), second.mark == third.mark,
      let numbers = numbers(index, second.index, third.index)
    else { return nil }
    let isLoose = second.isLoose || third.isLoose
    let isDate =
      isYearFirst(numbers, at: index, second.index, third.index)
      || isYearLast(numbers, third)
      || (!isLoose && isShortYearLast(index, second.index, third, numbers))
    guard isDate else { return nil }
    return (timeEnd(after: third.index), "date-in-figures")
  }

  private func numbers(_ first: Int, _ second: Int, _ third: Int) -> [Int]? {
    guard let first = text.value(first), let middle = text.value(second),
      let third = text.value(third)
    else { return nil }
    return [first, middle, third]
  }

  private func isYearFirst(_ numbers: [Int], at first: Int, _ second: Int, _ third: Int) -> Bool {
    text.isYear(first) && text.length(second) <= 2 && text.length(third) <= 2
      && CalendarNumbers.isDayAndMonth(numbers[1], numbers[2])
  }

  /// Between slashes the month may be misspelt: `16/018/1961`.
  private func isYearLast(_ numbers: [Int], _ third: Part) -> Bool {
    guard text.isYear(third.index) else { return false }
    let isMisspelt = third.mark == UInt8(ascii: "/") && numbers.allSatisfy { $0 > 0 }
    return CalendarNumbers.isDayAndMonth(numbers[0], numbers[1])
      || (isMisspelt && numbers[0] <= 31 && numbers[1] <= 31)
  }

  /// With points both others have two digits, as versions seldom do.
  private func isShortYearLast(_ first: Int, _ second: Int, _ third: Part, _ numbers: [Int]) -> Bool
  {
    let lengths = [text.length(first), text.length(second)]
    guard text.length(third.index) == 2, lengths.allSatisfy({ $0 <= 2 }),
      CalendarNumbers.isDayAndMonth(numbers[0], numbers[1]), !isContinuedCode(third),
      !text.isQuantity(third.index)
    else { return false }
    return third.mark != UInt8(ascii: ".") || lengths == [2, 2] || hasDayCue(first)
  }

  /// Whether a code goes on after a short year; the dash of a range of dates is not one.
  private func isContinuedCode(_ year: Part) -> Bool {
    guard text.isContinued(year.index) else { return false }
    return year.mark == UInt8(ascii: "-") || !text.isMark(year.index + 1, "-")
  }

  // MARK: Times

  /// The last token of a time of day with seconds or after `T`; the given one when there is none.
  private func timeEnd(after date: Int) -> Int {
    var index = date + 1
    let isMarked = text.isWord(index) && text.length(index) == 1 && text.byte(index) | 0x20 == 0x74
    if isMarked { index += 1 }
    guard let minutes = clock(at: index) else { return date }
    guard let seconds = clockPart(after: minutes) else { return isMarked ? minutes : date }
    var last = seconds
    if text.isMark(last + 1, "."), text.isNumber(last + 2), text.isAttached(last + 2) { last += 2 }
    return zoneEnd(after: last)
  }

  /// The last token of `hh:mm`.
  private func clock(at index: Int) -> Int? {
    guard text.length(index) == 2, let hours = text.value(index), hours < 25 else { return nil }
    return clockPart(after: index)
  }

  private func clockPart(after index: Int) -> Int? {
    guard text.isMark(index + 1, ":"), text.isAttached(index + 1), text.length(index + 2) == 2,
      let value = text.value(index + 2), value < 61
    else { return nil }
    return index + 2
  }

  private func zoneEnd(after last: Int) -> Int {
    guard text.isAttached(last + 1) else { return last }
    if text.isWord(last + 1), text.length(last + 1) == 1 { return last + 1 }
    guard text.isMark(last + 1, in: "+-"), text.isNumber(last + 2) else { return last }
    return clockPart(after: last + 2) ?? last + 2
  }

  // MARK: Two parts and one

  /// `12/2023` and `2023-12`.
  private func monthAndYear(at index: Int) -> Found? {
    guard let second = part(after: index), !second.isLoose, second.mark != UInt8(ascii: "."),
      let first = text.value(index), let last = text.value(second.index),
      !text.isContinued(second.index), !text.isQuantity(second.index)
    else { return nil }
    let isYearLast = text.isYear(second.index) && (1...12).contains(first)
    let isYearFirst =
      text.isYear(index) && text.length(second.index) == 2 && (1...12).contains(last)
    guard isYearLast ? text.length(index) <= 2 : isYearFirst else { return nil }
    return (second.index, "month-and-year-in-figures")
  }

  private func dayWithoutYear(at index: Int, isSecond: Bool) -> Found? {
    guard let second = part(after: index), !second.isLoose, second.mark == UInt8(ascii: "/"),
      text.length(index) <= 2, text.length(second.index) <= 2,
      let first = text.value(index), let last = text.value(second.index),
      CalendarNumbers.isDayAndMonth(first, last), (first, last) != (24, 7),
      !isContinuedCode(Part(index: second.index, mark: second.mark, isLoose: false)),
      !text.isQuantity(second.index)
    else { return nil }
    let isPadded =
      text.byte(index) == 0x30 && text.length(index) == 2 && text.length(second.index) == 2
    guard
      isPadded || isSecond || hasDayCue(index) || isHeading(index, second.index)
        || isAfterExamination(index, last)
    else {
      return nil
    }
    return (second.index, "day-with-cue")
  }

  private func hasDayCue(_ index: Int) -> Bool {
    guard let word = text.wordBefore(index) else { return false }
    return Self.dayCues.contains(text.key(word))
  }

  /// `CT 6/20`: after the word of an examination, with a day that no scale has.
  private func isAfterExamination(_ index: Int, _ day: Int) -> Bool {
    guard day > 12, let word = text.wordBefore(index) else { return false }
    return Self.examinations.contains(text.key(word))
  }

  /// `3/14: ` or `3/14 - ` at the beginning of a line.
  private func isHeading(_ index: Int, _ last: Int) -> Bool {
    guard index == 0 || text.kind(index - 1) == .lineEnd else { return false }
    return text.isMark(last + 1, ":") || text.isMark(last + 1, "-")
  }

  private static let dayCues = WordSet(
    """
    on since dated until till through thru by starting beginning admitted discharged date dates dos
    doa dob scheduled due seen visit visited labs effective el dia desde hasta le du am vom fecha
    mon tue tues wed thu thur thurs fri sun monday tuesday wednesday thursday friday saturday
    sunday readmitted transferred exp expires expiration appt appointment
    """)

  private static let examinations = WordSet(
    """
    ct mri cxr xray echo tte tee ekg ecg egd colonoscopy biopsy bx cx culture cultures bcx ucx scan
    exam clinic surgery note repeat pathology cath mammogram ultrasound us pet lab started stopped
    """)

  /// `20240314`, with or without a time, and `01021956` after a word for birth.
  private func compactDate(at index: Int) -> Found? {
    let length = text.length(index)
    guard [6, 8, 12, 14].contains(length), !text.isContinued(index) || isTimeAfter(index) else {
      return spacedBirthDate(at: index)
    }
    let range = text.tokens[index].range
    let digits = text.bytes[range].map { Int($0 & 0x0F) }
    func number(_ places: Range<Int>) -> Int { digits[places].reduce(0) { $0 * 10 + $1 } }
    if length >= 8, (1900...2100).contains(number(0..<4)),
      CalendarNumbers.isMonthAndDay(number(4..<6), number(6..<8)),
      length == 8 || (number(8..<10) < 24 && number(10..<12) < 60)
    {
      return (isTimeAfter(index) ? index + 2 : index, "date-without-marks")
    }
    guard length <= 8, CalendarNumbers.isDayAndMonth(number(0..<2), number(2..<4)),
      hasBirthCue(index)
    else { return nil }
    return (index, "birth-date-with-cue")
  }

  /// `20240314T0930`.
  private func isTimeAfter(_ index: Int) -> Bool {
    text.isAttached(index + 1) && text.length(index + 1) == 1 && text.byte(index + 1) == 0x54
      && text.isAttached(index + 2) && text.isNumber(index + 2)
  }

  /// `01 02 1956` after a word for birth.
  private func spacedBirthDate(at index: Int) -> Found? {
    guard text.length(index) <= 2, text.length(index + 1) <= 2, let first = text.value(index),
      let second = text.value(index + 1), text.isYear(index + 2),
      CalendarNumbers.isDayAndMonth(first, second), hasBirthCue(index)
    else { return nil }
    return (index + 2, "birth-date-with-cue")
  }

  private func hasBirthCue(_ index: Int) -> Bool {
    guard let word = text.wordBefore(index) else { return false }
    if Self.birthCues.contains(text.key(word)) { return true }
    guard text.key(word) == Self.date || text.key(word) == Self.onWord else { return false }
    return Self.birthCues.contains(text.key(word - 1))
  }

  private static let birthCues = WordSet(
    "dob d.o.b birth birthdate born birthday bday b nacimiento nacido nacida naissance geboren")
  private static let date = WordKey.key(of: "date")
  private static let onWord = WordKey.key(of: "on")
}
