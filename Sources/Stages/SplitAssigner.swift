import Records

/// Assigns records to train, validation and test by a keyed hash of what they belong to.
///
/// Records are split by components: what shares a group key or a cluster of copies, directly or
/// through others, stays together. A component's place is drawn by the seed and the smallest digest
/// of its members' keys, so adding data moves nobody whose component stays the same, and the order
/// of reading decides nothing. With a tolerance, components are moved as far as the shares ask for
/// it (`SplitBalance`), and adding data may move others.
package struct SplitAssigner: Sendable {
  /// Why a record is where it is.
  package enum Assignment: Sendable, Equatable {
    case drawn(Split)
    /// The split that the corpus published it, or what it belongs to, in.
    case official(Split)
    /// Its component has another official split than its own: the record goes.
    case conflict(own: Split, component: Split)
  }

  /// A component of one fold is of test, those of the others are of train and validation.
  package struct Folds: Sendable, Equatable {
    package var count: Int
    /// The fold that is the test split, from 0.
    package var test: Int

    package init(count: Int, test: Int) {
      self.count = count
      self.test = test
    }
  }

  private let seed: UInt64
  private let honoursOfficial: Bool
  /// The hashes below which a component is of each split; the last has no bound.
  private let bounds: [(split: Split, bound: UInt64?)]
  private let folds: Folds?
  /// How far shares may be off before components are moved; nil where chance alone decides.
  private let tolerance: Double?
  private let shares: [(split: Split, share: Double)]

  /// - Parameters:
  ///   - train: The fractions add up to 1, as the recipe's reader made sure. With folds they are of
  ///     the records outside of the test fold, and `test` is 0.
  ///   - honoursOfficial: Whether published splits are kept where a corpus has them.
  ///   - tolerance: How far the share of a split may be off before components are moved to meet it.
  package init(
    seed: UInt64, train: Double, validation: Double, test: Double, honoursOfficial: Bool = true,
    folds: Folds? = nil, tolerance: Double? = nil
  ) {
    self.seed = seed
    self.honoursOfficial = honoursOfficial
    self.folds = folds
    self.tolerance = tolerance
    shares = [(Split.train, train), (.validation, validation), (.test, test)]
      .filter { $0.1 > 0 }
    var sum = 0.0
    var bounds: [(split: Split, bound: UInt64?)] = []
    for (split, share) in shares.dropLast() {
      sum += share
      bounds.append((split, UInt64(exactly: (sum * 0x1p64).rounded())))
    }
    // The last takes what is left, so that no hash falls past the end by a rounding of the sum.
    self.bounds = bounds + [(shares.last?.split ?? .train, nil)]
  }

  /// The split that a component of that smallest digest is drawn into.
  package func drawnSplit(ofKey key: Digest128) -> Split {
    if let folds, drawnFold(ofKey: key, folds) == folds.test { return .test }
    return rest(ofKey: key)
  }

  /// The split by fractions: of all, or of what is outside of the test fold.
  private func rest(ofKey key: Digest128) -> Split {
    let value = hash(of: key, for: "split")
    return bounds.first { $0.bound.map { value < $0 } ?? true }?.split ?? .train
  }

  private func drawnFold(ofKey key: Digest128, _ folds: Folds) -> Int {
    // The upper half of a product is the hash scaled to the number of folds.
    Int(hash(of: key, for: "fold").multipliedFullWidth(by: UInt64(folds.count)).high)
  }

  private func hash(of key: Digest128, for purpose: String) -> UInt64 {
    var hash = StableHash()
    hash.combine(seed)
    hash.combine(purpose)
    hash.combine(key.high)
    hash.combine(key.low)
    return hash.value
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
  ///   - stratum: What the shares are met within each of; a component is of the stratum that most
  ///     of its records have.
  package func assign(
    in components: UnionFind, key: (Int) -> Digest128?, official: (Int) -> Split?,
    stratum: (Int) -> Digest128 = { _ in .none },
    _ body: (Int, Assignment) throws -> Void
  ) rethrows {
    var components = components
    var drafts = [Draft](repeating: Draft(), count: components.count)
    for record in 0..<components.count {
      guard let key = key(record) else { continue }
      drafts[components.find(record)].add(key, honoursOfficial ? official(record) : nil)
    }
    let moved = balanced(&components, drafts, key, stratum)
    for record in 0..<components.count where key(record) != nil {
      let root = components.find(record)
      let own = honoursOfficial ? official(record) : nil
      if drafts[root].official == nil, let split = moved[root] {
        try body(record, .drawn(split))
      } else {
        try body(record, assignment(of: drafts[root], own: own))
      }
    }
  }

  /// The splits of components that chance alone does not decide, by their first member.
  private func balanced(
    _ components: inout UnionFind, _ drafts: [Draft], _ key: (Int) -> Digest128?,
    _ stratum: (Int) -> Digest128
  ) -> [Int: Split] {
    guard let tolerance else { return [:] }
    var members: [(root: Int, stratum: Digest128)] = []
    for record in 0..<components.count where key(record) != nil {
      let root = components.find(record)
      if drafts[root].official == nil { members.append((root, stratum(record))) }
    }
    members.sort { $0.root == $1.root ? $0.stratum < $1.stratum : $0.root < $1.root }
    var roots: [Int] = []
    var drawn: [SplitBalance.Component] = []
    var start = 0
    while start < members.count {
      let root = members[start].root
      let end = members[start...].firstIndex { $0.root != root } ?? members.endIndex
      roots.append(root)
      drawn.append(
        SplitBalance.Component(
          key: drafts[root].key, size: end - start,
          stratum: Self.commonest(members[start..<end].map(\.stratum)),
          bin: bin(ofKey: drafts[root].key)))
      start = end
    }
    SplitBalance(shares: binShares, tolerance: tolerance).balance(&drawn)
    return Dictionary(
      zip(roots, drawn.map(split(of:))), uniquingKeysWith: { first, _ in first })
  }

  /// The value that stands most often among sorted ones; of equals the first.
  private static func commonest(_ values: [Digest128]) -> Digest128 {
    var best = (value: Digest128.none, count: 0)
    var start = 0
    while start < values.count {
      let end = values[start...].firstIndex { $0 != values[start] } ?? values.endIndex
      if end - start > best.count { best = (values[start], end - start) }
      start = end
    }
    return best.value
  }

  // MARK: Bins: folds, or splits

  private var binShares: [Double] {
    folds.map { folds in
      (0..<folds.count).map { _ in 1 / Double(folds.count) }
    } ?? shares.map(\.share)
  }

  private func bin(ofKey key: Digest128) -> Int {
    if let folds { return drawnFold(ofKey: key, folds) }
    let split = rest(ofKey: key)
    return shares.firstIndex { $0.split == split } ?? 0
  }

  private func split(of component: SplitBalance.Component) -> Split {
    guard let folds else { return shares[component.bin].split }
    return component.bin == folds.test ? .test : rest(ofKey: component.key)
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
