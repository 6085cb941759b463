/// Makes JSON of a column's stored values.
///
/// Numbers keep their digits, floats those that say them exactly; a NaN is null, as pandas writes what
/// is missing, and an infinity the string `Infinity`. Dates and times are ISO 8601, `Z` at the end
/// where they are UTC, fractions of a second where there are any. Bytes are text; those of fixed
/// length without a known meaning are hexadecimal.
enum ParquetScalar {
  /// The value of a number's bits, or of a flag's.
  static func json(word: Int64, _ meaning: ParquetMeaning, _ type: ParquetPhysicalType) -> JSON {
    switch meaning {
    case .boolean: .bool(word != 0)
    case .float: number(Float(bitPattern: UInt32(truncatingIfNeeded: word)))
    case .double: number(Double(bitPattern: UInt64(bitPattern: word)))
    case .unsigned:
      type == .int32
        ? .number(String(UInt32(truncatingIfNeeded: word)))
        : .number(String(UInt64(bitPattern: word)))
    case .date: .string(ISOTime.date(day: Int(word)))
    case .time(let unit): .string(ISOTime.time(word, unit))
    case .timestamp(let unit, let isUTC): .string(ISOTime.timestamp(word, unit, isUTC: isUTC))
    case .decimal(let scale): .number(decimal(Int128(word), scale: scale))
    case .signed, .int96, .half, .text, .uuid, .opaque: .number(String(word))
    }
  }

  /// The value of bytes; nil when they are no UTF-8 although they are text.
  ///
  /// - Throws: when a decimal is longer than any that has 38 digits.
  static func json(
    bytes: UnsafeRawBufferPointer, _ meaning: ParquetMeaning
  ) throws(ParquetFault) -> JSON? {
    switch meaning {
    case .decimal(let scale):
      guard bytes.count <= 16 else { throw .unsupported("a decimal of \(bytes.count) bytes") }
      var value: Int128 = bytes.first.map { $0 >= 0x80 ? -1 : 0 } ?? 0
      for byte in bytes { value = value << 8 | Int128(byte) }
      return .number(decimal(value, scale: scale))
    case .int96:
      let nanoseconds = Int64(
        littleEndian: bytes.loadUnaligned(fromByteOffset: 0, as: Int64.self))
      let julianDay = Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: Int32.self))
      return .string(ISOTime.timestamp(julianDay: Int(julianDay), nanoseconds: nanoseconds))
    case .half:
      let bits = UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt16.self))
      return number(Float(Float16(bitPattern: bits)))
    case .uuid: return .string(uuid(bytes))
    case .opaque: return .string(hexadecimal(bytes))
    default:
      return String(validating: bytes, as: UTF8.self).map(JSON.string)
    }
  }

  private static func number(
    _ value: some BinaryFloatingPoint & CustomStringConvertible
  ) -> JSON {
    if value.isFinite { return .number(value.description) }
    return value.isNaN ? .null : .string(value > 0 ? "Infinity" : "-Infinity")
  }

  private static func decimal(_ value: Int128, scale: Int) -> String {
    guard scale > 0 else { return String(value) }
    var digits = String(value.magnitude)
    if digits.count <= scale {
      digits = String(repeating: "0", count: scale + 1 - digits.count) + digits
    }
    return (value < 0 ? "-" : "") + digits.dropLast(scale) + "." + digits.suffix(scale)
  }

  private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }

  private static func uuid(_ bytes: UnsafeRawBufferPointer) -> String {
    [0..<4, 4..<6, 6..<8, 8..<10, 10..<16].map { hexadecimal(bytes[$0]) }.joined(separator: "-")
  }
}

/// Dates and times in ISO 8601, in the proleptic Gregorian calendar.
enum ISOTime {
  /// The date of a day counted from 1970-01-01.
  static func date(day: Int) -> String {
    // The algorithm of Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", 2013: years
    // begin in March, in eras of 400 years.
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let dayOfMonth = dayOfYear - (153 * month + 2) / 5 + 1
    let isNextYear = month >= 10
    let year = yearOfEra + era * 400 + (isNextYear ? 1 : 0)
    return yearText(year) + "-" + digits(isNextYear ? month - 9 : month + 3, 2) + "-"
      + digits(dayOfMonth, 2)
  }

  /// A time of day; what is no time within a day is wrapped into one.
  static func time(_ value: Int64, _ unit: ParquetTimeUnit) -> String {
    clock(floored(value, by: 86_400 * unit.perSecond).rest, unit)
  }

  static func timestamp(_ value: Int64, _ unit: ParquetTimeUnit, isUTC: Bool) -> String {
    let (day, rest) = floored(value, by: 86_400 * unit.perSecond)
    return date(day: Int(day)) + "T" + clock(rest, unit) + (isUTC ? "Z" : "")
  }

  static func timestamp(julianDay: Int, nanoseconds: Int64) -> String {
    let (days, rest) = floored(nanoseconds, by: 86_400 * ParquetTimeUnit.nanoseconds.perSecond)
    // Julian day 2,440,588 begins at noon before, and the format takes it for 1970-01-01.
    return date(day: julianDay - 2_440_588 + Int(days)) + "T" + clock(rest, .nanoseconds)
  }

  private static func clock(_ value: Int64, _ unit: ParquetTimeUnit) -> String {
    let (seconds, fraction) = floored(value, by: unit.perSecond)
    let second = Int(seconds)
    let text =
      "\(digits(second / 3600, 2)):\(digits(second / 60 % 60, 2)):\(digits(second % 60, 2))"
    return fraction == 0 ? text : text + "." + fractionText(Int(fraction), unit)
  }

  /// Three, six or nine digits, as few as say it.
  private static func fractionText(_ fraction: Int, _ unit: ParquetTimeUnit) -> String {
    var (fraction, count) = (fraction, unit.rawValue * 3)
    while count > 3, fraction % 1000 == 0 { (fraction, count) = (fraction / 1000, count - 3) }
    return digits(fraction, count)
  }

  /// Four digits; years beyond them with their sign, as the standard's expanded form has it.
  private static func yearText(_ year: Int) -> String {
    if (0...9999).contains(year) { return digits(year, 4) }
    return (year < 0 ? "-" : "+") + digits(abs(year), 4)
  }

  private static func digits(_ value: Int, _ count: Int) -> String {
    let text = String(value)
    return text.utf8.count >= count
      ? text : String(repeating: "0", count: count - text.utf8.count) + text
  }

  private static func floored(_ value: Int64, by divisor: Int64) -> (quotient: Int64, rest: Int64) {
    let (quotient, rest) = value.quotientAndRemainder(dividingBy: divisor)
    return rest < 0 ? (quotient - 1, rest + divisor) : (quotient, rest)
  }
}
