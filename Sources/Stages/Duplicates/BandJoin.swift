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
  /// How many that would survive it each record was found to be like, as far as counted.
  private var betterCounts: [UInt16]

  /// A record that is like so many that would survive it is compared no further: that all of them
  /// go for others is next to impossible, and boilerplate would make pairs without end.
  private static let enoughBetter: UInt16 = 512

  /// In a bucket of more members each is first compared with so many of those that would survive.
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
    betterCounts = [UInt16](repeating: 0, count: pairs == nil ? 0 : store.count)
  }

  /// A member of a bucket with what its place in the bucket goes by.
  private struct Member {
    var index: Int
    var entry: FingerprintEntry
    var key: SurvivorKey
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
    if pairs != nil, members.count > Self.headCount { try joinHeads(members, in: &sets) }
    for (place, first) in members.enumerated() {
      let end = min(members.count, place + 1 + maximumComparisons)
      for second in members[(place + 1)..<end] {
        // Members stand by size, so that those that follow are only longer.
        guard canReach(first, second) else { break }
        guard !isSettled(first.index, second.index, in: &sets), !isLost(first, second) else {
          continue
        }
        try compare(first, second, in: &sets)
      }
    }
  }

  /// Compares each member of a crowd with those that would survive, the best first, up to one that it
  /// is like: what survives in the end is among them, and the crowd goes for it.
  private mutating func joinHeads(_ members: [Member], in sets: inout UnionFind) throws {
    let ranked = members.sorted { $0.key < $1.key }
    for (place, member) in ranked.enumerated() {
      for head in ranked.prefix(min(place, Self.headCount)) where canReach(head, member) {
        if alike?.contains(head.index, member.index) == true { break }
        if unlike.contains(head.index, member.index) { continue }
        if try compare(head, member, in: &sets) { break }
      }
    }
  }

  /// Whether the one of two that would go is like enough others already.
  private func isLost(_ first: Member, _ second: Member) -> Bool {
    guard !betterCounts.isEmpty else { return false }
    let loser = first.key < second.key ? second.index : first.index
    return betterCounts[loser] >= Self.enoughBetter
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
    let members = try indices.map { index in
      let entry = try store.entry(index)
      return Member(index: index, entry: entry, key: SurvivorKey(entry, at: index, keep: keep))
    }
    return members.sorted {
      $0.entry.shingleCount == $1.entry.shingleCount
        ? $0.entry.near < $1.entry.near : $0.entry.shingleCount < $1.entry.shingleCount
    }
  }

  /// Compares two and joins them when they are alike.
  ///
  /// - Returns: whether they are.
  @discardableResult
  private mutating func compare(
    _ first: Member, _ second: Member, in sets: inout UnionFind
  ) throws -> Bool {
    // What references have in common is nobody's concern.
    if first.entry.isReference, second.entry.isReference { return false }
    let one = try store.shingles(of: first.index, first.entry)
    let two = try store.shingles(of: second.index, second.entry)
    guard Similarity.reaches(threshold, one, two) else {
      unlike.insert(first.index, second.index)
      return false
    }
    sets.join(first.index, second.index)
    alike?.insert(first.index, second.index)
    try pairs?.append(first.index, second.index)
    if !betterCounts.isEmpty {
      let loser = first.key < second.key ? second.index : first.index
      betterCounts[loser] = min(Self.enoughBetter, betterCounts[loser] + 1)
    }
    return true
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
