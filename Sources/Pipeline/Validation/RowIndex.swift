/// The rows met so far, by their keys: 16 bytes a line, and two tables of line numbers.
///
/// A table holds 4 bytes a slot and is at most three quarters full: 5 to 11 bytes a row each.
struct RowIndex {
  private(set) var keys: [RowChecks.Key] = []
  private var wholes = LineTable()
  private var prompts = LineTable()

  /// Notes a line; returns the first line with the same key, and the first with the same prompt.
  mutating func add(_ key: RowChecks.Key) -> (whole: Int?, prompt: Int?) {
    keys.append(key)
    guard key.whole != 0 else { return (nil, nil) }
    let line = keys.count - 1
    let whole = wholes.place(line, key.whole) { keys[$0].whole }
    guard key.prompt != 0 else { return (whole, nil) }
    return (whole, prompts.place(line, key.prompt) { keys[$0].prompt })
  }
}

/// Open addressing over line numbers, whose keys are kept elsewhere.
private struct LineTable {
  private var slots = [UInt32](repeating: .max, count: 1024)
  private var count = 0

  /// The line that was put in for a key before; nil when this one is put in.
  mutating func place(_ line: Int, _ key: UInt64, _ keyOf: (Int) -> UInt64) -> Int? {
    if count * 4 >= slots.count * 3 { grow(keyOf) }
    var slot = Int(truncatingIfNeeded: key >> 8) & (slots.count - 1)
    while slots[slot] != .max {
      let found = Int(slots[slot])
      if keyOf(found) == key { return found }
      slot = (slot + 1) & (slots.count - 1)
    }
    // Beyond four billion lines nothing is compared any more.
    guard line < Int(UInt32.max) else { return nil }
    slots[slot] = UInt32(line)
    count += 1
    return nil
  }

  private mutating func grow(_ keyOf: (Int) -> UInt64) {
    var larger = [UInt32](repeating: .max, count: slots.count * 2)
    for line in slots where line != .max {
      var slot = Int(truncatingIfNeeded: keyOf(Int(line)) >> 8) & (larger.count - 1)
      while larger[slot] != .max { slot = (slot + 1) & (larger.count - 1) }
      larger[slot] = line
    }
    slots = larger
  }
}
