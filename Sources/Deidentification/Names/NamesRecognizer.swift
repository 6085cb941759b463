/// Names of persons, places below the state, hospitals and other organisations in English text.
///
/// One recognizer for all three, as "Jackson Memorial", "Jackson, Mississippi" and "Dr. Jackson" are
/// told apart by what surrounds them: rules run from the surest to the least sure, and what one has
/// taken no later one takes. States, countries and peoples by themselves are not identifiers.
package struct NamesRecognizer: IdentifierRecognizer {
  package let classes: Set<IdentifierClass> = [.name, .location, .organization]
  package let languages: Set<String> = ["en"]

  package init() {}

  package func identifiers(in text: MatchText) -> [Identifier] {
    guard !text.tokens.isEmpty else { return [] }
    var named = NameText(text)
    OrganizationRules(bytes: text.bytes).apply(to: &named)
    CueRules(bytes: text.bytes).apply(to: &named)
    TermRules(bytes: text.bytes).apply(to: &named)
    PlaceRules(bytes: text.bytes).applySure(to: &named)
    PersonRules().applyFull(to: &named)
    PlaceRules(bytes: text.bytes).apply(to: &named)
    PersonRules().apply(to: &named)
    CompanyRules().apply(to: &named)
    EchoRules(bytes: text.bytes).apply(to: &named)
    return named.findings.map { identifier($0, in: named, of: text) }
  }

  private func identifier(
    _ finding: NameFinding, in named: NameText, of text: MatchText
  ) -> Identifier {
    let first = named.pieces[finding.pieces.lowerBound].range
    let last = named.pieces[finding.pieces.upperBound - 1].range
    return Identifier(
      finding.kind, text.origin(of: first.lowerBound..<last.upperBound), rule: finding.rule)
  }
}
