/// Finds the copies among any number of records, on keys only and in bounded memory.
///
/// Three kinds of key are shuffled in one external sort: the digest of the exact fields, the digest
/// of the near fields, and the MinHash bands. In this order, then:
///
/// 1. records with equal exact fields are joined, and one of each such class goes on;
/// 2. records with equal near fields are joined, and one of each such class goes on, so that no
///    copied sentence fills a band's bucket;
/// 3. records that share a band are compared by the true Jaccard similarity of their shingles, and
///    joined when it reaches the threshold.
///
/// A cluster is what is joined directly or through others (single linkage). Which records stay
/// depends neither on threads nor, `keep: first` aside, on the order of reading.
package final class DuplicateFinder {
  private let settings: DuplicateSettings
  private let order: SurvivorOrder
  private let folder: String
  private let memoryBytes: Int
  private let store: FingerprintStore
  private var keys: SortedRuns?
  private var sets = UnionFind()
  /// Entries that take no further part: copies of one that does, and excluded records.
  private var hidden: [Bool] = []
  private var lastOrdinal = -1

  /// - Parameters:
  ///   - workFolder: Where the index lives while the finder does; it must exist.
  ///   - memoryBytes: The most that the finder's buffers take together. A bit over 5 bytes a record
  ///     come on top.
  package init(
    settings: DuplicateSettings, workFolder: String, memoryBytes: Int
  ) throws {
    self.settings = settings
    self.folder = workFolder
    self.memoryBytes = memoryBytes
    order = SurvivorOrder(keep: settings.keep)
    store = try FingerprintStore(folder: workFolder, cacheBytes: memoryBytes / 8)
    keys = SortedRuns(
      folder: workFolder, name: "duplicate-keys", memoryBytes: memoryBytes / 8 * 7)
  }

  /// How many fingerprints were added.
  package var count: Int { store.count }

  /// Adds a part; parts come in ascending order of their records.
  ///
  /// - Parameter ordinalBase: What is added to the part's ordinals.
  package func add(_ part: FingerprintPart, ordinalBase: Int = 0) throws {
    guard let keys else { preconditionFailure("fingerprints added after the clusters were read") }
    let first = try store.append(part, ordinalBase: ordinalBase)
    sets.grow(to: store.count)
    hidden.append(contentsOf: repeatElement(false, count: part.count))
    var band = 0
    let bands = settings.near?.banding.bands ?? 0
    for (offset, entry) in part.entries.enumerated() {
      let ordinal = entry.ordinal + ordinalBase
      precondition(ordinal > lastOrdinal, "fingerprints are added in ascending order")
      lastOrdinal = ordinal
      let index = first + offset
      if entry.exact != .none { try keys.append(Key.exact.keyed(entry.exact.high, index)) }
      if entry.near != .none { try keys.append(Key.near.keyed(entry.near.high, index)) }
      guard entry.shingleCount > 0 else { continue }
      for key in part.bandKeys[band..<band + bands] {
        try keys.append(Key.band.keyed(key, index))
      }
      band += bands
    }
  }

  /// The clusters, by their first members; to be asked once, after the last part.
  package func clusters(excluding isExcluded: ((Int) -> Bool)? = nil) throws -> [DuplicateCluster] {
    var clusters: [DuplicateCluster] = []
    try forEachCluster(excluding: isExcluded) { clusters.append($0) }
    return clusters
  }

  /// Calls `body` with every cluster, by their first members; once, after the last part.
  ///
  /// - Parameter isExcluded: Which ordinals are out of the build already: they are copies of
  ///   nothing.
  package func forEachCluster(
    excluding isExcluded: ((Int) -> Bool)? = nil, _ body: (DuplicateCluster) throws -> Void
  ) throws {
    guard let keys else { preconditionFailure("the clusters are read once") }
    if let isExcluded {
      try store.forEachEntry { index, entry in hidden[index] = isExcluded(entry.ordinal) }
    }
    var join = BandJoin(threshold: settings.near?.threshold ?? 1, store: store)
    join.maximumComparisons = settings.near?.maximumComparisons ?? 1
    try keys.forEachGroup(where: { !hidden[$0] }) { key, members in
      guard members.count > 1 else { return }
      switch Key(of: key) {
      case .exact: try joinEqual(members, by: \.exact)
      case .near: try joinEqual(members, by: \.near)
      case .band: try join.join(members, in: &sets)
      }
    }
    self.keys = nil
    try report(body)
  }

  /// Joins members of equal digest and hides all but the one that stays.
  private func joinEqual(
    _ members: [Int], by digest: KeyPath<FingerprintEntry, Digest128>
  ) throws {
    // Nearly always one class: other digests share the 62 bits of the key by accident only.
    var classes: [(index: Int, entry: FingerprintEntry)] = []
    for index in members {
      let entry = try store.entry(index)
      let place = classes.firstIndex {
        $0.entry[keyPath: digest] == entry[keyPath: digest]
      }
      guard let place else {
        classes.append((index, entry))
        continue
      }
      sets.join(classes[place].index, index)
      if order.prefers(entry, to: classes[place].entry) {
        hidden[classes[place].index] = true
        classes[place] = (index, entry)
      } else {
        hidden[index] = true
      }
    }
  }

  private func report(_ body: (DuplicateCluster) throws -> Void) throws {
    let members = SortedRuns(
      folder: folder, name: "duplicate-members", memoryBytes: memoryBytes / 8 * 7)
    for index in 0..<sets.count {
      let root = sets.find(index)
      if root != index { try members.append(KeyedOrdinal(key: UInt64(root), ordinal: index)) }
    }
    var id = 0
    try members.forEachGroup { root, others in
      try body(cluster(id, of: [Int(root)] + others))
      id += 1
    }
  }

  private func cluster(_ id: Int, of members: [Int]) throws -> DuplicateCluster {
    let entries = try members.map { try store.entry($0) }
    var best = 0
    for place in entries.indices.dropFirst() where order.prefers(entries[place], to: entries[best])
    { best = place }
    let kept = entries[best]
    let shingles = try store.shingles(of: members[best], kept)
    var copies: [DuplicateCluster.Copy] = []
    for (index, entry) in zip(members, entries) where entry.ordinal != kept.ordinal {
      let isExact = entry.exact == kept.exact && entry.exact != .none
      let isEqual = isExact || entry.near == kept.near
      let similarity =
        try isEqual ? 1 : Similarity.jaccard(shingles, store.shingles(of: index, entry))
      copies.append(
        DuplicateCluster.Copy(
          ordinal: entry.ordinal, kind: isExact ? .exact : .near, similarity: similarity))
    }
    return DuplicateCluster(id: id, kept: kept.ordinal, copies: copies)
  }
}

/// What a key of the sort stands for: the upper two bits, so that exact keys come before near ones
/// and both before the bands.
private enum Key: UInt64 {
  case exact = 0
  case near = 1
  case band = 2

  init(of key: UInt64) { self = Key(rawValue: key >> 62) ?? .band }

  func keyed(_ hash: UInt64, _ index: Int) -> KeyedOrdinal {
    KeyedOrdinal(key: rawValue << 62 | hash >> 2, ordinal: index)
  }
}
