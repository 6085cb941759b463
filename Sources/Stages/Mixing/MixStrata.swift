/// A cap spread over the strata of a source: which hashes of each stratum are taken.
///
/// First every record's hash is counted, then the cap is spread, then hashes are asked about. Within a
/// stratum the smallest hashes are taken, so that more records in one stratum change no choice within
/// another but by how many it takes.
struct MixStrata: Sendable {
  private var hashes: [UInt64: [UInt64]] = [:]
  /// The largest hash that is taken of each stratum; none for a stratum that gives nothing.
  private var limits: [UInt64: UInt64] = [:]

  mutating func insert(_ hash: UInt64, stratum: UInt64) {
    hashes[stratum, default: []].append(hash)
  }

  /// Spreads a cap, evenly or in proportion to the strata's sizes, and forgets the hashes.
  mutating func settle(cap: Int, evenly: Bool) {
    let strata = hashes.keys.sorted()
    let sizes = strata.map { hashes[$0]?.count ?? 0 }
    let quotas = Apportionment.quotas(
      of: cap, over: sizes, weights: evenly ? sizes.map { $0 > 0 ? 1 : 0 } : sizes.map(Double.init))
    for (stratum, quota) in zip(strata, quotas) where quota > 0 {
      limits[stratum] = hashes[stratum]?.sorted()[quota - 1]
    }
    hashes = [:]
  }

  func holds(_ hash: UInt64, stratum: UInt64) -> Bool {
    limits[stratum].map { hash <= $0 } ?? false
  }
}

/// Whole numbers that share a total by weights and exceed no limit.
enum Apportionment {
  /// The shares: what one cannot take goes to the others, and what is left over by rounding to the
  /// largest fractions, the first of equal ones.
  static func quotas(of total: Int, over limits: [Int], weights: [Double]) -> [Int] {
    var quotas = [Int](repeating: 0, count: limits.count)
    var open = Set(limits.indices.filter { weights[$0] > 0 && limits[$0] > 0 })
    var left = min(total, open.reduce(0) { $0 + limits[$1] })
    // Whoever would get more than there is takes all of it, until nobody does.
    while !open.isEmpty {
      let sum = open.sorted().reduce(0) { $0 + weights[$1] }
      let full = open.filter { Double(left) * weights[$0] / sum >= Double(limits[$0]) }
      guard !full.isEmpty else { break }
      for place in full { quotas[place] = limits[place] }
      left -= full.reduce(0) { $0 + limits[$1] }
      open.subtract(full)
    }
    let order = open.sorted()
    let sum = order.reduce(0) { $0 + weights[$1] }
    let exact = order.map { Double(left) * weights[$0] / sum }
    for (place, share) in zip(order, exact) { quotas[place] = Int(share) }
    let rest = left - exact.reduce(0) { $0 + Int($1) }
    let ranked = order.indices.sorted {
      let (first, second) = (
        exact[$0] - exact[$0].rounded(.down), exact[$1] - exact[$1].rounded(.down)
      )
      return first == second ? $0 < $1 : first > second
    }
    for place in ranked.prefix(max(0, rest)) { quotas[order[place]] += 1 }
    return quotas
  }
}
