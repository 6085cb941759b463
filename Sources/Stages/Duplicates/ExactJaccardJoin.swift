/// All pairs of sets that are alike, found without sketches: the truth that tests hold the
/// MinHash bands to.
///
/// A prefix filter keeps it usable for some tens of thousands of sets: two sets that reach the
/// threshold share one of the first `size − ⌈threshold · size⌉ + 1` values of each.
package struct ExactJaccardJoin: Sendable {
  /// A pair of sets by their numbers, the smaller first.
  package struct Pair: Sendable, Hashable {
    package var first: Int
    package var second: Int
    package var similarity: Double
  }

  private let threshold: Double

  package init(threshold: Double) { self.threshold = threshold }

  /// The pairs among sorted sets that reach the threshold, in no particular order but a fixed one.
  package func pairs(among sets: [[UInt64]]) -> [Pair] {
    // By size, so that a set meets shorter ones only.
    let order = sets.indices.filter { !sets[$0].isEmpty }
      .sorted { (sets[$0].count, $0) < (sets[$1].count, $1) }
    var holders: [UInt64: [Int]] = [:]
    var pairs: [Pair] = []
    for index in order {
      let set = sets[index]
      var seen: Set<Int> = []
      for value in set.prefix(prefixLength(of: set.count)) {
        for other in holders[value, default: []] where seen.insert(other).inserted {
          guard Similarity.canReach(threshold, sets[other].count, set.count) else { continue }
          let similarity = Similarity.jaccard(sets[other], set)
          guard similarity >= threshold else { continue }
          pairs.append(
            Pair(first: min(index, other), second: max(index, other), similarity: similarity))
        }
        holders[value, default: []].append(index)
      }
    }
    return pairs
  }

  private func prefixLength(of size: Int) -> Int {
    size - Int((threshold * Double(size) - Similarity.roundingSlack).rounded(.up)) + 1
  }
}
