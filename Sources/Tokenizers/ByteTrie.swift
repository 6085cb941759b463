/// Byte strings → numbers, walked byte by byte: for all strings that a text begins with.
struct ByteTrie: Sendable {
  /// The number of the string that ends at a node; -1 for none.
  private var values: [Int32] = [-1]
  private var table: EdgeTable
  /// Whether a string begins with a byte.
  private(set) var firstBytes = [Bool](repeating: false, count: 256)
  private(set) var isEmpty = true

  init(_ strings: [(key: [UInt8], value: Int32)]) {
    table = EdgeTable(capacity: strings.reduce(16) { $0 + $1.key.count })
    for (key, value) in strings where !key.isEmpty { insert(key, value) }
  }

  private mutating func insert(_ key: [UInt8], _ value: Int32) {
    isEmpty = false
    firstBytes[Int(key[0])] = true
    var node: UInt32 = 0
    for byte in key {
      if let next = table[node, byte] {
        node = next
      } else {
        let next = UInt32(values.count)
        values.append(-1)
        table.insert(node, byte, next)
        node = next
      }
    }
    values[Int(node)] = value
  }

  /// Calls `body` with the length and the number of every string that `text` begins with, the
  /// shortest first.
  @inline(__always)
  func forEachPrefix(
    of text: UnsafeBufferPointer<UInt8>, from start: Int, _ body: (Int, Int32) -> Void
  ) {
    var node: UInt32 = 0
    var end = start
    while end < text.count, let next = table[node, text[end]] {
      node = next
      end += 1
      let value = values[Int(node)]
      if value >= 0 { body(end - start, value) }
    }
  }

  /// The longest string that `text` begins with at a place.
  func longestPrefix(
    of text: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> (length: Int, value: Int32)? {
    guard start < text.count, firstBytes[Int(text[start])] else { return nil }
    var longest: (Int, Int32)?
    forEachPrefix(of: text, from: start) { longest = ($0, $1) }
    return longest
  }
}

/// Node and byte → node, with open addressing.
private struct EdgeTable: Sendable {
  private var keys: [UInt64]
  private var targets: [UInt32]

  init(capacity: Int = 16) {
    var size = 64
    while size < 2 * capacity { size *= 2 }
    keys = Array(repeating: .max, count: size)
    targets = Array(repeating: 0, count: size)
  }

  @inline(__always)
  subscript(node: UInt32, byte: UInt8) -> UInt32? {
    let key = UInt64(node) << 8 | UInt64(byte)
    var slot = Int(truncatingIfNeeded: ByteHash.of(key)) & (keys.count - 1)
    while keys[slot] != .max {
      if keys[slot] == key { return targets[slot] }
      slot = (slot + 1) & (keys.count - 1)
    }
    return nil
  }

  mutating func insert(_ node: UInt32, _ byte: UInt8, _ target: UInt32) {
    let key = UInt64(node) << 8 | UInt64(byte)
    var slot = Int(truncatingIfNeeded: ByteHash.of(key)) & (keys.count - 1)
    while keys[slot] != .max { slot = (slot + 1) & (keys.count - 1) }
    keys[slot] = key
    targets[slot] = target
  }
}
