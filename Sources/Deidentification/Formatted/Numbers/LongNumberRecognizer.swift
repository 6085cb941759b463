/// Bare numbers of nine digits or more, and of five after `#`: no measure is written so, they are
/// someone's.
package struct LongNumberRecognizer: IdentifierRecognizer {
  package var classes: Set<IdentifierClass> { [.uniqueIdentifier] }
  package var languages: Set<String> { [] }

  package init() {}

  package func identifiers(in text: MatchText) -> [Identifier] {
    text.numbers.compactMap { index in
      let isSigned = text.isMark(index - 1, "#") && text.isAttached(index)
      guard ((isSigned ? 5 : 9)...20).contains(text.length(index)),
        !text.isInsideCode(index), !text.isContinued(index), !text.isQuantity(index),
        !isRound(index, in: text), !isPublic(index, in: text)
      else { return nil }
      return text.identifier(.uniqueIdentifier, index...index, rule: "long-number")
    }
  }

  /// Counts are round: `1000000000 copies`.
  private func isRound(_ index: Int, in text: MatchText) -> Bool {
    text.bytes[text.tokens[index].range].suffix(6).allSatisfy { $0 == 0x30 }
  }

  private func isPublic(_ index: Int, in text: MatchText) -> Bool {
    guard let word = text.wordBefore(index) else { return false }
    return PublicCodes.words.contains(text.key(word)) || PublicCodes.isAhead(at: word, in: text)
  }
}
