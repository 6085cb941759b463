/// Towns after the labels of forms: `Localidad/ Provincia: Soria.`, `City: Salem`, `出身地：…`.
package struct PlaceLabelRecognizer: IdentifierRecognizer {
  package var classes: Set<IdentifierClass> { [.location] }
  package var languages: Set<String> { ["en", "es", "fr", "de"] }

  package init() {}

  package func identifiers(in text: MatchText) -> [Identifier] {
    text.tokens.indices.compactMap { index in
      guard text.tokens[index].kind == .word, Self.labels.contains(text.tokens[index].key),
        text.isMark(index + 1, ":"), let last = last(from: index + 2, in: text)
      else { return nil }
      return text.identifier(.location, index + 2...last, rule: "place-with-label")
    }
  }

  /// The last word of at most eight on the line, before the next label or sentence.
  private func last(from first: Int, in text: MatchText) -> Int? {
    guard text.isCapitalized(first) || text.isNumber(first) else { return nil }
    var last = first
    while last < first + 8 {
      let next = text.isMark(last + 1, in: ",/(-") ? last + 2 : last + 1
      let isPlace =
        text.isCapitalized(next) || text.length(next) == 5 && text.isNumber(next)
        || PlaceWords.particles.contains(text.key(next))
      guard isPlace, !text.isMark(next + 1, ":") else { break }
      last = next
    }
    while last > first, PlaceWords.particles.contains(text.key(last)) { last -= 1 }
    return last
  }

  private static let labels = WordSet(
    """
    localidad provincia municipio poblacion ciudad city town county hometown village ville commune
    ort wohnort stadt birthplace cp
    """)
}
