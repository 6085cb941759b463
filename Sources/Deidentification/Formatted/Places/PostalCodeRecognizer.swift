/// Postal codes: `MA 02139-4307`, `ZIP: 394 13`, `SW1A 1AA`, `K1A 0B1`, `〒160-0023`.
package struct PostalCodeRecognizer: IdentifierRecognizer {
  package var classes: Set<IdentifierClass> { [.location] }
  package var languages: Set<String> { ["en", "es", "fr", "de", "ja"] }

  package init() {}

  package func identifiers(in text: MatchText) -> [Identifier] {
    var found: [Identifier] = []
    let reader = PostalCodeReader(text: text)
    for index in text.tokens.indices {
      let code: ClosedRange<Int>? =
        switch text.tokens[index].kind {
        case .word: reader.codeAfterCue(index) ?? reader.british(index) ?? reader.canadian(index)
        case .number:
          reader.afterState(index) ?? reader.zipPlus4(index) ?? reader.afterCountry(index)
            ?? reader.afterTown(index) ?? reader.beforeTown(index)
        default: nil
        }
      if let code { found.append(text.identifier(.location, code, rule: "postal-code")) }
    }
    return found
  }
}
