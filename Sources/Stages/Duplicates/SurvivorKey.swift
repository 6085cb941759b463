/// What says which of two copies stays: the one with the lesser key.
///
/// A total order that depends on the records alone, `keep: first` aside: references, priority,
/// licence, length, the digest of the content, that of the id. The place in the order of reading
/// parts only what shares all of these.
struct SurvivorKey: Comparable {
  private let rank: UInt64
  private let length: UInt64
  private let content: UInt64
  private let id: UInt64
  /// The entry's place in the store.
  let index: Int

  init(_ entry: FingerprintEntry, at index: Int, keep: DuplicateSettings.Keep) {
    // Higher is better in all three, so each is turned over.
    let priority = UInt64(UInt32(bitPattern: entry.priority) ^ 0x8000_0000)
    let openness = UInt64(max(0, min(entry.openness, 0xff)))
    rank = ~((entry.isReference ? 1 : 0) << 40 | priority << 8 | openness)
    length =
      switch keep {
      case .longest: ~UInt64(entry.length)
      case .shortest: UInt64(entry.length)
      case .first: UInt64(entry.ordinal)
      }
    content = (entry.exact == .none ? entry.near : entry.exact).high
    id = entry.tieBreak.high
    self.index = index
  }

  static func < (first: SurvivorKey, second: SurvivorKey) -> Bool {
    if first.rank != second.rank { return first.rank < second.rank }
    if first.length != second.length { return first.length < second.length }
    if first.content != second.content { return first.content < second.content }
    if first.id != second.id { return first.id < second.id }
    return first.index < second.index
  }
}
