/// Invented names in the form of those that they take the place of.
///
/// A keyed turn of the alphabet for each patient decides the first letters, so that `J. Smith` and
/// `John Smith` stay one person.
struct NameSurrogate {
  private let key: SecretKey
  private let patient: String
  private let letters: [Character: Character]

  init(_ key: SecretKey, _ patient: String) {
    self.key = key
    self.patient = patient
    let alphabet = Array(SurrogateLists.initials)
    let turned = alphabet.map { ($0, key.number("initial", "\(patient)\n\($0)")) }
      .sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map(\.0)
    letters = Dictionary(uniqueKeysWithValues: zip(alphabet, turned))
  }

  func surrogate(for words: String) -> String {
    let pieces = Self.pieces(of: words)
    let last = pieces.lastIndex { Self.isName($0) && $0.count > 1 }
    var output = ""
    for (place, piece) in pieces.enumerated() {
      guard Self.isName(piece),
        !(piece.lowercased() == "s" && place > 0 && "'’".contains(pieces[place - 1]))
      else {
        output += piece
        continue
      }
      output += name(for: piece, isFamily: place == last)
    }
    return output
  }

  /// Runs of letters, and what stands between them.
  private static func pieces(of words: String) -> [String] {
    var pieces: [String] = []
    for character in words {
      if let last = pieces.last?.last, last.isLetter == character.isLetter, character.isLetter {
        pieces[pieces.count - 1].append(character)
      } else {
        pieces.append(String(character))
      }
    }
    return pieces
  }

  private static func isName(_ piece: String) -> Bool {
    guard piece.first?.isLetter == true else { return false }
    return !kept.contains(piece.lowercased())
  }

  /// Titles and particles stay.
  private static let kept: Set<String> = [
    "dr", "mr", "mrs", "ms", "miss", "prof", "jr", "sr", "ii", "iii", "md", "phd", "rn", "np", "do",
    "van", "von", "der", "de", "del", "la", "di", "da", "and", "y", "the", "of",
  ]

  private func name(for piece: String, isFamily: Bool) -> String {
    guard let first = piece.unicodeScalars.first, first.value < 0x2E80 else { return han(piece) }
    let folded = String(decoding: FoldedText.key(piece), as: UTF8.self)
    let initial = letters[folded.uppercased().first ?? "A"] ?? "A"
    if piece.count == 1 { return LetterCase(of: piece).applied(to: String(initial)) }
    let isGiven = SurrogateLists.isGiven(folded) || !isFamily
    let names = SurrogateLists.names(from: initial, isGiven: isGiven)
    let draw = key.number("name", "\(patient)\n\(folded)")
    return LetterCase(of: piece).applied(to: names[Int(draw % UInt64(names.count))])
  }

  private func han(_ piece: String) -> String {
    let signs = Array("明华文建平玉英秀芳林安和春光志永")
    return String(
      piece.enumerated().map { place, sign in
        signs[Int(key.number("han", "\(patient)\n\(place)\(sign)") % UInt64(signs.count))]
      })
  }
}
