/// The shingles of held-out examples, for an exact join: every pair that reaches a similarity is
/// found, and every pair found is verified.
///
/// It needs no sketches because held-out sets are small and most of what is held against them
/// shares next to nothing with them. A set whose shingles mostly do not occur in the index at all
/// is done with after a few look-ups. For the others holds: a set of `n` shingles that shares
/// `⌈t · n⌉` of them with another has one of those among any `n − ⌈t · n⌉ + 1` of its own, so that
/// only the holders of that many, the rarest, are compared.
package struct ShingleIndex: Sendable {
  /// A match of a set with a set of the index.
  package struct Match: Sendable, Equatable {
    package var row: Int
    package var similarity: Double
  }

  /// What a search needs room for; one for each task.
  package struct Scratch: Sendable {
    fileprivate var known: [(count: UInt32, place: Int)] = []
    fileprivate var seen: Set<UInt32> = []

    package init() {}
  }

  private let rows: [[UInt64]]
  /// The different shingles; where the holders of each begin; the holders.
  private let keys: [UInt64]
  private let starts: [UInt32]
  private let holders: [UInt32]
  /// Places in `keys` plus 1, by hash; 0 for none.
  private var table: [UInt32]

  /// The bytes that a set takes in the index.
  package static func byteCount(ofShingles count: Int) -> Int { count * 44 + 64 }

  /// Makes an index of sorted sets, numbered by their places.
  package init(_ sets: [[UInt64]]) {
    rows = sets
    let total = sets.reduce(0) { $0 + $1.count }
    var pairs = [KeyedOrdinal]()
    pairs.reserveCapacity(2 * total)
    for (row, set) in sets.enumerated() {
      for shingle in set { pairs.append(KeyedOrdinal(key: shingle, ordinal: row)) }
    }
    pairs.append(contentsOf: repeatElement(KeyedOrdinal(key: 0, ordinal: 0), count: total))
    pairs.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      KeyedOrdinal.sort(base, scratch: base + total, count: total)
    }
    var keys: [UInt64] = []
    var starts: [UInt32] = []
    var holders = [UInt32]()
    holders.reserveCapacity(total)
    for pair in pairs[..<total] {
      if keys.last != pair.key {
        keys.append(pair.key)
        starts.append(UInt32(holders.count))
      }
      holders.append(UInt32(pair.ordinal))
    }
    starts.append(UInt32(total))
    self.keys = keys
    self.starts = starts
    self.holders = holders
    table = Self.table(of: keys)
  }

  private static func table(of keys: [UInt64]) -> [UInt32] {
    var size = 16
    while size < 2 * keys.count { size *= 2 }
    var table = [UInt32](repeating: 0, count: size)
    for (place, key) in keys.enumerated() {
      var slot = Int(truncatingIfNeeded: key) & (size - 1)
      while table[slot] != 0 { slot = (slot + 1) & (size - 1) }
      table[slot] = UInt32(place + 1)
    }
    return table
  }

  /// The place of a shingle among the keys; nil for one that no set of the index has.
  private func place(of shingle: UInt64) -> Int? {
    let mask = table.count - 1
    var slot = Int(truncatingIfNeeded: shingle) & mask
    while table[slot] != 0 {
      let place = Int(table[slot]) - 1
      if keys[place] == shingle { return place }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// Calls `body` with every set of the index whose similarity to `set`, sorted, is `least` or more.
  ///
  /// - Returns: how many pairs were compared.
  @discardableResult
  package func forEachMatch(
    of set: [UInt64], least: Double, using scratch: inout Scratch,
    where isWanted: (Int) -> Bool = { _ in true }, _ body: (Match) -> Void
  ) -> Int {
    guard !set.isEmpty, !keys.isEmpty else { return 0 }
    let needed = Int((least * Double(set.count) - Similarity.roundingSlack).rounded(.up))
    let spare = set.count - max(1, needed)
    scratch.known.removeAll(keepingCapacity: true)
    var missing = 0
    for shingle in set {
      if let place = place(of: shingle) {
        scratch.known.append((starts[place + 1] - starts[place], place))
      } else {
        missing += 1
        guard missing <= spare else { return 0 }
      }
    }
    // The rarest first; those that nobody has are rarer still, and counted.
    scratch.known.sort { $0.count == $1.count ? $0.place < $1.place : $0.count < $1.count }
    scratch.seen.removeAll(keepingCapacity: true)
    var compared = 0
    for (_, place) in scratch.known.prefix(spare + 1 - missing) {
      for row in holders[Int(starts[place])..<Int(starts[place + 1])]
      where isWanted(Int(row)) && scratch.seen.insert(row).inserted {
        let other = rows[Int(row)]
        guard Similarity.canReach(least, other.count, set.count) else { continue }
        compared += 1
        guard Similarity.reaches(least, set, other) else { continue }
        body(Match(row: Int(row), similarity: Similarity.jaccard(set, other)))
      }
    }
    return compared
  }
}
