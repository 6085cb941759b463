/// A moment, or the span that a date without its time stands for: ISO 8601 as far as known.
///
///     2150        2150-03        2150-03-01        2150-03-01T10:15     2150-03-01T10:15:00.5+02:00
///
/// What the corpus wrote is kept, but for the blank that tables write between date and time, which
/// becomes a `T`. Nothing is moved to another zone.
package struct EventTime: Sendable, Equatable {
  /// How far a time is known.
  package enum Precision: Int, Sendable, Comparable {
    case year
    case month
    case day
    case minute
    case second
    case fraction

    package static func < (first: Precision, second: Precision) -> Bool {
      first.rawValue < second.rawValue
    }
  }

  /// The time in ISO 8601.
  package let text: String
  package let precision: Precision
  /// The first microsecond since 1970: in UTC where a zone is given, else by the clock on the wall.
  package let start: Int64
  /// The first microsecond after it.
  package let end: Int64
  package let hasZone: Bool

  /// Reads a time as corpora write it; nil when it is none.
  package init?(_ text: String) {
    var scanner = TimeScanner(text)
    guard let time = scanner.time() else { return nil }
    (precision, start, end, hasZone) = (time.precision, time.start, time.end, time.hasZone)
    self.text = scanner.normalisedText
  }

  /// The text of a time in ISO 8601; what is no time stays as it is.
  package static func normalised(_ text: String) -> String { EventTime(text)?.text ?? text }

  /// Whether all of it lies before another time begins, whatever the zones.
  ///
  /// A time without a zone could have been in any: where only one of the two has one, 14 hours (the
  /// widest offset there is) must lie between them.
  package func isSurelyBefore(_ other: EventTime) -> Bool {
    end + (hasZone == other.hasZone ? 0 : Self.widestOffset) <= other.start
  }

  private static let widestOffset: Int64 = 14 * 3600 * 1_000_000

  /// The order of a timeline: by first moment, the less exact first, so that a date stands before
  /// the times of its day.
  package static func precedes(_ first: EventTime, _ second: EventTime) -> Bool {
    (first.start, first.precision) < (second.start, second.precision)
  }
}

extension [Event] {
  /// The events in the order of a timeline: those without a time, or with one that cannot be read,
  /// first; then by `EventTime.precedes`; in the order given within one time.
  package func inTimeOrder() -> [Event] {
    let times = map { EventTime($0.time) }
    return indices.sorted { first, second in
      switch (times[first], times[second]) {
      case (nil, nil): first < second
      case (nil, _): true
      case (_, nil): false
      case (let one?, let other?):
        if EventTime.precedes(one, other) {
          true
        } else if EventTime.precedes(other, one) {
          false
        } else {
          first < second
        }
      }
    }.map { self[$0] }
  }
}

/// Reads one time off its text.
private struct TimeScanner {
  private var bytes: [UInt8]
  private var place = 0

  init(_ text: String) {
    bytes = Array(text.utf8)
    while let last = bytes.last, last == 0x20 { bytes.removeLast() }
    bytes.removeFirst(bytes.prefix { $0 == 0x20 }.count)
  }

  var normalisedText: String {
    var text = bytes
    if text.count > 10, text[10] == 0x20 { text[10] = UInt8(ascii: "T") }
    return String(decoding: text, as: UTF8.self)
  }

  mutating func time() -> (
    precision: EventTime.Precision, start: Int64, end: Int64, hasZone: Bool
  )? {
    guard let year = number(4) else { return nil }
    guard !isAtEnd else {
      return span(.year, from: day(year, 1, 1), to: day(year + 1, 1, 1))
    }
    guard take("-"), let month = number(2), (1...12).contains(month) else { return nil }
    guard !isAtEnd else {
      let next = month == 12 ? day(year + 1, 1, 1) : day(year, month + 1, 1)
      return span(.month, from: day(year, month, 1), to: next)
    }
    guard take("-"), let dayOfMonth = number(2),
      (1...Self.days(in: month, of: year)).contains(dayOfMonth)
    else { return nil }
    let date = day(year, month, dayOfMonth)
    guard !isAtEnd else { return span(.day, from: date, to: date + 1) }
    guard take("T") || take(" "), let clock = clock() else { return nil }
    guard let offset = offset(), isAtEnd else { return nil }
    let start = date * 86_400_000_000 + clock.start - (offset.seconds * 1_000_000)
    return (clock.precision, start, start + clock.length, offset.isGiven)
  }

  private func span(
    _ precision: EventTime.Precision, from first: Int64, to next: Int64
  ) -> (precision: EventTime.Precision, start: Int64, end: Int64, hasZone: Bool) {
    (precision, first * 86_400_000_000, next * 86_400_000_000, false)
  }

  /// Hours, minutes, seconds and fractions, in microseconds since midnight.
  private mutating func clock() -> (
    precision: EventTime.Precision, start: Int64, length: Int64
  )? {
    guard let hour = number(2), hour < 24, take(":"), let minute = number(2), minute < 60 else {
      return nil
    }
    let start = Int64(hour * 3600 + minute * 60) * 1_000_000
    guard take(":") else { return (.minute, start, 60_000_000) }
    guard let second = number(2), second <= 60 else { return nil }
    let whole = start + Int64(second) * 1_000_000
    guard take(".") else { return (.second, whole, 1_000_000) }
    guard let fraction = fraction() else { return nil }
    return (.fraction, whole + fraction, 1)
  }

  /// The microseconds of a fraction's digits, of which those beyond the sixth only stand there.
  private mutating func fraction() -> Int64? {
    var value: Int64 = 0
    var count = 0
    while place < bytes.count, let digit = Self.digit(bytes[place]) {
      if count < 6 { value = value * 10 + Int64(digit) }
      count += 1
      place += 1
    }
    guard count > 0 else { return nil }
    for _ in min(count, 6)..<6 { value *= 10 }
    return value
  }

  /// The offset from UTC; nil when what stands there is none.
  private mutating func offset() -> (seconds: Int64, isGiven: Bool)? {
    guard !isAtEnd else { return (0, false) }
    if take("Z") { return (0, true) }
    let isEast = take("+")
    guard isEast || take("-"), let hours = number(2), hours <= 14 else { return nil }
    _ = take(":")
    guard let minutes = number(2), minutes < 60 else { return nil }
    let seconds = Int64(hours * 3600 + minutes * 60)
    return (isEast ? seconds : -seconds, true)
  }

  private var isAtEnd: Bool { place == bytes.count }

  private mutating func take(_ sign: Unicode.Scalar) -> Bool {
    guard place < bytes.count, bytes[place] == UInt8(ascii: sign) else { return false }
    place += 1
    return true
  }

  /// A number of exactly so many digits.
  private mutating func number(_ digits: Int) -> Int? {
    guard place + digits <= bytes.count else { return nil }
    var value = 0
    for byte in bytes[place..<place + digits] {
      guard let digit = Self.digit(byte) else { return nil }
      value = value * 10 + digit
    }
    place += digits
    return value
  }

  private static func digit(_ byte: UInt8) -> Int? {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) ? Int(byte) - 0x30 : nil
  }

  /// The days from 1970-01-01 to a Gregorian date (Hinnant, "chrono-compatible low-level date
  /// algorithms").
  private func day(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int64(era * 146_097 + dayOfEra - 719_468)
  }

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }
}
