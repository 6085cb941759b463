/// How often each value of a measure occurs: percentiles without keeping the values.
///
/// Fractions are counted to four decimals, whole numbers exactly up to 4095 and above that to 11
/// significant bits, so that the room is bounded whatever is read. Adding histograms up in any order
/// gives the same one.
package struct ValueHistogram: Sendable, Equatable {
  /// The percentiles that are told, beside minimum and maximum.
  package static let percentiles = [1, 5, 10, 25, 50, 75, 90, 95, 99]

  private let isWhole: Bool
  /// Counts by value: the number itself, or ten thousand times it.
  private var counts: [Int: Int] = [:]
  package private(set) var count = 0
  package private(set) var minimum: Double?
  package private(set) var maximum: Double?

  package init(of unit: Measure.Unit) { isWhole = unit == .count }

  package mutating func add(_ value: Double) {
    counts[bin(of: value), default: 0] += 1
    count += 1
    minimum = min(minimum ?? value, value)
    maximum = max(maximum ?? value, value)
  }

  package static func += (histogram: inout ValueHistogram, other: ValueHistogram) {
    histogram.counts.merge(other.counts, uniquingKeysWith: +)
    histogram.count += other.count
    histogram.minimum = [histogram.minimum, other.minimum].compactMap { $0 }.min()
    histogram.maximum = [histogram.maximum, other.maximum].compactMap { $0 }.max()
  }

  /// The smallest values that at least so many percent of all do not exceed, in the order of
  /// `percentiles`; empty without values.
  package var quantiles: [Double] {
    guard count > 0, let maximum, let minimum else { return [] }
    let bins = counts.sorted { $0.key < $1.key }
    var place = 0
    var below = 0
    return Self.percentiles.map { percent in
      let rank = max(1, (count * percent + 99) / 100)
      while place < bins.count, below + bins[place].value < rank {
        below += bins[place].value
        place += 1
      }
      guard place < bins.count else { return maximum }
      return min(maximum, max(minimum, value(of: bins[place].key)))
    }
  }

  private func bin(of value: Double) -> Int {
    guard isWhole else { return Int((value * 10_000).rounded()) }
    let whole = Int(value)
    guard whole >= 4096 else { return whole }
    let shift = Int.bitWidth - whole.leadingZeroBitCount - 11
    return (whole >> shift) << shift
  }

  private func value(of bin: Int) -> Double { isWhole ? Double(bin) : Double(bin) / 10_000 }
}
