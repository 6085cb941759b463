/// Invented places, streets and institutions in the form of those that they take the place of.
struct PlaceSurrogate {
  private let key: SecretKey
  private let patient: String

  init(_ key: SecretKey, _ patient: String) {
    self.key = key
    self.patient = patient
  }

  /// A street, a city or a postal code, or several of them parted by commas.
  func place(for words: String) -> String {
    var output = ""
    var part = ""
    for character in words {
      if character == "," || character.isNewline {
        output += single(part) + String(character)
        part = ""
      } else {
        part.append(character)
      }
    }
    return output + single(part)
  }

  private func single(_ part: String) -> String {
    let words = part.split(separator: " ")
    guard let first = words.first else { return part }
    let lead = String(part.prefix { $0 == " " })
    let tail = String(part.reversed().prefix { $0 == " " })
    let draw = key.number(
      "place", "\(patient)\n\(String(decoding: FoldedText.key(part), as: UTF8.self))")
    let digits = first.filter(\.isNumber).count
    let suffix = words.last { StreetWords.group(of: $0.lowercased().filter(\.isLetter)) != nil }
    if digits > 0, words.count > 1 || digits != first.count {
      return lead + "\(1 + draw % 98) "
        + LetterCase(of: words.count > 1 ? words[1] : first).applied(
          to: pick(SurrogateLists.streets, draw >> 8, not: words))
        + (suffix.map { " \($0)" } ?? "") + tail
    }
    if digits > 0 { return lead + first.map { $0.isNumber ? "0" : String($0) }.joined() + tail }
    if words.count == 1, first.count == 2, first.allSatisfy(\.isUppercase) { return part }
    let list = suffix == nil ? SurrogateLists.cities : SurrogateLists.streets
    return lead + LetterCase(of: first).applied(to: pick(list, draw, not: words))
      + (suffix.map { " \($0)" } ?? "") + tail
  }

  /// An institution, with the word for what it is.
  func organization(for words: String) -> String {
    let draw = key.number(
      "organization", "\(patient)\n\(String(decoding: FoldedText.key(words), as: UTF8.self))")
    let parts = words.split(separator: " ")
    if parts.count == 1, words.count <= 5, words.allSatisfy(\.isUppercase) {
      return String(words.indices.map { _ in "X" }.joined())
    }
    let kinds = parts.filter { Self.kinds.contains($0.lowercased()) }.joined(separator: " ")
    let name = LetterCase(of: parts.first ?? "A").applied(
      to: pick(SurrogateLists.institutions, draw, not: parts))
    return kinds.isEmpty ? name : "\(name) \(kinds)"
  }

  private static let kinds: Set<String> = [
    "hospital", "clinic", "medical", "center", "centre", "university", "school", "college",
    "health",
    "care", "nursing", "home", "hospice", "institute", "practice", "pharmacy", "laboratory",
    "rehabilitation", "church", "department", "infirmary",
  ]

  /// One of a list that none of the words is.
  private func pick(_ list: [String], _ draw: UInt64, not words: [Substring]) -> String {
    let words = Set(words.map { $0.lowercased() })
    let others = list.filter { !words.contains($0.lowercased()) }
    return others.isEmpty ? "Nowhere" : others[Int(draw % UInt64(others.count))]
  }
}
