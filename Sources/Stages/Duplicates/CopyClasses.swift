/// For each record the first record of the same digest, which stands for all of them.
struct CopyClasses {
  private var firsts: [UInt32] = []

  /// Adds records, each in a class of its own, until there are `count`.
  mutating func grow(to count: Int) {
    guard count > firsts.count else { return }
    firsts.append(contentsOf: UInt32(firsts.count)..<UInt32(count))
  }

  /// The first record of a record's class.
  func first(of record: Int) -> Int { Int(firsts[record]) }

  mutating func put(_ record: Int, withFirst first: Int) { firsts[record] = UInt32(first) }
}
