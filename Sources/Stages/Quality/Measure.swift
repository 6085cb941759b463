import Records

/// Something that can be measured of a text, and bounded: a recipe's `filter` writes `min_NAME` and
/// `max_NAME`, `materia stats` tells the percentiles.
package struct Measure: Sendable {
  /// What the numbers are.
  package enum Unit: String, Sendable {
    case count
    /// A fraction in 0...1, to four decimals.
    case share
    /// A mean, to four decimals.
    case mean
  }

  /// The name in recipes, in rejections and in `materia stats`.
  package let name: String
  /// What is measured, in one line.
  package let meaning: String
  package let unit: Unit
  /// The reason of records below a minimum; nil where a minimum makes no sense.
  package let low: Rejection.Reason?
  /// The reason of records above a maximum.
  package let high: Rejection.Reason?
  /// The value of a text, or nil when the measure says nothing about it.
  private let compute: @Sendable (MeasuredText) -> Double?

  init(
    _ name: String, _ meaning: String, _ unit: Unit, low: Rejection.Reason? = nil,
    high: Rejection.Reason? = nil,
    _ compute: @escaping @Sendable (MeasuredText) -> Double?
  ) {
    self.name = name
    self.meaning = meaning
    self.unit = unit
    self.low = low
    self.high = high
    self.compute = compute
  }

  /// The measure of a text; nil for an empty one, and where the measure says nothing.
  ///
  /// Fractions are rounded to four decimals, so that what is told is what is compared.
  package func value(of text: MeasuredText) -> Double? {
    guard let value = compute(text) else { return nil }
    return unit == .count ? value : (value * 10_000).rounded() / 10_000
  }

  /// The value as rejections and tables write it: `0.4312`.
  package func text(of value: Double) -> String {
    guard unit != .count else { return String(Int(value)) }
    let scaled = Int((value * 10_000).rounded())
    let fraction = String(scaled % 10_000)
    return "\(scaled / 10_000)." + String(repeating: "0", count: 4 - fraction.utf8.count)
      + fraction
  }
}
