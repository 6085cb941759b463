/// Brings the shares of bins within a tolerance, moving as few components as it can.
///
/// Chance draws the bins first. As long as the shares it leads to are within the tolerance, nobody
/// is moved, and adding data moves nobody. Else components go, the largest first, from bins that
/// have too much to the one that lacks most, each only when that brings the shares nearer; their
/// order depends on their sizes and keys alone. Components of different strata are balanced apart.
struct SplitBalance {
  /// A component of records that stay together.
  struct Component {
    var key: Digest128
    var size: Int
    var stratum: Digest128
    var bin: Int
  }

  /// The share of each bin.
  let shares: [Double]
  /// How far a share may be off.
  let tolerance: Double

  /// Enough passes for any data met so far; each ends when nothing moves.
  private static let maximumPasses = 64

  /// Moves components between bins.
  func balance(_ components: inout [Component]) {
    let order = components.indices.sorted { one, two in
      let (first, second) = (components[one], components[two])
      if first.stratum != second.stratum { return first.stratum < second.stratum }
      if first.size != second.size { return first.size > second.size }
      return first.key < second.key
    }
    var start = 0
    while start < order.count {
      let stratum = components[order[start]].stratum
      let end =
        order[start...].firstIndex { components[$0].stratum != stratum } ?? order.endIndex
      balance(&components, Array(order[start..<end]))
      start = end
    }
  }

  /// Balances the components of a stratum, which stand by size.
  private func balance(_ components: inout [Component], _ order: [Int]) {
    let total = order.reduce(0) { $0 + components[$1].size }
    // How many records each bin has above its share; below, when negative.
    var excess = shares.map { -$0 * Double(total) }
    for place in order { excess[components[place].bin] += Double(components[place].size) }
    // A stratum of a few records cannot be nearer than one of them.
    let allowed = max(1, tolerance * Double(total))
    for _ in 0..<Self.maximumPasses {
      var isMoved = false
      for place in order {
        guard excess.contains(where: { abs($0) > allowed + 1e-9 }) else { return }
        let bin = components[place].bin
        let size = Double(components[place].size)
        guard let target = excess.indices.min(by: { excess[$0] < excess[$1] }),
          excess[bin] > 0, excess[target] < 0, size < excess[bin] - excess[target] - 1e-9,
          abs(excess[bin] - size) + abs(excess[target] + size)
            < excess[bin] - excess[target] - 1e-9
        else { continue }
        components[place].bin = target
        excess[bin] -= size
        excess[target] += size
        isMoved = true
      }
      if !isMoved { return }
    }
  }
}
