/// How many different things there are, from their hashes: exact up to a number, an estimate above it.
///
/// The smallest hashes are kept (k-minimum values; Bar-Yossef et al. 2002). With 32,768 of them an
/// estimate is off by about half a percent. Which hashes stay depends on neither order nor threads.
package struct DistinctCount: Sendable, Equatable {
  /// Up to how many the count is exact.
  package static let exactLimit = 1 << 15

  private var hashes: Set<UInt64> = []
  /// Hashes from here on are not among the smallest.
  private var limit = UInt64.max

  package init() {}

  package mutating func insert(_ hash: UInt64) {
    guard hash < limit else { return }
    hashes.insert(hash)
    if hashes.count >= 2 * Self.exactLimit { prune() }
  }

  package static func += (count: inout DistinctCount, other: DistinctCount) {
    count.limit = min(count.limit, other.limit)
    count.hashes.formUnion(other.hashes)
    if count.hashes.count >= 2 * Self.exactLimit { count.prune() }
  }

  /// Whether `count` is no estimate.
  package var isExact: Bool { hashes.count <= Self.exactLimit }

  package var count: Int {
    guard !isExact else { return hashes.count }
    let largest = hashes.sorted()[Self.exactLimit - 1]
    return Int((Double(Self.exactLimit - 1) / (Double(largest) * 0x1p-64)).rounded())
  }

  /// Keeps the smallest, one more than the limit so that an estimate stays one.
  private mutating func prune() {
    let smallest = hashes.sorted().prefix(Self.exactLimit + 1)
    hashes = Set(smallest)
    if let last = smallest.last { limit = last }
  }

  package static func == (first: DistinctCount, second: DistinctCount) -> Bool {
    first.count == second.count && first.isExact == second.isExact
  }
}
