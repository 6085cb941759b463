/// Byte strings → numbers, with open addressing; the strings lie one after another in one array.
struct ByteTable: Sendable {
  private struct Entry {
    var start: Int
    var length: Int
    var value: Int32
  }

  private var keys: [UInt8] = []
  private var entries: [Entry] = []
  /// The place of an entry plus one; 0 for none.
  private var slots: [UInt32]

  init(capacity: Int = 16) {
    slots = Array(repeating: 0, count: Self.slotCount(for: capacity))
    entries.reserveCapacity(capacity)
  }

  var count: Int { entries.count }

  private static func slotCount(for capacity: Int) -> Int {
    var count = 16
    while count < 2 * capacity { count *= 2 }
    return count
  }

  subscript(key: UnsafeBufferPointer<UInt8>) -> Int32? {
    var slot = Int(truncatingIfNeeded: ByteHash.of(key)) & (slots.count - 1)
    while slots[slot] != 0 {
      let entry = entries[Int(slots[slot]) - 1]
      if isKey(of: entry, key) { return entry.value }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  subscript(key: [UInt8]) -> Int32? { key.withUnsafeBufferPointer { self[$0] } }

  subscript(key: String) -> Int32? { self[Array(key.utf8)] }

  /// Enters a string; of one that is there already the number is replaced.
  mutating func insert(_ key: [UInt8], _ value: Int32) {
    if 2 * (entries.count + 1) > slots.count { grow() }
    let slot = key.withUnsafeBufferPointer { freeSlot(for: $0) }
    guard slots[slot] == 0 else {
      entries[Int(slots[slot]) - 1].value = value
      return
    }
    entries.append(Entry(start: keys.count, length: key.count, value: value))
    keys += key
    slots[slot] = UInt32(entries.count)
  }

  /// Calls `body` with every string and its number, in the order of entry.
  func forEach(_ body: (ArraySlice<UInt8>, Int32) -> Void) {
    for entry in entries { body(keys[entry.start..<entry.start + entry.length], entry.value) }
  }

  private func isKey(of entry: Entry, _ key: UnsafeBufferPointer<UInt8>) -> Bool {
    guard entry.length == key.count else { return false }
    return keys.withUnsafeBufferPointer { keys in
      for place in 0..<key.count where keys[entry.start + place] != key[place] { return false }
      return true
    }
  }

  private func freeSlot(for key: UnsafeBufferPointer<UInt8>) -> Int {
    var slot = Int(truncatingIfNeeded: ByteHash.of(key)) & (slots.count - 1)
    while slots[slot] != 0, !isKey(of: entries[Int(slots[slot]) - 1], key) {
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: 2 * slots.count)
    for (place, entry) in entries.enumerated() {
      let slot = keys.withUnsafeBufferPointer {
        freeSlot(for: UnsafeBufferPointer(rebasing: $0[entry.start..<entry.start + entry.length]))
      }
      slots[slot] = UInt32(place + 1)
    }
  }
}
