/// Names after the labels of forms in languages whose names no list knows: `Apellidos: Soto Lara.`,
/// `Nom : Petit`, `氏名：山田 太郎`, `姓名：王芳`.
package struct NameLabelRecognizer: IdentifierRecognizer {
  package var classes: Set<IdentifierClass> { [.name] }
  package var languages: Set<String> { ["es", "fr", "de", "it", "ja", "zh"] }

  package init() {}

  package func identifiers(in text: MatchText) -> [Identifier] {
    text.tokens.indices.compactMap { index in
      guard text.tokens[index].kind == .word, text.isMark(index + 1, ":"),
        let last = last(after: index, in: text)
      else { return nil }
      return text.identifier(.name, index + 2...last, rule: "name-with-label")
    }
  }

  /// The last token of the name after a label and its colon.
  private func last(after label: Int, in text: MatchText) -> Int? {
    if Self.labels.contains(text.key(label)) { return capitalizedEnd(from: label + 2, in: text) }
    guard text.isIdeographic(label), isIdeographicLabel(label, in: text) else { return nil }
    return ideographicEnd(from: label + 2, in: text)
  }

  /// At most six words, with small ones such as `de la` between.
  private func capitalizedEnd(from first: Int, in text: MatchText) -> Int? {
    guard text.isCapitalized(first) else { return nil }
    var last = first
    var place = first
    while place < first + 8 {
      if text.isCapitalized(place) {
        // The next label on the line is no name.
        guard !text.isMark(place + 1, ":") else { break }
        last = place
      } else if !PlaceWords.particles.contains(text.key(place)), !text.isMark(place, in: "-'"),
        !isInitialPoint(place, in: text)
      {
        break
      }
      place += 1
    }
    return text.isMark(first + 1, ":") ? nil : last
  }

  /// The point of `Dr.` and of initials.
  private func isInitialPoint(_ index: Int, in text: MatchText) -> Bool {
    text.isMark(index, ".") && text.length(index - 1) <= 3 && text.isCapitalized(index + 1)
  }

  /// One or two words of at most eight characters together.
  private func ideographicEnd(from first: Int, in text: MatchText) -> Int? {
    guard text.isIdeographic(first), text.length(first) <= 24 else { return nil }
    let isSecond =
      text.isIdeographic(first + 1) && text.length(first) <= 12 && text.length(first + 1) <= 12
    return isSecond ? first + 1 : first
  }

  private func isIdeographicLabel(_ index: Int, in text: MatchText) -> Bool {
    let word = text.bytes[text.tokens[index].range]
    return Self.ideographicLabels.contains { word.hasSuffix($0) }
  }

  private static let labels = WordSet(
    """
    nombre nombres apellido apellidos nom prenom noms vorname nachname familienname nome cognome
    sobrenome medico medica medecin arzt
    """)
  private static let ideographicLabels = [
    "氏名", "患者名", "名前", "姓名", "主治医", "担当医", "医師名", "主治医师", "经治医师", "联系人", "家属",
  ]
}
