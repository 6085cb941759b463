/// Finds the copies among any number of records, on keys only and in bounded memory.
///
/// Three kinds of key are shuffled in one external sort: the digest of the exact fields, the digest
/// of the near fields, and the MinHash bands. In this order, then:
///
/// 1. records with equal exact fields are joined;
/// 2. records with equal near fields are joined, and one of each such class goes on, so that no
///    copied sentence fills a band's bucket;
/// 3. records that share a band are compared by the true Jaccard similarity of their shingles, and
///    joined when it reaches the threshold.
///
/// Which of the records that are linked stay says `DuplicateSettings.Cluster`. It depends neither on
/// threads nor, `keep: first` aside, on the order of reading.
package final class DuplicateFinder {
  private let settings: DuplicateSettings
  private let folder: String
  private let memoryBytes: Int
  private let store: FingerprintStore
  private var keys: SortedRuns?
  /// What is linked directly or through others.
  private var sets = UnionFind()
  private var exactClasses = CopyClasses()
  private var nearClasses = CopyClasses()
  /// Entries that are in no bucket: twins of one that is, and excluded records.
  private var hidden: [Bool] = []
  private var lastOrdinal = -1
  /// Where the entries of references begin, which stand behind all others.
  private var firstReference = Int.max
  private let bands: Int

  /// - Parameters:
  ///   - workFolder: Where the index lives while the finder does; it must exist.
  ///   - memoryBytes: The most that the finder's buffers take together. 13 bytes a record come on
  ///     top, 20 more while it is decided who stays, and 40 for each record that has a copy.
  package init(
    settings: DuplicateSettings, workFolder: String, memoryBytes: Int
  ) throws {
    self.settings = settings
    self.folder = workFolder
    self.memoryBytes = memoryBytes
    bands = settings.near?.banding.bands ?? 0
    store = try FingerprintStore(folder: workFolder, cacheBytes: memoryBytes / 8)
    keys = SortedRuns(
      folder: workFolder, name: "duplicate-keys", memoryBytes: memoryBytes / 8 * 6)
  }

  /// How many fingerprints were added.
  package var count: Int { store.count }

  /// Adds a part; parts come in ascending order of their records, those of references last.
  ///
  /// - Parameter ordinalBase: What is added to the part's ordinals.
  package func add(_ part: FingerprintPart, ordinalBase: Int = 0) throws {
    guard let keys else { preconditionFailure("fingerprints added after the clusters were read") }
    let first = try store.append(part, ordinalBase: ordinalBase)
    sets.grow(to: store.count)
    exactClasses.grow(to: store.count)
    nearClasses.grow(to: store.count)
    hidden.append(contentsOf: repeatElement(false, count: part.count))
    var band = 0
    for (offset, entry) in part.entries.enumerated() {
      let ordinal = entry.ordinal + ordinalBase
      precondition(ordinal > lastOrdinal, "fingerprints are added in ascending order")
      lastOrdinal = ordinal
      let index = first + offset
      if entry.isReference { firstReference = min(firstReference, index) }
      if entry.exact != .none { try keys.append(Key.exact.keyed(entry.exact.high, index)) }
      if entry.near != .none { try keys.append(Key.near.keyed(entry.near.high, index)) }
      guard entry.shingleCount > 0 else { continue }
      for key in part.bandKeys[band..<band + bands] {
        try keys.append(Key.band.keyed(key, index))
      }
      band += bands
    }
  }

  /// The copies that were found.
  package struct Copies: Sendable, Equatable {
    /// By their first members.
    package var clusters: [DuplicateCluster] = []
    /// Records that stay and are linked through others that go: a split must not part them.
    package var links: [Link] = []

    package init(clusters: [DuplicateCluster] = [], links: [Link] = []) {
      self.clusters = clusters
      self.links = links
    }
  }

  /// Two records that are linked, by their ordinals.
  package struct Link: Sendable, Equatable {
    package var first: Int
    package var second: Int
  }

  /// The clusters and links; to be asked once, after the last part.
  ///
  /// - Parameter isExcluded: Which ordinals are out of the build already: they are copies of
  ///   nothing.
  package func copies(excluding isExcluded: ((Int) -> Bool)? = nil) throws -> Copies {
    guard let keys else { preconditionFailure("the copies are asked for once") }
    if let isExcluded {
      try store.forEachEntry { index, entry in
        hidden[index] = !entry.isReference && isExcluded(entry.ordinal)
      }
    }
    let pairs =
      settings.cluster == .single
      ? nil : try SimilarPairs(folder: folder, memoryBytes: memoryBytes / 8)
    try link(keys, pairs)
    self.keys = nil
    let survivors = try pairs.map(starSurvivors) ?? singleSurvivors()
    return Copies(clusters: try clusters(of: survivors), links: try links(among: survivors))
  }

  /// Joins what is alike, by its keys.
  private func link(_ keys: SortedRuns, _ pairs: SimilarPairs?) throws {
    var join = BandJoin(
      threshold: settings.near?.threshold ?? 1, store: store, pairs: pairs, keep: settings.keep)
    join.maximumComparisons = settings.near?.maximumComparisons ?? 1
    try keys.forEachGroup(where: { !hidden[$0] }) { key, members in
      guard members.count > 1 else { return }
      switch Key(of: key) {
      case .exact: try joinEqual(members, by: \.exact) { exactClasses.put($0, withFirst: $1) }
      case .near:
        try joinEqual(members, by: \.near) {
          nearClasses.put($0, withFirst: $1)
          hidden[$0] = $0 != $1
        }
      case .band: try join.join(members, in: &sets)
      }
    }
  }

  /// Joins members of equal digest; `body` is given each with the preferred one of its class.
  private func joinEqual(
    _ members: [Int], by digest: KeyPath<FingerprintEntry, Digest128>,
    _ body: (_ member: Int, _ preferred: Int) -> Void
  ) throws {
    // Nearly always one class: other digests share the 62 bits of the key by accident only.
    var classes: [(digest: Digest128, keys: [SurvivorKey])] = []
    for index in members {
      let entry = try store.entry(index)
      let key = SurvivorKey(entry, at: index, keep: settings.keep)
      if let place = classes.firstIndex(where: { $0.digest == entry[keyPath: digest] }) {
        sets.join(classes[place].keys[0].index, index)
        classes[place].keys.append(key)
      } else {
        classes.append((entry[keyPath: digest], [key]))
      }
    }
    for (_, keys) in classes {
      guard keys.count > 1, let preferred = keys.min() else { continue }
      for key in keys { body(key.index, preferred.index) }
    }
  }

  // MARK: Who stays

  private func isReference(_ index: Int) -> Bool { index >= firstReference }

  /// Which record stays in each record's place by the star rule.
  private func starSurvivors(_ pairs: SimilarPairs) throws -> [UInt32] {
    try pairs.finish()
    // The roots of sets of several.
    hidden = Array(repeating: false, count: sets.count)
    for index in 0..<sets.count {
      let root = sets.find(index)
      if root != index { hidden[root] = true }
    }
    var order: [SurvivorKey] = []
    try store.forEachEntry { index, entry in
      if hidden[sets.find(index)] {
        order.append(SurvivorKey(entry, at: index, keep: settings.keep))
      }
    }
    order.sort()
    return try StarRule(exact: exactClasses, near: nearClasses, pairs: pairs)
      .survivors(among: order, isReference: isReference, count: store.count)
  }

  /// Which record stays in each record's place where all that is linked goes for one.
  private func singleSurvivors() throws -> [UInt32] {
    var survivors = Array(UInt32(0)..<UInt32(store.count))
    try forEachSet(grouping: { sets.find($0) }) { root, others in
      let keys = try ([root] + others).map {
        SurvivorKey(try store.entry($0), at: $0, keep: settings.keep)
      }
      guard let best = keys.min() else { return }
      for key in keys where !isReference(key.index) { survivors[key.index] = UInt32(best.index) }
    }
    return survivors
  }

  /// Calls `body` with every number that others map to, ascending, and these.
  private func forEachSet(
    grouping: (Int) -> Int, _ body: (_ first: Int, _ others: [Int]) throws -> Void
  ) throws {
    let members = SortedRuns(
      folder: folder, name: "duplicate-members", memoryBytes: memoryBytes / 8 * 6)
    for index in 0..<store.count {
      let first = grouping(index)
      if first != index { try members.append(KeyedOrdinal(key: UInt64(first), ordinal: index)) }
    }
    try members.forEachGroup { try body(Int($0), $1) }
  }

  // MARK: Clusters

  private func clusters(of survivors: [UInt32]) throws -> [DuplicateCluster] {
    // A cluster is sorted by its first member, which need not be the one that stays.
    var firsts = [UInt32](repeating: .max, count: survivors.count)
    var clusters: [DuplicateCluster] = []
    let first = { (index: Int) -> Int in
      let survivor = Int(survivors[index])
      if firsts[survivor] == .max { firsts[survivor] = UInt32(index) }
      return Int(firsts[survivor])
    }
    try forEachSet(grouping: first) { first, others in
      clusters.append(
        try cluster(clusters.count, of: [first] + others, survivor: Int(survivors[first])))
    }
    return clusters
  }

  private func cluster(_ id: Int, of members: [Int], survivor: Int) throws -> DuplicateCluster {
    let kept = try store.entry(survivor)
    let shingles = try store.shingles(of: survivor, kept)
    var copies: [DuplicateCluster.Copy] = []
    for index in members where index != survivor {
      let entry = try store.entry(index)
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

  /// The records that stay beside others of what is linked with them.
  private func links(among survivors: [UInt32]) throws -> [Link] {
    var links: [Link] = []
    for index in 0..<min(store.count, firstReference) where survivors[index] == UInt32(index) {
      let root = sets.find(index)
      guard root != index, survivors[root] != UInt32(index) else { continue }
      links.append(
        Link(first: try store.entry(root).ordinal, second: try store.entry(index).ordinal))
    }
    return links
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
