/// A text as the rules for names see it: its pieces, and which of them are spoken for.
struct NameText {
  let pieces: [Piece]
  /// Whether the text has no capitalised word, as queries often do.
  let isLowerCase: Bool
  /// The words that can be part of a name: capitalised, or any in a text without capitals.
  private(set) var candidates: [Int] = []
  /// The words that tell a person's name beside them, and those that end an institution's.
  private(set) var cues: [Int] = []
  private(set) var facilities: [Int] = []
  private(set) var findings: [NameFinding] = []
  private var taken: [Bool]
  private var named: [Bool]

  init(_ text: MatchText) {
    pieces = text.bytes.withUnsafeBufferPointer { bytes in
      var reader = PieceReader(text.tokens, of: bytes)
      return reader.read()
    }
    isLowerCase = !pieces.contains { $0.shape == .capital || $0.shape == .loud }
    taken = Array(repeating: false, count: pieces.count)
    named = taken
    for index in pieces.indices where pieces[index].kind == .word {
      let roles = pieces[index].facts.roles
      if pieces[index].shape != .lower || isLowerCase { candidates.append(index) }
      if !roles.isDisjoint(with: [.title, .person, .suffix]) { cues.append(index) }
      if roles.contains(.facility) { facilities.append(index) }
    }
  }

  /// The facts of some pieces together, such as a place of two words.
  func facts(of range: Range<Int>, in bytes: [UInt8]) -> WordFacts {
    guard let first = range.first, let last = range.last else { return WordFacts(bits: 0) }
    return bytes.withUnsafeBufferPointer { buffer in
      WordFacts(
        UnsafeBufferPointer(
          rebasing: buffer[Int(pieces[first].lower)..<Int(pieces[last].upper)]))
    }
  }

  func isTaken(_ index: Int) -> Bool { taken[index] }

  func isFree(_ range: Range<Int>) -> Bool { !taken[range].contains(true) }

  /// Marks pieces as an identifier, unless some of them are one already.
  mutating func claim(_ range: Range<Int>, _ kind: IdentifierClass, _ rule: String) {
    guard !range.isEmpty, isFree(range) else { return }
    for index in range {
      taken[index] = true
      named[index] = kind == .name
    }
    findings.append(NameFinding(pieces: range, kind: kind, rule: rule))
  }

  /// Keeps pieces from being taken for anything.
  mutating func block(_ range: Range<Int>) {
    for index in range { taken[index] = true }
  }

  /// Whether a piece was found to be a part of a person's name.
  func isName(_ index: Int) -> Bool {
    named.indices.contains(index) && named[index]
  }

  // MARK: - Neighbours

  func piece(_ index: Int) -> Piece? {
    pieces.indices.contains(index) ? pieces[index] : nil
  }

  /// The word at a place, when blanks alone part it from what is before.
  func word(_ index: Int) -> Piece? {
    guard let piece = piece(index), piece.kind == .word else { return nil }
    return piece
  }

  func isMark(_ index: Int, _ character: Unicode.Scalar) -> Bool {
    piece(index)?.isMark(character) ?? false
  }

  /// Whether what is named after persons follows: "disease", "'s palsy", "coma scale".
  func isBeforeThing(_ index: Int) -> Bool {
    guard let next = word(index + 1), next.isSpaced else { return false }
    if next.facts.has(.thing) { return true }
    if next.shape == .capital { return isHeading(from: index + 2) }
    guard next.shape == .lower, !next.facts.has(.verb), !next.facts.has(.function),
      let second = word(index + 2), second.isSpaced
    else { return false }
    return second.facts.has(.thing) && second.shape == .lower && next.facts.word < 3
  }

  /// Whether capitalised words lead to what is named: "Salvage Score" in "Toronto Extremity ...".
  private func isHeading(from index: Int) -> Bool {
    for next in index..<index + 2 {
      guard let piece = word(next), piece.isSpaced, piece.shape == .capital else { return false }
      if piece.facts.has(.thing), piece.facts.last < 2 { return true }
    }
    return false
  }

  /// Whether the authors of a paper are meant: "et al", "and colleagues".
  func isCitation(_ index: Int) -> Bool {
    guard let next = word(index + 1) else { return isMark(index + 1, "&") }
    return next.facts.isCitation
  }

  /// Whether what follows is what persons do: "reports", "denies".
  func isFollowedByVerb(_ index: Int) -> Bool {
    guard let next = word(index + 1), next.shape == .lower else { return false }
    return next.facts.has(.verb)
  }

  /// Whether a lone capital is part of a term and not an initial: "vitamin D", "type A".
  func isVitamin(_ index: Int) -> Bool {
    guard let next = word(index + 1), next.isSpaced else {
      return piece(index + 1)?.kind == .number
    }
    return next.facts.has(.thing) || isMark(index + 1, "-")
  }

  /// Whether the words are a name whatever follows: how likely a piece is a part of one.
  func nameability(_ index: Int) -> Int {
    guard let piece = word(index) else { return 0 }
    switch piece.shape {
    case .capital: return Self.capitalised(piece.facts)
    case .loud: return Self.loud(piece)
    case .capitals:
      return piece.facts.word == 0 && piece.facts.name > 1 && piece.count > 3 ? 2 : 0
    case .lower:
      return isLowerCase && piece.facts.roles.isEmpty ? Self.loud(piece) : 0
    case .none, .initial, .mixed: return 0
    }
  }

  private static func capitalised(_ facts: WordFacts) -> Int {
    if facts.isUnknown { return 1 }
    let isRole = !facts.roles.isDisjoint(with: [.title, .facility, .function, .person, .verb])
    if isRole && (facts.word > 1 || facts.name == 0) { return facts.name > 2 ? 1 : 0 }
    switch facts.wordClass {
    case .calendar, .country, .state, .people: return facts.name > 1 ? 1 : 0
    case .medicine: return facts.name > 0 ? 1 : 0
    case .plain, .eponym, .citation: break
    }
    switch facts.word {
    case 2...: return facts.name > 1 ? 1 : 0
    case 1: return facts.name > 1 ? 2 : facts.name > 0 ? 1 : 0
    default: return facts.name > 1 ? 3 : facts.name > 0 ? 2 : facts.wordClass == .eponym ? 1 : 1
    }
  }

  private static func loud(_ piece: Piece) -> Int {
    guard piece.count > 2, piece.facts.wordClass == .plain || piece.facts.wordClass == .eponym
    else { return 0 }
    if piece.facts.word == 0 { return piece.facts.name > 1 ? 2 : piece.facts.name > 0 ? 1 : 0 }
    return piece.facts.name > 2 && piece.facts.roles.isEmpty ? 1 : 0
  }
}

/// Pieces that a rule took for an identifier.
struct NameFinding {
  var pieces: Range<Int>
  var kind: IdentifierClass
  var rule: String
}
