/// Joins the records of a band's bucket that are truly alike.
struct BandJoin {
  let threshold: Double
  var maximumComparisons = 1024
  private let store: FingerprintStore
  private var verdicts = PairCache()

  init(threshold: Double, store: FingerprintStore) {
    self.threshold = threshold
    self.store = store
  }

  /// A member of a bucket with what its place in the bucket goes by.
  private struct Member {
    var index: Int
    var entry: FingerprintEntry
  }

  /// Compares the members of a bucket, at least two, and joins those that are alike.
  ///
  /// Pairs that are joined already, and pairs that were found unlike in another band, are passed
  /// over; neither changes what is joined in the end.
  mutating func join(_ indices: [Int], in sets: inout UnionFind) throws {
    if indices.count == 2 {
      guard !isSettled(indices[0], indices[1], in: &sets) else { return }
    }
    let members = try sorted(indices)
    for (place, first) in members.enumerated() {
      let end = min(members.count, place + 1 + maximumComparisons)
      for second in members[(place + 1)..<end] {
        let sizes = (Int(first.entry.shingleCount), Int(second.entry.shingleCount))
        // Members stand by size, so that those that follow are only longer.
        guard Similarity.canReach(threshold, sizes.0, sizes.1) else { break }
        guard !isSettled(first.index, second.index, in: &sets) else { continue }
        try compare(first, second, in: &sets)
      }
    }
  }

  private mutating func isSettled(_ first: Int, _ second: Int, in sets: inout UnionFind) -> Bool {
    sets.areJoined(first, second) || verdicts.contains(first, second)
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
    let one = try store.shingles(of: first.index, first.entry)
    let two = try store.shingles(of: second.index, second.entry)
    if Similarity.reaches(threshold, one, two) {
      sets.join(first.index, second.index)
    } else {
      verdicts.insert(first.index, second.index)
    }
  }
}

/// Pairs that were found unlike, as many as there is room for: a new pair takes the place of an
/// older one, which at worst is compared again.
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
