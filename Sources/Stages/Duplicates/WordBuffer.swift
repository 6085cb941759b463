import CMinHash

/// The word hashes of a record's texts, and the room to make digests and shingles of them.
///
/// It keeps its room from record to record: a fingerprint costs no allocation.
struct WordBuffer: Sendable {
  /// The hashes, then room for more.
  private var hashes: [UInt64] = []
  private(set) var count = 0
  /// How many words stand before the end of each text.
  private var ends: [Int] = []
  /// How many words are letters of scripts without spaces.
  private var unspacedCount = 0
  /// The bytes of all words.
  private(set) var byteCount = 0
  private var shingles: [UInt64] = []
  private var scratch: [UInt64] = []
  private var folding = WordText()

  /// Replaces what the buffer holds by the words of `texts`.
  mutating func fill(with texts: [String]) {
    count = 0
    unspacedCount = 0
    byteCount = 0
    ends.removeAll(keepingCapacity: true)
    var folding = WordText()
    swap(&folding, &self.folding)
    for text in texts {
      folding.withFolded(text) { append($0) }
      ends.append(count)
    }
    swap(&folding, &self.folding)
  }

  private mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    // A word takes two bytes at least, its own and a boundary, and three in scripts without spaces.
    Self.grow(&hashes, to: count + text.count / 2 + 1)
    var words = count
    var unspaced = 0
    var bytes = 0
    hashes.withUnsafeMutableBufferPointer { hashes in
      WordScanner.forEachWord(in: text) { word in
        hashes[words] = word.hash
        words += 1
        bytes += word.byteCount
        if word.isUnspaced { unspaced += 1 }
      }
    }
    count = words
    unspacedCount += unspaced
    byteCount += bytes
  }

  /// The digest of the words, text by text; two chains with multipliers of their own.
  func digest() -> Digest128 { digest(ofTexts: ends.indices) }

  /// The digest of the words of some of the texts, by their places.
  func digest(ofTexts places: Range<Int>) -> Digest128 {
    var start = places.lowerBound > 0 ? ends[places.lowerBound - 1] : 0
    guard let last = places.last, ends[last] > start else { return .none }
    var high = Mix.first
    var low = Mix.third
    for end in ends[places] {
      for index in start..<end {
        high = Mix.fold(high ^ hashes[index], Mix.second)
        low = (low ^ hashes[index]) &* 0x9e37_79b9_7f4a_7c15
        low ^= low >> 29
      }
      // The number of words closes a text, so that ("a b", "c") and ("a", "b c") differ.
      high = Mix.fold(high ^ UInt64(end - start), Mix.third)
      low = (low ^ UInt64(end - start)) &* 0xbf58_476d_1ce4_e5b9
      low ^= low >> 31
      start = end
    }
    return Digest128(high: high, low: low)
  }

  /// How many words a text has, by its place.
  func wordCount(ofText place: Int) -> Int { ends[place] - (place > 0 ? ends[place - 1] : 0) }

  /// Whether shingles are counted in letters: more than half of the words are single letters of a
  /// script without spaces.
  var isUnspaced: Bool { unspacedCount * 2 > count }

  /// Appends the sorted set of the shingles of `size` words; returns how many there are.
  ///
  /// A text of fewer words is one shingle.
  mutating func appendShingles(of size: Int, to target: inout [UInt64]) -> Int {
    guard count > 0 else { return 0 }
    let total = max(1, count - size + 1)
    Self.grow(&shingles, to: total)
    Self.grow(&scratch, to: total)
    rollShingles(of: min(size, count))
    return shingles.withUnsafeMutableBufferPointer { shingles in
      scratch.withUnsafeMutableBufferPointer { scratch in
        guard let values = shingles.baseAddress, let room = scratch.baseAddress else { return 0 }
        let kept = materia_sort_unique(values, room, total)
        target.append(contentsOf: UnsafeBufferPointer(start: values, count: kept))
        return kept
      }
    }
  }

  /// Appends the sorted set of the shingles of residues; returns how many there are.
  mutating func appendShingles(
    of strands: Strands, size: Int, to target: inout [UInt64]
  ) -> Int {
    Self.grow(&shingles, to: max(1, strands.canonical.count))
    Self.grow(&scratch, to: max(1, strands.canonical.count))
    return shingles.withUnsafeMutableBufferPointer { shingles in
      scratch.withUnsafeMutableBufferPointer { scratch in
        guard let values = shingles.baseAddress, let room = scratch.baseAddress else { return 0 }
        var total = 0
        strands.forEachShingle(of: size) { hash in
          values[total] = hash
          total += 1
        }
        guard total > 0 else { return 0 }
        let kept = materia_sort_unique(values, room, total)
        target.append(contentsOf: UnsafeBufferPointer(start: values, count: kept))
        return kept
      }
    }
  }

  /// A shingle's hash is a polynomial of its words' hashes, which rolls along in two
  /// multiplications whatever the size, and a mix at the end.
  private mutating func rollShingles(of size: Int) {
    let base = Mix.third | 1
    var power: UInt64 = 1
    for _ in 0..<size { power = power &* base }
    shingles.withUnsafeMutableBufferPointer { shingles in
      var sum: UInt64 = 0
      for index in 0..<size { sum = sum &* base &+ hashes[index] }
      shingles[0] = Mix.fold(sum ^ Mix.first, Mix.second)
      for index in size..<max(size, count) {
        sum = sum &* base &+ hashes[index] &- hashes[index - size] &* power
        shingles[index - size + 1] = Mix.fold(sum ^ Mix.first, Mix.second)
      }
    }
  }

  private static func grow(_ room: inout [UInt64], to count: Int) {
    guard room.count < count else { return }
    let more = max(count, 2 * room.count) - room.count
    room.append(contentsOf: repeatElement(0, count: more))
  }
}
