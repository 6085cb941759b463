/// A date as it is written in a text, and how to write another in the same way.
struct DateForm {
  /// A piece of the text.
  private enum Piece {
    case year(digits: Int)
    case month(digits: Int)
    case day(digits: Int)
    /// The name of a month: its language's place in the table, and how it is written.
    case name(language: Int, length: Int, letters: LetterCase)
    /// `st`, `nd`, `rd`, `th` behind a day.
    case ordinal
    case other(String)
  }

  private var pieces: [Piece] = []
  private var date = CivilDate(year: 2001, month: 6, day: 15)
  private var hasYear = false

  /// Reads a date; nil when the text is none that is understood.
  init?(_ text: String) {
    let matched = MatchText(text)
    var numbers: [(piece: Int, value: Int, digits: Int)] = []
    var month: (piece: Int, value: Int)?
    var done = 0
    for token in matched.tokens {
      let word = matched.string(in: token.range)
      let gap = matched.string(in: done..<token.range.lowerBound)
      if !gap.isEmpty { pieces.append(.other(gap)) }
      done = token.range.upperBound
      switch token.kind {
      case .number where numbers.count < 3 && word.utf8.count <= 8:
        numbers.append((pieces.count, Int(word) ?? 0, word.utf8.count))
        pieces.append(.other(word))
      case .word:
        if month == nil, let found = MonthTable.find(word) {
          month = (pieces.count, found.month)
          pieces.append(
            .name(language: found.language, length: found.length, letters: LetterCase(of: word)))
        } else if ["st", "nd", "rd", "th"].contains(word.lowercased()) {
          pieces.append(.ordinal)
        } else {
          pieces.append(.other(word))
        }
      default: pieces.append(.other(word))
      }
    }
    let rest = matched.string(in: done..<matched.bytes.count)
    if !rest.isEmpty { pieces.append(.other(rest)) }
    guard settle(numbers, month), date.isReal else { return nil }
  }

  /// Decides which number is what; false when they make no date.
  private mutating func settle(
    _ numbers: [(piece: Int, value: Int, digits: Int)], _ month: (piece: Int, value: Int)?
  ) -> Bool {
    if let month {
      date.month = month.value
      guard !numbers.isEmpty else { return true }
      let year =
        numbers.firstIndex { $0.digits == 4 }
        ?? (numbers.count > 1 && numbers[1].digits == 2 ? 1 : nil)
      for (place, number) in numbers.enumerated() {
        if place == year {
          setYear(number)
        } else if place < 2 || year != nil {
          guard (1...31).contains(number.value), number.digits < 3 else { continue }
          setDay(number)
          if place > 0 && year != nil { break }
        }
      }
      return true
    }
    if numbers.count == 1, numbers[0].digits == 8 { return settleRun(numbers[0]) }
    guard numbers.count >= 2 else { return false }
    if numbers[0].digits == 4 {
      setYear(numbers[0])
      setMonth(numbers[1])
      if numbers.count > 2 { setDay(numbers[2]) }
      return true
    }
    if numbers[1].digits == 4 {
      setMonth(numbers[0])
      setYear(numbers[1])
      return true
    }
    // Day first where it must be, and where points part the numbers, as Europe writes.
    let isDayFirst = numbers[0].value > 12 || (hasPoint && numbers[1].value <= 12)
    setMonth(numbers[isDayFirst ? 1 : 0])
    setDay(numbers[isDayFirst ? 0 : 1])
    if numbers.count > 2, numbers[2].digits == 2 || numbers[2].digits == 4 { setYear(numbers[2]) }
    return true
  }

  private var hasPoint: Bool {
    pieces.contains { piece in
      if case .other(".") = piece { return true }
      return false
    }
  }

  private mutating func settleRun(_ number: (piece: Int, value: Int, digits: Int)) -> Bool {
    let parts = (number.value / 10000, number.value / 100 % 100, number.value % 100)
    date = CivilDate(year: parts.0, month: parts.1, day: parts.2)
    pieces[number.piece] = .year(digits: 4)
    pieces.insert(.month(digits: 2), at: number.piece + 1)
    pieces.insert(.day(digits: 2), at: number.piece + 2)
    return parts.0 > 1800 && parts.0 < 2200
  }

