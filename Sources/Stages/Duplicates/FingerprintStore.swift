import Records

/// The fingerprints of a build on disk: entries of fixed size and sets of shingles, read back one
/// at a time.
final class FingerprintStore {
  private let entries: ScratchFile
  private let shingles: ScratchFile
  private(set) var count = 0
  private var shingleCount = 0
  private let cacheLimit: Int
  private var cache: [Int: [UInt64]] = [:]
  /// The cached indices, the oldest first from `oldest` on.
  private var cacheOrder: [Int] = []
  private var oldest = 0
  private var cachedShingles = 0

  private static let entrySize = MemoryLayout<FingerprintEntry>.stride

  init(folder: String, cacheBytes: Int) throws {
    entries = try ScratchFile(in: folder, named: "fingerprint-entries")
    shingles = try ScratchFile(in: folder, named: "fingerprint-shingles")
    cacheLimit = max(1024, cacheBytes / 8)
  }

  /// Appends a part; returns the index of its first entry.
  func append(_ part: FingerprintPart, ordinalBase: Int) throws -> Int {
    var moved = part.entries
    for index in moved.indices {
      moved[index].ordinal += ordinalBase
      moved[index].firstShingle += shingleCount
    }
    try moved.withUnsafeBytes { try entries.append($0) }
    try part.shingles.withUnsafeBytes { try shingles.append($0) }
    defer {
      count += moved.count
      shingleCount += part.shingles.count
    }
    return count
  }

  func entry(_ index: Int) throws -> FingerprintEntry {
    try withUnsafeTemporaryAllocation(of: FingerprintEntry.self, capacity: 1) { buffer in
      try entries.read(into: UnsafeMutableRawBufferPointer(buffer), at: index * Self.entrySize)
      return buffer[0]
    }
  }

  /// Calls `body` with every entry and its index, in order.
  func forEachEntry(_ body: (Int, FingerprintEntry) throws -> Void) throws {
    let step = 1024
    try withUnsafeTemporaryAllocation(of: FingerprintEntry.self, capacity: step) { buffer in
      for start in stride(from: 0, to: count, by: step) {
        let filled = UnsafeMutableBufferPointer(rebasing: buffer[..<min(step, count - start)])
        try entries.read(into: UnsafeMutableRawBufferPointer(filled), at: start * Self.entrySize)
        for index in filled.indices { try body(start + index, filled[index]) }
      }
    }
  }

  /// The sorted shingles of an entry.
  func shingles(of index: Int, _ entry: FingerprintEntry) throws -> [UInt64] {
    if let set = cache[index] { return set }
    let count = Int(entry.shingleCount)
    let set = try [UInt64](unsafeUninitializedCapacity: count) { buffer, initialized in
      let room = UnsafeMutableBufferPointer(rebasing: buffer[..<count])
      try shingles.read(into: UnsafeMutableRawBufferPointer(room), at: entry.firstShingle * 8)
      initialized = count
    }
    remember(set, of: index)
    return set
  }

  /// Keeps the sets read last, within the limit: which ones are kept never changes a result.
  private func remember(_ set: [UInt64], of index: Int) {
    guard set.count <= cacheLimit / 2 else { return }
    cache[index] = set
    cacheOrder.append(index)
    cachedShingles += set.count + 16
    while cachedShingles > cacheLimit {
      cachedShingles -= (cache.removeValue(forKey: cacheOrder[oldest])?.count ?? 0) + 16
      oldest += 1
    }
    if oldest > 4096, oldest * 2 > cacheOrder.count {
      cacheOrder.removeFirst(oldest)
      oldest = 0
    }
  }
}
