/// Compares the records of a band's bucket and joins those that are truly alike.
struct BandJoin {
  let threshold: Double
  var maximumComparisons = 1024
  /// Where the pairs that are alike go; nil where it only matters what is joined.
  private let pairs: SimilarPairs?
  private let keep: DuplicateSettings.Keep
  private let store: FingerprintStore
  private var unlike = PairCache()
  private var alike: PairCache?

  /// In a crowded bucket every member is also compared with so many of those that would survive.
  private static let headCount = 64

  init(
    threshold: Double, store: FingerprintStore, pairs: SimilarPairs?,
    keep: DuplicateSettings.Keep
  ) {
    self.threshold = threshold
    self.store = store
    self.pairs = pairs
    self.keep = keep
    alike = pairs == nil ? nil : PairCache()
  }

  /// A member of a bucket with what its place in the bucket goes by.
  private struct Member {
    var index: Int
    var entry: FingerprintEntry
  }

  /// Compares the members of a bucket, at least two, and joins those that are alike.
  ///
  /// Pairs that were compared in another band are passed over, and where no pairs are wanted those
  /// that are joined already; neither changes what is found in the end.
  mutating func join(_ indices: [Int], in sets: inout UnionFind) throws {
    if indices.count == 2 {
      guard !isSettled(indices[0], indices[1], in: &sets) else { return }
    }
    let members = try sorted(indices)
    for (place, first) in members.enumerated() {
      let end = min(members.count, place + 1 + maximumComparisons)
      for second in members[(place + 1)..<end] {
        // Members stand by size, so that those that follow are only longer.
        guard canReach(first, second) else { break }
        try compare(first, second, in: &sets)
      }
    }
    if pairs != nil, members.count > maximumComparisons + 1 { try joinHeads(members, in: &sets) }
  }

  /// Compares all with those that would survive, so that one of them is what a crowd goes for.
  private mutating func joinHeads(_ members: [Member], in sets: inout UnionFind) throws {
    let keys = members.indices.map {
      (SurvivorKey(members[$0].entry, at: members[$0].index, keep: keep), $0)
    }
    for (_, head) in keys.sorted(by: { $0.0 < $1.0 }).prefix(Self.headCount) {
      for other in members where other.index != members[head].index {
        guard canReach(members[head], other) else { continue }
        try compare(members[head], other, in: &sets)
      }
    }
  }

  private func canReach(_ first: Member, _ second: Member) -> Bool {
    Similarity.canReach(
      threshold, Int(first.entry.shingleCount), Int(second.entry.shingleCount))
  }

  private mutating func isSettled(_ first: Int, _ second: Int, in sets: inout UnionFind) -> Bool {
    (alike?.contains(first, second) ?? sets.areJoined(first, second))
      || unlike.contains(first, second)
  }

  /// By number of shingles, then by digest: an order that content alone decides.
  private func sorted(_ indices: [Int]) throws -> [Member] {
    let members = try indices.map { Member(index: $0, entry: try store.entry($0)) }
    return members.sorted {
      $0.entry.shingleCount == $1.entry.shingleCount
        ? $0.entry.near < $1.entry.near : $0.entry.shingleCount < $1.entry.shingleCount
    }
  }

  private mutating func compare(
    _ first: Member, _ second: Member, in sets: inout UnionFind
  ) throws {
    guard !isSettled(first.index, second.index, in: &sets) else { return }
    // What references have in common is nobody's concern.
    if first.entry.isReference, second.entry.isReference { return }
    let one = try store.shingles(of: first.index, first.entry)
    let two = try store.shingles(of: second.index, second.entry)
    if Similarity.reaches(threshold, one, two) {
      sets.join(first.index, second.index)
      alike?.insert(first.index, second.index)
      try pairs?.append(first.index, second.index)
    } else {
      unlike.insert(first.index, second.index)
    }
  }
}

/// Pairs whose comparison has been made, as many as there is room for: a new pair takes the place of
/// an older one, which at worst is compared again.
private struct PairCache {
  private var pairs = [UInt64](repeating: .max, count: 1 << 20)

  func contains(_ first: Int, _ second: Int) -> Bool {
    let pair = Self.pair(first, second)
    return pairs[place(of: pair)] == pair
  }

  mutating func insert(_ first: Int, _ second: Int) {
    let pair = Self.pair(first, second)
    pairs[place(of: pair)] = pair
  }

  private func place(of pair: UInt64) -> Int {
    Int(Mix.fold(pair ^ Mix.first, Mix.second) >> 44)
  }

  private static func pair(_ first: Int, _ second: Int) -> UInt64 {
    UInt64(min(first, second)) << 32 | UInt64(max(first, second))
  }
}
