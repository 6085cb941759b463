/// Street addresses by their form: `12 Elm Street, Apt 4`, `Calle Serrano, 27, 1 A`, `PO Box 12`,
/// `Kiannonkatu 98`, `12 rue de Kairouan`, and the line after `Address:`.
package struct StreetAddressRecognizer: IdentifierRecognizer {
  package var classes: Set<IdentifierClass> { [.location] }
  package var languages: Set<String> {
    ["en", "es", "fr", "de", "it", "pt", "nl", "da", "sv", "fi"]
  }

  package init() {}

  package func identifiers(in text: MatchText) -> [Identifier] {
    var found: [Identifier] = []
    let reader = StreetAddressReader(text: text)
    for index in text.tokens.indices where text.tokens[index].kind == .word {
      guard let address = reader.address(at: index) else { continue }
      found.append(text.identifier(.location, address.tokens, rule: address.rule))
    }
    return found
  }
}
