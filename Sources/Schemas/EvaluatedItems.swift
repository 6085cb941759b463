/// Which elements or members of one value have been judged by some keyword.
///
/// It is what the `unevaluated` keywords ask, kept only where one of these is in force.
struct EvaluatedItems {
  private(set) var isKept: Bool
  private var flags: [Bool]

  static let notKept = EvaluatedItems(isKept: false, flags: [])

  private init(isKept: Bool, flags: [Bool]) {
    self.isKept = isKept
    self.flags = flags
  }

  /// None of a value's elements or members.
  init(count: Int) { self.init(isKept: true, flags: [Bool](repeating: false, count: count)) }

  /// A new record for the same value, kept when this one is.
  var emptied: EvaluatedItems { isKept ? EvaluatedItems(count: flags.count) : self }

  subscript(index: Int) -> Bool { flags[index] }

  mutating func insert(_ index: Int) {
    if isKept { flags[index] = true }
  }

  mutating func formUnion(_ other: EvaluatedItems) {
    guard isKept, other.isKept else { return }
    for index in flags.indices where other.flags[index] { flags[index] = true }
  }
}
