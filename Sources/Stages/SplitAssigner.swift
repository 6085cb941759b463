import Records

/// Assigns records to train, validation and test by a keyed hash of what they belong to.
///
/// Records are split by components: what shares a group key or a cluster of copies, directly or
/// through others, stays together. A component's place is drawn by the seed and the smallest digest
/// of its members' keys, so adding data moves nobody whose component stays the same, and the order
/// of reading decides nothing.
package struct SplitAssigner: Sendable {
  /// Why a record is where it is.
  package enum Assignment: Sendable, Equatable {
    case drawn(Split)
    /// The split that the corpus published it, or what it belongs to, in.
    case official(Split)
    /// Its component has another official split than its own: the record goes.
    case conflict(own: Split, component: Split)
  }

  private let seed: UInt64
  private let honoursOfficial: Bool
  /// The hashes below which a component is of each split; the last has no bound.
  private let bounds: [(split: Split, bound: UInt64?)]

  /// - Parameters:
  ///   - train: The fractions add up to 1, as the recipe's reader made sure.
  ///   - honoursOfficial: Whether published splits are kept where a corpus has them.
  package init(
    seed: UInt64, train: Double, validation: Double, test: Double, honoursOfficial: Bool = true
  ) {
    self.seed = seed
    self.honoursOfficial = honoursOfficial
    let shares = [(Split.train, train), (.validation, validation), (.test, test)]
      .filter { $0.1 > 0 }
    var sum = 0.0
    var bounds: [(split: Split, bound: UInt64?)] = []
    for (split, share) in shares.dropLast() {
      sum += share
      bounds.append((split, UInt64(exactly: (sum * 0x1p64).rounded())))
    }
    // The last takes what is left, so that no hash falls past the end by a rounding of the sum.
    self.bounds = bounds + [(shares.last?.0 ?? .train, nil)]
  }

  /// The split that a component of that smallest digest is drawn into.
  package func drawnSplit(ofKey key: Digest128) -> Split {
    var hash = StableHash()
    hash.combine(seed)
    hash.combine("split")
    hash.combine(key.high)
    hash.combine(key.low)
    let value = hash.value
    return bounds.first { $0.bound.map { value < $0 } ?? true }?.split ?? .train
  }

  /// Calls `body` with the assignment of every record, in order.
  ///
  /// Of a component with published splits all members go where its strongest says, test before
  /// validation before train; members published elsewhere are in conflict.
  ///
  /// - Parameters:
  ///   - components: The sets of records that stay together.
  ///   - key: The smallest digest of a record's keys, `splitKey(groups:id:)`; nil for a record
  ///     that is out of the build and takes no part.
  ///   - official: The split that a record was published in.
  package func assign(
    in components: UnionFind, key: (Int) -> Digest128?, official: (Int) -> Split?,
    _ body: (Int, Assignment) throws -> Void
  ) rethrows {
    var components = components
    var drafts = [Draft](repeating: Draft(), count: components.count)
    for record in 0..<components.count {
      guard let key = key(record) else { continue }
      drafts[components.find(record)].add(key, honoursOfficial ? official(record) : nil)
    }
    for record in 0..<components.count where key(record) != nil {
      let draft = drafts[components.find(record)]
      try body(record, assignment(of: draft, own: honoursOfficial ? official(record) : nil))
    }
  }

  /// What a record is split by: the smallest of its groups' digests, or its own where it has none.
  package static func splitKey(
    groups: some Sequence<Digest128>, id: Digest128
  ) -> Digest128 {
    groups.min() ?? id
  }

  private func assignment(of draft: Draft, own: Split?) -> Assignment {
    guard let official = draft.official else { return .drawn(drawnSplit(ofKey: draft.key)) }
    if let own, own != official { return .conflict(own: own, component: official) }
    return .official(official)
  }

  /// What is known of a component; empty until its first member is met.
  private struct Draft {
    var key = Digest128(high: .max, low: .max)
    var official: Split?

    mutating func add(_ key: Digest128, _ official: Split?) {
      self.key = min(self.key, key)
      guard let official else { return }
      self.official = max(self.official ?? official, official)
    }
  }
}
