/// Numbers as people write them in settings: `0.0002`, never `2e-4`, which YAML 1.1 reads as a word.
enum DecimalText {
  /// The shortest decimal that reads back as the value, without an exponent.
  static func of(_ value: Double) -> String {
    precondition(value.isFinite, "a setting is not a number")
    let text = value.description
    guard let mark = text.firstIndex(of: "e"), let exponent = Int(text[text.index(after: mark)...])
    else { return text }
    let isNegative = text.hasPrefix("-")
    let mantissa = text[..<mark].split(separator: ".", omittingEmptySubsequences: false)
    let whole = isNegative ? mantissa[0].dropFirst() : mantissa[0]
    var fraction = mantissa.count > 1 ? String(mantissa[1]) : ""
    if fraction == "0" { fraction = "" }
    let digits = String(whole) + fraction
    let point = whole.count + exponent
    let body =
      if point <= 0 {
        "0." + String(repeating: "0", count: -point) + digits
      } else if point >= digits.count {
        digits + String(repeating: "0", count: point - digits.count) + ".0"
      } else {
        "\(digits.prefix(point)).\(digits.dropFirst(point))"
      }
    return isNegative ? "-\(body)" : body
  }

  /// The value with exactly four decimals, rounded to the nearest: `0.8125`.
  static func fourDecimals(_ value: Double) -> String {
    precondition(value.isFinite && abs(value) < 1e12, "a similarity is not a number")
    let scaled = Int((abs(value) * 10_000).rounded())
    let fraction = String(scaled % 10_000)
    let zeros = String(repeating: "0", count: 4 - fraction.count)
    return "\(value < 0 && scaled > 0 ? "-" : "")\(scaled / 10_000).\(zeros)\(fraction)"
  }
}
