/// Finds a name that a text gave away once wherever its parts stand again.
struct EchoRules {
  let bytes: [UInt8]

  func apply(to text: inout NameText) {
    let known = parts(of: text)
    guard !known.isEmpty else { return }
    for index in text.candidates where !text.isTaken(index) {
      let piece = text.pieces[index]
      guard piece.kind == .word, piece.count > 2, piece.shape != .lower || text.isLowerCase,
        piece.shape != .initial, !piece.isBound, known.contains(key(piece))
      else { continue }
      if text.isBeforeThing(index) || text.isCitation(index) { continue }
      guard text.isFollowedByVerb(index) || isLikely(piece, at: index, in: text) else { continue }
      text.claim(index..<index + 1, .name, "echo")
    }
  }

  /// Whether a word that is known as a name here is one at this place too.
  private func isLikely(_ piece: Piece, at index: Int, in text: NameText) -> Bool {
    switch piece.facts.wordClass {
    case .eponym:
      return piece.startsSentence ? piece.facts.first > 1 : text.isMark(index + 1, ",")
    case .country, .state: return piece.startsSentence
    case .medicine, .calendar: return false
    case .plain, .people, .citation: break
    }
    guard piece.facts.word > 1, piece.startsSentence else { return !piece.facts.has(.function) }
    return piece.facts.first > 1 && !piece.facts.has(.modal)
      && piece.facts.roles.isDisjoint(with: [.function, .person])
  }

  private func parts(of text: NameText) -> Set<[UInt8]> {
    var parts: Set<[UInt8]> = []
    for finding in text.findings where finding.kind == .name {
      for index in finding.pieces {
        let piece = text.pieces[index]
        if piece.kind == .word, piece.count > 2, piece.shape != .initial,
          !piece.facts.has(.particle), !piece.facts.has(.title), !piece.facts.has(.function)
        {
          parts.insert(key(piece))
        }
      }
    }
    return parts
  }

  private func key(_ piece: Piece) -> [UInt8] {
    bytes[piece.range].map { $0 >= 65 && $0 <= 90 ? $0 | 0x20 : $0 }
  }
}
