/// Codes after words that name them: `MRN: ST-998877`, `policy number 11223344`, `NHC: 41245`.
///
/// Words that have other meanings (`plan`, `case`) need a longer code, or a `#`, `:` or `number`.
/// Codes of the literature (`PMID`, `NCT…`, `GSE…`) are nobody's and stay.
package struct CuedIdentifierRecognizer: IdentifierRecognizer {
  package var classes: Set<IdentifierClass> {
    Set(IdentifierCueLists.all.map(\.kind))
  }
  package var languages: Set<String> { IdentifierCueLists.languages }

  package init() {}

  package func identifiers(in text: MatchText) -> [Identifier] {
    var found: [Identifier] = []
    let reader = CuedIdentifierReader(text: text)
    for index in text.tokens.indices where text.tokens[index].kind == .word {
      guard let cues = IdentifierCue.table[text.tokens[index].key] else { continue }
      found += reader.identifiers(at: index, cues)
    }
    return found
  }
}
