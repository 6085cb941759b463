import Records

/// The hashes of one or several benchmarks: sorted arrays in memory, and no text.
///
/// Every hash is mixed with the index' own key, so that two indexes cannot be joined by their hashes.
/// That is no secrecy: whoever has a text can look whether it is in an index, which is its purpose.
/// An n-gram takes 12 bytes; there may be `maximumNgrams` of them, which bounds an index to 200 MB.
package struct ContaminationIndex: Sendable, Equatable {
  /// A benchmark in the index.
  package struct Benchmark: Sendable, Equatable {
    package var name: String
    /// The digest of each file it was read from, joined.
    package var sha256: String
    package var items: Int

    package init(name: String, sha256: String, items: Int = 0) {
      self.name = name
      self.sha256 = sha256
      self.items = items
    }
  }

  /// What is known of an item apart from what it is looked up by.
  struct Item: Sendable, Equatable {
    var benchmark: UInt32
    /// The id in the benchmark.
    var id: String
    var options: UInt64
    var pmid: UInt64
    var ngramCount: UInt32
    var isShort: Bool
  }

  package let key: UInt64
  /// The settings that the hashes were made with; the overlap is not among them.
  package let settings: ContaminationSettings
  package internal(set) var benchmarks: [Benchmark] = []
  var items: [Item] = []
  var ngrams = Postings()
  var inputs = Postings()
  var targets = Postings()
  /// Ids that hold across sources.
  var names = Postings()
  /// Ids without their corpus.
  var ids = Postings()

  package static let maximumNgrams = 1 << 24

  init(key: UInt64, settings: ContaminationSettings) {
    self.key = key
    self.settings = settings
  }

  /// A hash as the index holds it; nil for what is not there.
  @inline(__always)
  func keyed(_ hash: UInt64) -> UInt64 {
    hash == 0 ? 0 : Mix.fold(hash ^ key, Mix.third)
  }
}

/// Hashes with the items that have them, in the order of both.
struct Postings: Sendable, Equatable {
  private(set) var hashes: [UInt64] = []
  private(set) var items: [UInt32] = []
  /// Where the hashes of each leading 16 bits begin; the last is their number.
  private var starts: [UInt32] = []

  init() {}

  /// Sorts pairs; those that are there twice are taken once.
  init(sorting pairs: [(hash: UInt64, item: UInt32)]) {
    let sorted = pairs.sorted { ($0.hash, $0.item) < ($1.hash, $1.item) }
    hashes.reserveCapacity(sorted.count)
    items.reserveCapacity(sorted.count)
    for pair in sorted where hashes.last != pair.hash || items.last != pair.item {
      hashes.append(pair.hash)
      items.append(pair.item)
    }
    fillStarts()
  }

  /// Pairs that are in order already; nil when they are not.
  init?(hashes: [UInt64], items: [UInt32]) {
    guard hashes.count == items.count else { return nil }
    for place in hashes.indices.dropFirst()
    where (hashes[place - 1], items[place - 1]) >= (hashes[place], items[place]) { return nil }
    self.hashes = hashes
    self.items = items
    fillStarts()
  }

  /// Calls `body` with every item that has a hash, in order.
  @inline(__always)
  func forEachItem(of hash: UInt64, _ body: (UInt32) -> Void) {
    guard !hashes.isEmpty, hash != 0 else { return }
    let slot = Int(hash >> 48)
    var low = Int(starts[slot])
    let end = Int(starts[slot + 1])
    var high = end
    while low < high {
      let middle = (low + high) / 2
      if hashes[middle] < hash { low = middle + 1 } else { high = middle }
    }
    while low < end, hashes[low] == hash {
      body(items[low])
      low += 1
    }
  }

  private mutating func fillStarts() {
    guard !hashes.isEmpty else { return }
    starts = [UInt32](repeating: 0, count: (1 << 16) + 1)
    for hash in hashes { starts[Int(hash >> 48) + 1] += 1 }
    for slot in 1..<starts.count { starts[slot] += starts[slot - 1] }
  }
}
