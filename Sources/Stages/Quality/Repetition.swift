/// How much of a text repeats itself, after the rules of Gopher (Rae and others 2021, table A1).
enum Repetition {
  /// The share of pieces that are copies of an earlier one.
  static func share(of pieces: [MeasuredText.Piece]) -> Double {
    guard pieces.count > 1 else { return 0 }
    var seen = HashTally(capacity: pieces.count)
    let copies = pieces.count { seen.add($0.hash) > 0 }
    return Double(copies) / Double(pieces.count)
  }

  /// The share of characters that stand in copies of an earlier piece.
  static func characterShare(of pieces: [MeasuredText.Piece]) -> Double {
    guard pieces.count > 1 else { return 0 }
    var seen = HashTally(capacity: pieces.count)
    let repeated = pieces.reduce(0) { $0 + (seen.add($1.hash) > 0 ? $1.length : 0) }
    return Double(repeated) / Double(pieces.reduce(0) { $0 + $1.length })
  }

  /// The share of the words' characters that the most frequent n-gram covers; 0 when none is repeated.
  ///
  /// Of n-grams that are equally frequent the longest counts.
  static func topShare(of words: [MeasuredText.Word], n: Int) -> Double {
    var seen = HashTally(capacity: words.count)
    var best = (count: 1, length: 0)
    NGrams.forEach(in: words, n: n) { hash, length, _ in
      let count = seen.add(hash) + 1
      if (count, length) > best { best = (count, length) }
      return false
    }
    guard best.count > 1 else { return 0 }
    return min(1, Double(best.count * best.length) / Double(characters(of: words)))
  }

  /// The share of the words' characters that stand in n-grams met before, none counted twice.
  static func repeatedShare(of words: [MeasuredText.Word], n: Int) -> Double {
    var seen = HashTally(capacity: words.count)
    var repeated = 0
    NGrams.forEach(in: words, n: n) { hash, length, _ in
      guard seen.count(of: hash) > 0 else {
        _ = seen.add(hash)
        return false
      }
      repeated += length
      return true
    }
    return repeated == 0 ? 0 : Double(repeated) / Double(characters(of: words))
  }

  private static func characters(of words: [MeasuredText.Word]) -> Int {
    words.reduce(0) { $0 + $1.length }
  }
}

/// The runs of n words of a text.
enum NGrams {
  private static let base: UInt64 = 0x9e37_79b9_7f4a_7c15

  /// Calls `body` with the hash, the characters and the place of every n-gram, in order; when it
  /// returns true, the n-grams that overlap with that one are left out.
  static func forEach(
    in words: [MeasuredText.Word], n: Int, _ body: (UInt64, Int, Int) -> Bool
  ) {
    guard n > 0, words.count >= n else { return }
    var power: UInt64 = 1
    for _ in 1..<max(1, n) { power = power &* base }
    var hash: UInt64 = 0
    var length = 0
    var next = 0
    for (place, word) in words.enumerated() {
      if place >= n {
        hash = hash &- words[place - n].hash &* power
        length -= words[place - n].length
      }
      hash = hash &* base &+ word.hash
      length += word.length
      guard place + 1 >= max(n, next + n) else { continue }
      if body(hash, length, place + 1 - n) { next = place + 1 }
    }
  }
}

/// Counts of hashes: an open table of a size known beforehand.
struct HashTally {
  private var hashes: [UInt64]
  private var counts: [UInt32]
  private let mask: Int

  /// - Parameter capacity: The most different hashes that will be added.
  init(capacity: Int) {
    var size = 16
    while size < capacity * 2 { size *= 2 }
    hashes = [UInt64](repeating: 0, count: size)
    counts = [UInt32](repeating: 0, count: size)
    mask = size - 1
  }

  /// Counts a hash; returns how often it was counted before.
  mutating func add(_ hash: UInt64) -> Int {
    let place = place(of: hash)
    hashes[place] = hash
    counts[place] += 1
    return Int(counts[place]) - 1
  }

  func count(of hash: UInt64) -> Int { Int(counts[place(of: hash)]) }

  private func place(of hash: UInt64) -> Int {
    var place = Int(truncatingIfNeeded: hash ^ hash >> 32) & mask
    while counts[place] > 0, hashes[place] != hash { place = (place + 1) & mask }
    return place
  }
}
