import Records

/// A source's share of the dataset.
package struct MixRule: Sendable, Equatable {
  /// The most records taken; all when nil.
  package var maximumExamples: Int?
  /// How often a training record is emitted: 0.5 keeps half, 2.0 emits each twice.
  package var weight: Double
  /// How the cap is spread over strata; nil when it is not.
  package var strata: Strata?

  /// How a cap is spread over strata.
  package enum Strata: Sendable, Equatable {
    case even
    case proportional
  }

  package init(maximumExamples: Int? = nil, weight: Double = 1, strata: Strata? = nil) {
    self.maximumExamples = maximumExamples
    self.weight = weight
    self.strata = strata
  }
}

/// Chooses which records of a source are emitted, and how often, by seeded hashes of their ids.
///
/// First every record that is left is counted, then asked about. Which records a cap takes depends
/// on their ids alone: those of the smallest hashes.
package struct MixSelector: Sendable {
  /// What becomes of a record.
  package enum Decision: Sendable, Equatable {
    case emitted(copies: Int)
    case rejected(Rejection.Reason)
  }

  private let rules: [MixRule]
  private let seed: UInt64
  /// The smallest hashes of each capped source.
  private var smallest: [SmallestHashes?]
  /// The strata of each source whose cap is spread over some.
  private var strata: [MixStrata?]

  /// - Parameter rules: By the number of the source.
  package init(rules: [MixRule], seed: UInt64) {
    self.rules = rules
    self.seed = seed
    smallest = rules.map { $0.strata == nil ? $0.maximumExamples.map(SmallestHashes.init) : nil }
    strata = rules.map { $0.strata != nil && $0.maximumExamples != nil ? MixStrata() : nil }
  }

  /// Counts a record that is left after all other stages.
  package mutating func count(_ id: Digest128, ofSource source: Int, stratum: UInt64 = 0) {
    guard strata[source] != nil || smallest[source] != nil else { return }
    let hash = hash(of: id, purpose: "mix-cap")
    strata[source]?.insert(hash, stratum: stratum)
    smallest[source]?.insert(hash)
  }

  /// Spreads the caps over strata, once all records are counted.
  package mutating func settle() {
    for (source, rule) in rules.enumerated() {
      guard let cap = rule.maximumExamples else { continue }
      strata[source]?.settle(cap: cap, evenly: rule.strata == .even)
    }
  }

  /// What a record draws by where only some of its source's training examples are taken.
  package func rank(of id: Digest128) -> UInt64 { hash(of: id, purpose: "mix-share") }

  /// What becomes of a record, once all are counted.
  ///
  /// Weights bear on the training split only.
  package func decision(
    on id: Digest128, ofSource source: Int, stratum: UInt64 = 0, in split: Split
  ) -> Decision {
    if let strata = strata[source],
      !strata.holds(hash(of: id, purpose: "mix-cap"), stratum: stratum)
    {
      return .rejected(.overMixCap)
    }
    if let smallest = smallest[source], !smallest.holds(hash(of: id, purpose: "mix-cap")) {
      return .rejected(.overMixCap)
    }
    guard split == .train else { return .emitted(copies: 1) }
    let weight = rules[source].weight
    let whole = weight.rounded(.down)
    let fraction = Double(hash(of: id, purpose: "mix-weight") >> 11) * 0x1p-53
    let copies = Int(whole) + (fraction < weight - whole ? 1 : 0)
    return copies > 0 ? .emitted(copies: copies) : .rejected(.belowMixWeight)
  }

  private func hash(of id: Digest128, purpose: String) -> UInt64 {
    var hash = StableHash()
    hash.combine(seed)
    hash.combine(purpose)
    hash.combine(id.high)
    hash.combine(id.low)
    return hash.value
  }
}

/// The smallest of any number of hashes, as many as there is room for: a heap, the largest on top.
private struct SmallestHashes: Sendable {
  private let capacity: Int
  private var heap: [UInt64] = []
  private var isFull: Bool { heap.count == capacity }

  init(capacity: Int) { self.capacity = max(0, capacity) }

  /// Whether a hash that was inserted is among the smallest.
  func holds(_ hash: UInt64) -> Bool {
    guard isFull else { return true }
    return heap.first.map { hash <= $0 } ?? false
  }

  mutating func insert(_ hash: UInt64) {
    guard isFull else {
      heap.append(hash)
      siftUp(from: heap.count - 1)
      return
    }
    guard let largest = heap.first, hash < largest else { return }
    heap[0] = hash
    siftDown()
  }

  private mutating func siftUp(from place: Int) {
    var node = place
    while node > 0, heap[(node - 1) / 2] < heap[node] {
      heap.swapAt(node, (node - 1) / 2)
      node = (node - 1) / 2
    }
  }

  private mutating func siftDown() {
    var node = 0
    while true {
      var largest = node
      for child in [2 * node + 1, 2 * node + 2] where child < heap.count {
        if heap[child] > heap[largest] { largest = child }
      }
      guard largest != node else { return }
      heap.swapAt(node, largest)
      node = largest
    }
  }
}
