/// Keeps terms of several words that are no identifiers from being taken for names: countries, states,
/// and what is named after persons, as "Hong Kong", "West Virginia", "Monte Carlo".
struct TermRules {
  let bytes: [UInt8]

  func apply(to text: inout NameText) {
    for index in text.candidates.dropLast() where text.pieces[index].shape == .capital {
      let range = index..<index + 2
      guard range.upperBound <= text.pieces.count, text.isFree(range),
        text.pieces[index + 1].shape == .capital,
        text.pieces[index + 1].isSpaced
      else { continue }
      switch text.facts(of: range, in: bytes).wordClass {
      case .country, .state: text.block(range)
      case .eponym: if text.isBeforeThing(index + 1) { text.block(range) }
      default: continue
      }
    }
  }
}
