/// All pairs of sets that are alike, found without sketches: the truth that tests hold the
/// MinHash bands to.
///
/// A prefix filter keeps it usable for some tens of thousands of sets: when values stand in one
/// order for all, two sets that reach the threshold share one of the first
/// `size − ⌈threshold · size⌉ + 1` values of each. The rarest stand first, so that few share them.
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
    let counts = Self.counts(of: sets)
    // By size, so that a set meets shorter ones only.
    let order = sets.indices.filter { !sets[$0].isEmpty }
      .sorted { (sets[$0].count, $0) < (sets[$1].count, $1) }
    var holders: [UInt64: [Int]] = [:]
    var pairs: [Pair] = []
    var lastSeen = [Int](repeating: -1, count: sets.count)
    for index in order {
      let set = sets[index]
      for value in prefix(of: set, counts) {
        for other in holders[value, default: []] where lastSeen[other] != index {
          lastSeen[other] = index
          guard Similarity.canReach(threshold, sets[other].count, set.count),
            Similarity.reaches(threshold, sets[other], set)
          else { continue }
          pairs.append(
            Pair(
              first: min(index, other), second: max(index, other),
              similarity: Similarity.jaccard(sets[other], set)))
        }
        holders[value, default: []].append(index)
      }
    }
    return pairs
  }

  /// How many sets hold each value.
  private static func counts(of sets: [[UInt64]]) -> [UInt64: UInt32] {
    var counts: [UInt64: UInt32] = [:]
    for set in sets {
      for value in set { counts[value, default: 0] += 1 }
    }
    return counts
  }

  /// The values by which a set is found: its rarest, of which those that no other holds find nothing.
  private func prefix(of set: [UInt64], _ counts: [UInt64: UInt32]) -> [UInt64] {
    let length =
      set.count - Int((threshold * Double(set.count) - Similarity.roundingSlack).rounded(.up)) + 1
    return set.map { (counts[$0, default: 0], $0) }.sorted { $0 < $1 }.prefix(length)
      .filter { $0.0 > 1 }.map(\.1)
  }
}
