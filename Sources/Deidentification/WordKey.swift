/// A number that stands for a word in small letters and without the accents of Latin-1, so that
/// words are looked up without making strings.
package enum WordKey {
  /// FNV-1a over the folded bytes; never 0, which stands for no word.
  package static func key(of bytes: Slice<UnsafeBufferPointer<UInt8>>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    var isAfterC3 = false
    for byte in bytes {
      if byte == 0xC3 {
        isAfterC3 = true
        continue
      }
      let plain = isAfterC3 ? latin[Int(byte & 0x3F)] : lower(byte)
      isAfterC3 = false
      hash = (hash ^ UInt64(plain)) &* 0x100_0000_01b3
    }
    return hash == 0 ? 1 : hash
  }

  /// The key of a word written in code.
  package static func key(of word: String) -> UInt64 {
    var word = word
    return word.withUTF8 { key(of: $0[...]) }
  }

  private static func lower(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }

  /// The plain small letters of U+00C0 to U+00FF.
  private static let latin: [UInt8] = Array(
    "aaaaaaaceeeeiiiidnooooo*ouuuuytsaaaaaaaceeeeiiiidnooooo*ouuuuyty".utf8)
}

/// Words with a value each, found by their keys.
package struct WordTable<Value: Sendable>: Sendable {
  /// Open addressing; 0 is a free slot.
  private var keys: [UInt64]
  private var places: [Int32]
  private var values: [Value] = []
  private let mask: Int

  /// Of a word that stands twice the first value counts.
  package init(_ words: [(String, Value)]) {
    var size = 16
    while size < words.count * 3 { size *= 2 }
    keys = Array(repeating: 0, count: size)
    places = Array(repeating: 0, count: size)
    mask = size - 1
    for (word, value) in words { insert(WordKey.key(of: word), value) }
  }

  package subscript(key: UInt64) -> Value? {
    guard key != 0 else { return nil }
    let slot = slot(of: key)
    return keys[slot] == 0 ? nil : values[Int(places[slot])]
  }

  func contains(_ key: UInt64) -> Bool { key != 0 && keys[slot(of: key)] != 0 }

  /// The slot of a key, or the free one where it would be.
  private func slot(of key: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: key &* 0x9E37_79B9_7F4A_7C15 >> 20) & mask
    while keys[slot] != key, keys[slot] != 0 { slot = (slot + 1) & mask }
    return slot
  }

  private mutating func insert(_ key: UInt64, _ value: Value) {
    let slot = slot(of: key)
    guard keys[slot] == 0 else { return }
    keys[slot] = key
    places[slot] = Int32(values.count)
    values.append(value)
  }
}

/// A set of words, looked up by their keys.
package struct WordSet: Sendable {
  private let table: WordTable<Bool>

  /// Words with blanks between them.
  package init(_ words: String) {
    table = WordTable(words.split { $0 == " " || $0 == "\n" }.map { (String($0), true) })
  }

  package func contains(_ key: UInt64) -> Bool { table.contains(key) }
}
