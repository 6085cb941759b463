import Records

/// Puts the options of exam questions into another order, the gold letters with them.
///
/// An order depends on the seed, the record's id and the number of the copy only. Questions whose
/// options speak of each other (`all of the above`, `A and C`, `以上都是`) keep theirs, and so do those
/// whose explanation is shown and names options by their letters or places.
struct OptionOrder: Sendable {
  let seed: UInt64
  /// Whether examples show the explanation.
  let showsExplanation: Bool

  /// The orders of a question's copies, all different: as many as asked for, as far as there are that
  /// many; the published one alone for a question that must keep it.
  func orders(of item: MultipleChoice, id: String, copies: Int) -> [[Int]] {
    let published = Array(item.options.indices)
    guard isFree(item) else { return [published] }
    var orders: [[Int]] = []
    var generator = SplitMix(state: StableHash.of(seed: seed, purpose: "options", id))
    let possible = published.reduce(1) { product, place in min(product * (place + 1), copies) }
    while orders.count < possible {
      let order = published.shuffled(using: &generator)
      if !orders.contains(order) { orders.append(order) }
    }
    return orders
  }

  /// Whether the options mean the same in any order.
  func isFree(_ item: MultipleChoice) -> Bool {
    !item.options.contains(where: OptionReference.isReferring)
      && !(showsExplanation && OptionReference.namesOptions(item.explanation))
  }
}

extension MultipleChoice {
  /// The question with its options in an order: `order[0]` is the published place of the first.
  func arranged(in order: [Int]) -> MultipleChoice {
    var arranged = self
    arranged.options = order.map { options[$0] }
    arranged.answers = order.indices.filter { answers.contains(order[$0]) }
    return arranged
  }
}

/// Numbers that a state decides (SplitMix64), the same on every machine.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
