import Records

/// How many training examples each source gives, so that shares and the total are as asked for.
package struct MixBalance: Sendable, Equatable {
  /// The share of all training examples that a source makes up; nil for one that gives what it has.
  package var shares: [Double?]
  /// The most training examples of all sources together.
  package var total: Int?
  /// Sources without a share divide what the total leaves them in proportion to their size to this
  /// power: 1 as they are, 0 evenly.
  package var exponent: Double

  package init(shares: [Double?], total: Int? = nil, exponent: Double = 1) {
    self.shares = shares
    self.total = total
    self.exponent = exponent
  }

  /// Whether anything is asked for.
  package var isActive: Bool { total != nil || shares.contains { $0 != nil } }

  /// The most training examples of each source.
  ///
  /// - Parameter sizes: What each has after caps and weights. No record is repeated to reach a share.
  package func quotas(of sizes: [Int]) -> [Int] {
    let free = shares.indices.filter { shares[$0] == nil && sizes[$0] > 0 }
    guard !free.isEmpty else { return sharedOnly(sizes) }
    let asked = shares.reduce(0) { $0 + ($1 ?? 0) }
    var quotas = sizes
    if let total {
      let parts = Apportionment.quotas(
        of: Int((Double(total) * (1 - asked)).rounded()), over: free.map { sizes[$0] },
        weights: free.map { power(Double(sizes[$0])) })
      for (place, part) in zip(free, parts) { quotas[place] = part }
    }
    let given = free.reduce(0) { $0 + quotas[$1] }
    for place in shares.indices {
      guard let share = shares[place] else { continue }
      quotas[place] = min(sizes[place], Int((Double(given) * share / (1 - asked)).rounded()))
    }
    return quotas
  }

  /// The quotas where every source has a share: as many as the scarcest allows.
  private func sharedOnly(_ sizes: [Int]) -> [Int] {
    let asked = shares.indices.reduce(0) { $0 + (sizes[$1] > 0 ? shares[$1] ?? 0 : 0) }
    guard asked > 0 else { return sizes }
    var whole = Double(total ?? .max)
    for place in shares.indices {
      guard let share = shares[place], sizes[place] > 0 else { continue }
      whole = min(whole, Double(sizes[place]) * asked / share)
    }
    return shares.indices.map { place in
      min(sizes[place], Int((whole * (shares[place] ?? 0) / asked).rounded()))
    }
  }

  private func power(_ size: Double) -> Double { Power.of(size, exponent) }
}
