/// A known date, such as that of a birth, and the ways to write it.
package struct KnownDate: Sendable, Equatable {
  let year: Int
  let month: Int
  let day: Int

  /// The day of an ISO 8601 date or time, dashes or not; nil when the day is not known.
  init?(_ text: String) {
    let digits = text.prefix(10).utf8.filter { (0x30...0x39).contains($0) }.prefix(8)
    guard digits.count == 8, let all = Int(String(decoding: Array(digits), as: UTF8.self)) else {
      return nil
    }
    (year, month, day) = (all / 10000, all / 100 % 100, all % 100)
    guard (1...12).contains(month), (1...31).contains(day), year > 1800 else { return nil }
  }

  init(checkedYear year: Int, month: Int, day: Int) {
    (self.year, self.month, self.day) = (year, month, day)
  }

  /// A piece of a date: a number, or the name of a month.
  private enum Piece: Equatable {
    case number(Int, digits: Int)
    case month(Int)
  }

  /// The places of the date in the matched form.
  func ranges(in text: MatchText) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var index = 0
    let tokens = text.tokens
    while index < tokens.count {
      if let last = matchEnd(in: text, from: index) {
        found.append(tokens[index].range.lowerBound..<tokens[last].range.upperBound)
        index = last + 1
      } else {
        index += 1
      }
    }
    return found
  }

  /// The last token of a date that begins at a token.
  private func matchEnd(in text: MatchText, from start: Int) -> Int? {
    guard let first = piece(text, start) else { return nil }
    if case .number(let value, let digits) = first {
      if digits == 8 || digits == 6 { return isRun(value, digits) ? start : nil }
      guard
        value == year || value == year % 100 || value == month || value == day
          || value == year - 1925 || value == year - 1988
      else { return nil }
    }
    var pieces = [first]
    var ends = [start]
    var index = start + 1
    var between = 0
    while index < text.tokens.count, pieces.count < 3, between < 5 {
      if let piece = piece(text, index) {
        pieces.append(piece)
        ends.append(index)
        between = 0
      } else if isJoint(text, index) {
        between += 1
      } else {
        break
      }
      index += 1
    }
    if pieces.count == 3, isDate(pieces) { return tail(text, after: ends[2]) }
    if pieces.count >= 2, isDay(Array(pieces[..<2])) { return tail(text, after: ends[1]) }
    return nil
  }

  /// A word such as `日` or `th` that still belongs to the date.
  private func tail(_ text: MatchText, after last: Int) -> Int {
    guard last + 1 < text.tokens.count, !text.tokens[last + 1].isSpaced else { return last }
    let word = text.string(in: text.tokens[last + 1].range).lowercased()
    return ["日", "일", "th", "st", "nd", "rd"].contains(word) ? last + 1 : last
  }

  private func piece(_ text: MatchText, _ index: Int) -> Piece? {
    let token = text.tokens[index]
    let word = text.string(in: token.range)
    switch token.kind {
    case .number:
      guard token.range.count <= 8, let value = Int(word) else { return nil }
      return .number(value, digits: token.range.count)
    case .word: return KnownMonths.month(word).map(Piece.month)
    case .mark, .lineEnd: return nil
    }
  }

  private func isJoint(_ text: MatchText, _ index: Int) -> Bool {
    let token = text.tokens[index]
    let word = text.string(in: token.range)
    switch token.kind {
    case .lineEnd: return true
    case .mark: return "-/.,'_".contains(word)
    case .word: return Self.joints.contains(word.lowercased())
    case .number: return false
    }
  }

  private static let joints: Set<String> = [
    "of", "the", "de", "del", "th", "st", "nd", "rd", "年", "月", "日", "년", "월", "일", "den", "le",
    "er", "º",
  ]

  /// `19570309`, `03091957`, `09031957`, and the same with two digits of the year.
  private func isRun(_ value: Int, _ digits: Int) -> Bool {
    let year = digits == 8 ? year : year % 100
    let shift = digits == 8 ? 10000 : 100
    return value == year * 10000 + month * 100 + day
      || value == (month * 100 + day) * shift + year || value == (day * 100 + month) * shift + year
  }

  private func isYear(_ piece: Piece) -> Bool {
    guard case .number(let value, let digits) = piece else { return false }
    // Years of Shōwa and Heisei too.
    return value == year || (digits == 2 && value == year % 100)
      || (digits < 3 && (value == year - 1925 || value == year - 1988))
  }

  private func isMonth(_ piece: Piece) -> Bool {
    switch piece {
    case .number(let value, let digits): value == month && digits < 3
    case .month(let value): value == month
    }
  }

  private func isDayNumber(_ piece: Piece) -> Bool {
    guard case .number(let value, let digits) = piece else { return false }
    return value == day && digits < 3
  }

  private func isDate(_ pieces: [Piece]) -> Bool {
    [[0, 1, 2], [2, 1, 0], [2, 0, 1], [0, 2, 1]].contains { order in
      isYear(pieces[order[0]]) && isMonth(pieces[order[1]]) && isDayNumber(pieces[order[2]])
    }
  }

  /// Day and month without a year, the month in words.
  private func isDay(_ pieces: [Piece]) -> Bool {
    pieces.contains(.month(month)) && pieces.contains { isDayNumber($0) }
  }
}

/// The names of the months in the languages of Europe that notes are written in.
enum KnownMonths {
  /// The month of a word, in full or cut to three letters or more.
  static func month(_ word: String) -> Int? {
    guard word.utf8.count >= 3 else { return nil }
    let folded = String(decoding: FoldedText.key(word), as: UTF8.self)
    return months[folded]
  }

  private static let months: [String: Int] = {
    var months: [String: Int] = [:]
    for names in all {
      for (number, name) in names.split(separator: " ").enumerated() {
        for length in 3...max(3, name.count) where months[String(name.prefix(length))] == nil {
          months[String(name.prefix(length))] = number + 1
        }
      }
    }
    return months
  }()

  private static let all = [
    "january february march april may june july august september october november december",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "januar februar marz april mai juni juli august september oktober november dezember",
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
  ]
}
