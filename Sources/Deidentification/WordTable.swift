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
