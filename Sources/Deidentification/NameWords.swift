/// Words in names that are hardly ever names themselves.
enum NameWords {
  /// What stands before or behind names and is none.
  static let titles: Set<String> = [
    "dr", "mr", "mrs", "ms", "miss", "prof", "sir", "rev", "jr", "sr", "ii", "iii", "iv", "md",
    "phd", "rn", "np", "esq", "herr", "frau", "sra", "doña", "mme", "mlle",
  ]

  /// What parts of names are joined by; alone they are no name in any text.
  static let links: Set<String> = ["of", "the", "y", "e", "and"]

  /// Parts of family names that are also words, or names of their own: `Minh Le`, `Al Di`, `Van Do`.
  static let particles: Set<String> = [
    "van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "el",
    "al", "bin", "ibn", "zu", "ter", "do", "don",
  ]

  static func isListed(_ word: String) -> Bool {
    titles.contains(word) || links.contains(word) || particles.contains(word)
  }

  /// Whether the words `DO` of a name are the degree: capitals where the rest has small letters.
  static func isDegree(_ word: String, in name: String) -> Bool {
    word.filter(\.isLetter) == "DO" && name.contains(where: \.isLowercase)
  }
}
