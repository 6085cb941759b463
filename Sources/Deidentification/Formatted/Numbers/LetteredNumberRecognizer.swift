/// Codes of capital letters, a hyphen and six digits or more, as hospitals make them: `RM-123456`.
///
/// Codes of substances under study look alike (`LY-2835219`); those of known letters stay.
package struct LetteredNumberRecognizer: IdentifierRecognizer {
  package var classes: Set<IdentifierClass> { [.uniqueIdentifier] }
  package var languages: Set<String> { [] }

  package init() {}

  package func identifiers(in text: MatchText) -> [Identifier] {
    text.numbers.compactMap { index in
      guard (6...12).contains(text.length(index)), text.isMark(index - 1, "-"),
        text.isAttached(index), text.isAttached(index - 1), isLetters(index - 2, in: text),
        !text.isInsideCode(index - 2), !text.isContinued(index)
      else { return nil }
      return text.identifier(.uniqueIdentifier, index - 2...index, rule: "lettered-number")
    }
  }

  private func isLetters(_ index: Int, in text: MatchText) -> Bool {
    guard text.isWord(index), text.length(index) <= 5, !Self.substances.contains(text.key(index)),
      !PublicCodes.isAhead(at: index, in: text), !PublicCodes.words.contains(text.key(index))
    else { return false }
    return text.bytes[text.tokens[index].range].allSatisfy { (0x41...0x5A).contains($0) }
  }

  private static let substances = WordSet(
    """
    abt azd bay bi bms cp gs gsk gw hm incb jnj ly medi mk nvp ono pd pf pha r rg ro sar sb sch skf
    tak tmc uk vx amg cep arry cc ep mln nsc su ym zd rp wy ici emd ac ch sc cgp
    """)
}
