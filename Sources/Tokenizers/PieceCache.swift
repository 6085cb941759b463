/// The tokens of pieces that were met before: text repeats its words.
///
/// It is emptied when it is full, so its room is bounded: some 12 MiB.
struct PieceCache {
  /// Longer pieces are rarely met again.
  static let longestPiece = 64
  private static let maximumEntries = 1 << 17

  private struct Entry {
    var hash: UInt64
    var key: UInt32
    var tokens: UInt32
    var length: UInt16
    var tokenCount: UInt16
  }

  private var keys: [UInt8] = []
  private var tokens: [Int32] = []
  private var entries: [Entry] = []
  /// The place of an entry plus one; 0 for none.
  private var slots = [UInt32](repeating: 0, count: 4 * maximumEntries)

  /// Appends what is known of a piece; false when nothing is.
  mutating func append(
    _ piece: UnsafeBufferPointer<UInt8>, hash: UInt64, to sink: inout TokenSink
  ) -> Bool {
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let entry = entries[Int(slots[slot]) - 1]
      if entry.hash == hash, Int(entry.length) == piece.count, isKey(entry, piece) {
        if sink.keepsIDs {
          let start = Int(entry.tokens)
          sink.append(tokens[start..<start + Int(entry.tokenCount)])
        } else {
          sink.append(count: Int(entry.tokenCount))
        }
        return true
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return false
  }

  mutating func insert(_ piece: UnsafeBufferPointer<UInt8>, hash: UInt64, _ found: [Int32]) {
    if entries.count == Self.maximumEntries { removeAll() }
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
    entries.append(
      Entry(
        hash: hash, key: UInt32(keys.count), tokens: UInt32(tokens.count),
        length: UInt16(piece.count), tokenCount: UInt16(found.count)))
    keys += piece
    tokens += found
    slots[slot] = UInt32(entries.count)
  }

  private func isKey(_ entry: Entry, _ piece: UnsafeBufferPointer<UInt8>) -> Bool {
    keys.withUnsafeBufferPointer { keys in
      let start = Int(entry.key)
      for place in 0..<piece.count where keys[start + place] != piece[place] { return false }
      return true
    }
  }

  private mutating func removeAll() {
    keys.removeAll(keepingCapacity: true)
    tokens.removeAll(keepingCapacity: true)
    entries.removeAll(keepingCapacity: true)
    for place in slots.indices { slots[place] = 0 }
  }
}
