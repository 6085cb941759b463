/// A key and who has it: what the global decisions shuffle.
package struct KeyedOrdinal: Sendable, Equatable, BitwiseCopyable {
  package var key: UInt64
  package var ordinal: UInt64

  package init(key: UInt64, ordinal: Int) {
    self.key = key
    self.ordinal = UInt64(ordinal)
  }

  /// Sorts by key, keeping the order of equal keys; `scratch` has room for `count` items.
  ///
  /// Least significant byte first. A byte that is the same in all keys costs no pass.
  static func sort(
    _ items: UnsafeMutablePointer<KeyedOrdinal>, scratch: UnsafeMutablePointer<KeyedOrdinal>,
    count: Int
  ) {
    guard count > 1 else { return }
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 8 * 256) { places in
      places.initialize(repeating: 0)
      for index in 0..<count {
        var key = items[index].key
        for digit in 0..<8 {
          places[digit << 8 | Int(key & 0xff)] &+= 1
          key >>= 8
        }
      }
      var source = items
      var target = scratch
      for digit in 0..<8 {
        let starts = UnsafeMutableBufferPointer(rebasing: places[digit << 8..<(digit + 1) << 8])
        guard !starts.contains(count) else { continue }
        accumulate(starts)
        distribute(source, to: target, count: count, shift: UInt64(digit * 8), starts)
        swap(&source, &target)
      }
      if source != items { items.update(from: source, count: count) }
    }
  }

  /// Turns the number of items per bucket into the place where each bucket begins.
  private static func accumulate(_ counts: UnsafeMutableBufferPointer<Int>) {
    var start = 0
    for bucket in counts.indices {
      let count = counts[bucket]
      counts[bucket] = start
      start += count
    }
  }

  private static func distribute(
    _ source: UnsafeMutablePointer<KeyedOrdinal>, to target: UnsafeMutablePointer<KeyedOrdinal>,
    count: Int, shift: UInt64, _ starts: UnsafeMutableBufferPointer<Int>
  ) {
    for index in 0..<count {
      let item = source[index]
      let bucket = Int((item.key >> shift) & 0xff)
      target[starts[bucket]] = item
      starts[bucket] &+= 1
    }
  }
}