  private mutating func setYear(_ number: (piece: Int, value: Int, digits: Int)) {
    hasYear = true
    date.year =
      number.digits == 4 ? number.value : number.value + (number.value <= 30 ? 2000 : 1900)
    pieces[number.piece] = .year(digits: number.digits)
  }

  private mutating func setMonth(_ number: (piece: Int, value: Int, digits: Int)) {
    date.month = number.value
    pieces[number.piece] = .month(digits: number.digits)
  }

  private mutating func setDay(_ number: (piece: Int, value: Int, digits: Int)) {
    date.day = number.value
    pieces[number.piece] = .day(digits: number.digits)
  }

  /// The text with another date in it.
  func shifted(byDays days: Int) -> String {
    let other = date.adding(days: days)
    var text = ""
    for piece in pieces {
      switch piece {
      case .year(let digits):
        text += digits == 4 ? padded(other.year, 4) : padded(other.year % 100, 2)
      case .month(let digits): text += padded(other.month, digits)
      case .day(let digits): text += padded(other.day, digits)
      case .name(let language, let length, let letters):
        text += letters.applied(to: MonthTable.name(other.month, language, length))
      case .ordinal: text += Self.ordinal(other.day)
      case .other(let words): text += words
      }
    }
    return text
  }

  private static func ordinal(_ day: Int) -> String {
    guard !(11...13).contains(day) else { return "th" }
    return [1: "st", 2: "nd", 3: "rd"][day % 10] ?? "th"
  }
}

/// A day of the Gregorian calendar.
struct CivilDate: Equatable {
  var year: Int
  var month: Int
  var day: Int

  var isReal: Bool {
    (1...12).contains(month) && day >= 1 && day <= Self.length(of: month, year)
  }

  private static func length(of month: Int, _ year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  /// Days since 1 March of the year 0, by which days can be added.
  private var number: Int {
    let year = month > 2 ? year : year - 1
    let month = month > 2 ? month - 3 : month + 9
    return 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1
  }

  func adding(days: Int) -> CivilDate {
    let wanted = number + days
    var year = (10000 * wanted + 14780) / 3_652_425
    var rest = wanted - (365 * year + year / 4 - year / 100 + year / 400)
    if rest < 0 {
      year -= 1
      rest = wanted - (365 * year + year / 4 - year / 100 + year / 400)
    }
    let month = (100 * rest + 52) / 3060
    return CivilDate(
      year: year + (month + 2) / 12, month: (month + 2) % 12 + 1,
      day: rest - (month * 306 + 5) / 10 + 1)
  }
}

/// How the letters of a word are written.
enum LetterCase {
  case lower
  case upper
  case capital

  init(of word: some StringProtocol) {
    let letters = word.filter(\.isLetter)
    if letters.count > 1, letters.allSatisfy(\.isUppercase) {
      self = .upper
    } else {
      self = letters.first?.isUppercase == true ? .capital : .lower
    }
  }

  func applied(to word: String) -> String {
    switch self {
    case .lower: word.lowercased()
    case .upper: word.uppercased()
    case .capital: word.prefix(1).uppercased() + word.dropFirst()
    }
  }
}

/// Months in words.
enum MonthTable {
  static func find(_ word: String) -> (month: Int, language: Int, length: Int)? {
    let word = word.lowercased()
    guard word.count >= 3 else { return nil }
    for (language, names) in names.enumerated() {
      for (number, name) in names.enumerated() where name.hasPrefix(word) {
        return (number + 1, language, word.count == name.count ? 0 : word.count)
      }
    }
    return nil
  }

  /// A month's name, cut to a length unless that is 0.
  static func name(_ month: Int, _ language: Int, _ length: Int) -> String {
    let name = names[language][month - 1]
    return length == 0 ? name : String(name.prefix(3))
  }

  private static let names: [[String]] = [
    "january february march april may june july august september october november december",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
  ].map { $0.split(separator: " ").map(String.init) }
}
