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
    let alphabet = SurrogateLists.initials
    var turned = alphabet.map { ($0, key.number("initial", "\(patient)\n\($0)")) }
      .sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map(\.0)
    // No letter stays.
    for place in turned.indices where turned[place] == alphabet[place] {
      turned.swapAt(place, (place + 1) % turned.count)
    }
    letters = Dictionary(uniqueKeysWithValues: zip(alphabet, turned))
  }

  func surrogate(for words: String) -> String {
    let pieces = Self.pieces(of: words)
    let names = Self.names(among: pieces, of: words)
    let last = names.last { pieces[$0].count > 1 }
    var output = ""
    for (place, piece) in pieces.enumerated() {
      guard names.contains(place) else {
        output += piece
        continue
      }
      let isBeforeComma = place + 1 < pieces.count && pieces[place + 1] == ","
      output += name(for: piece, isFamily: place == last || isBeforeComma)
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

  /// The places of the pieces that are names; titles stay, and particles before a name.
  private static func names(among pieces: [String], of words: String) -> [Int] {
    let letters = pieces.indices.filter { place in
      guard pieces[place].first?.isLetter == true else { return false }
      let follows = place > 0 && "'’".contains(pieces[place - 1])
      return !follows || pieces[place].lowercased() != "s"
    }
    let untitled = letters.filter {
      !NameWords.titles.contains(pieces[$0].lowercased())
        && !NameWords.isDegree(pieces[$0], in: words)
    }
    let places = untitled.isEmpty ? letters : untitled
    let last = places.last { !NameWords.isListed(pieces[$0].lowercased()) } ?? -1
    return places.filter { place in
      // A capital makes a name of a particle: `Al Smith`, `Don Le`.
      let isJoint =
        NameWords.isListed(pieces[place]) && pieces[place].count > 1 || pieces[place] == "y"
      return !isJoint || place > last
    }
  }

  private func name(for piece: String, isFamily: Bool) -> String {
    guard let first = piece.unicodeScalars.first, first.value < 0x2E80 else { return han(piece) }
    let folded = String(decoding: FoldedText.key(piece), as: UTF8.self)
    let letter = folded.uppercased().first ?? "A"
    // Letters that few names begin with share those of others.
    let initial =
      letters[letter]
      ?? SurrogateLists.initials[Int(letter.utf8.first ?? 0) % SurrogateLists.initials.count]
    if piece.count == 1 { return LetterCase(of: piece).applied(to: String(initial)) }
    let draw = key.number("name", "\(patient)\n\(folded)")
    let names = SurrogateLists.names(from: initial, kind(of: folded, isFamily: isFamily, draw))
      .filter { $0.lowercased() != folded }
    let name = names.isEmpty ? "Jordan" : names[Int(draw % UInt64(names.count))]
    return LetterCase(of: piece).applied(to: name)
  }

  /// What the lists know decides first, so that a name is given the same wherever it stands.
  private func kind(of folded: String, isFamily: Bool, _ draw: UInt64) -> SurrogateLists.Kind {
    if let kind = SurrogateLists.kind(ofFirst: folded) { return kind }
    var word = folded
    let facts = word.withUTF8 { WordFacts($0) }
    if facts.last > facts.first || (facts.last == facts.first && isFamily) { return .last }
    return draw >> 32 & 1 == 0 ? .female : .male
  }

  private func han(_ piece: String) -> String {
    let signs = Array("明华文建平玉英秀芳林安和春光志永")
    return String(
      piece.enumerated().map { place, sign in
        signs[Int(key.number("han", "\(patient)\n\(place)\(sign)") % UInt64(signs.count))]
      })
  }
}
