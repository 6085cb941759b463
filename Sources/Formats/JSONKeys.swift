/// The keys of an object on the tape, compared by their decoded text.
struct JSONKeys {
  let bytes: UnsafeRawBufferPointer
  let tape: [JSONTapeEntry]

  /// Above this many keys a hash table replaces comparing each key with each.
  private static let pairwiseLimit = 16

  /// The tape indices of the first key that repeats an earlier one, and of that earlier one.
  func firstDuplicate(of object: Int, count: Int) -> (first: Int, second: Int)? {
    count <= Self.pairwiseLimit
      ? firstDuplicatePairwise(of: object) : firstDuplicateHashed(of: object, count: count)
  }

  private func firstDuplicatePairwise(of object: Int) -> (first: Int, second: Int)? {
    var second = key(after: object + 1)
    while second < tape.count {
      var first = object + 1
      while first < second {
        if areEqual(first, second) { return (first, second) }
        first = key(after: first)
      }
      second = key(after: second)
    }
    return nil
  }

  /// Open addressing over `Hasher`.
  ///
  /// Its seed differs from run to run, so that no input can be made whose keys all collide. Only
  /// equality leaves this function, never an order.
  private func firstDuplicateHashed(of object: Int, count: Int) -> (first: Int, second: Int)? {
    var capacity = 64
    while capacity < count * 2 { capacity *= 2 }
    var slots = [UInt32](repeating: 0, count: capacity)
    var second = object + 1
    while second < tape.count {
      var slot = hash(of: second) & (capacity - 1)
      while slots[slot] != 0 {
        let first = Int(slots[slot])
        if areEqual(first, second) { return (first, second) }
        slot = (slot + 1) & (capacity - 1)
      }
      slots[slot] = UInt32(second)
      second = key(after: second)
    }
    return nil
  }

  private func key(after key: Int) -> Int { Int(tape[key + 1].next) }

  private func rawText(of key: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: bytes[Int(tape[key].start)..<Int(tape[key].end)])
  }

  private func hash(of key: Int) -> Int {
    var hasher = Hasher()
    if tape[key].hasEscapes {
      JSONText.decoded(rawText(of: key)).withUnsafeBytes { hasher.combine(bytes: $0) }
    } else {
      hasher.combine(bytes: rawText(of: key))
    }
    return hasher.finalize()
  }

  private func areEqual(_ first: Int, _ second: Int) -> Bool {
    guard tape[first].hasEscapes || tape[second].hasEscapes else {
      return rawText(of: first).elementsEqual(asMemory: rawText(of: second))
    }
    return JSONText.decoded(rawText(of: first)) == JSONText.decoded(rawText(of: second))
  }
}
