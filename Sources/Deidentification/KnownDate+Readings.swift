extension KnownDate {
  /// The days that a text may mean; none when it is no date.
  ///
  /// Of `03/09/1957` both orders are meant, of two digits of a year both centuries: what is looked for
  /// once too often does less harm than what is not.
  package static func readings(of text: String) -> [KnownDate] {
    if let date = KnownDate(text) { return [date] }
    let parts = parts(of: text)
    switch parts.count {
    case 1:
      guard case .number(let run, digits: 8) = parts[0] else { return [] }
      return days(first: run / 1_000_000, second: run / 10_000 % 100, years: [run % 10_000])
    case 3...: return readings(of: Array(parts[..<3]))
    default: return []
    }
  }

  private enum Part {
    case number(Int, digits: Int)
    case month(Int)
  }

  /// Runs of digits and the names of months; other words, such as those of days, tell nothing.
  private static func parts(of text: String) -> [Part] {
    var parts: [Part] = []
    var run = ""
    for character in text + " " {
      if let last = run.last,
        !(character.isLetter && last.isLetter || character.isWholeNumber && last.isWholeNumber)
      {
        if let part = part(run) { parts.append(part) }
        run = ""
      }
      if character.isLetter || character.isWholeNumber { run.append(character) }
    }
    return parts
  }

  private static func part(_ run: String) -> Part? {
    guard run.first?.isWholeNumber == true else { return KnownMonths.month(run).map(Part.month) }
    let digits = run.compactMap(\.wholeNumberValue)
    guard digits.count <= 8 else { return nil }
    return .number(digits.reduce(0) { $0 * 10 + $1 }, digits: digits.count)
  }

  private static func readings(of parts: [Part]) -> [KnownDate] {
    let named = parts.indices.filter { if case .month = parts[$0] { true } else { false } }
    let numbers = parts.compactMap { part -> (value: Int, digits: Int)? in
      if case .number(let value, let digits) = part { (value, digits) } else { nil }
    }
    if let place = named.first, named.count == 1, case .month(let month) = parts[place] {
      // The year is the long number, or the last one.
      let (day, year) = numbers[0].digits > 2 ? (numbers[1], numbers[0]) : (numbers[0], numbers[1])
      return years(year).compactMap { KnownDate(year: $0, month: month, day: day.value) }
    }
    guard named.isEmpty else { return [] }
    if numbers[0].digits > 2 {
      return days(first: numbers[1].value, second: numbers[2].value, years: years(numbers[0]))
    }
    return days(first: numbers[0].value, second: numbers[1].value, years: years(numbers[2]))
  }

  private static func years(_ number: (value: Int, digits: Int)) -> [Int] {
    number.digits > 2 ? [number.value] : [1900 + number.value, 2000 + number.value]
  }

  /// Day and month in both orders.
  private static func days(first: Int, second: Int, years: [Int]) -> [KnownDate] {
    years.flatMap { year in
      [
        KnownDate(year: year, month: first, day: second),
        first == second ? nil : KnownDate(year: year, month: second, day: first),
      ].compactMap(\.self)
    }
  }

  private init?(year: Int, month: Int, day: Int) {
    guard (1...12).contains(month), (1...31).contains(day), (1801...2200).contains(year) else {
      return nil
    }
    self.init(checkedYear: year, month: month, day: day)
  }
}
