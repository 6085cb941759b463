/// Finds a name that a text gave away once wherever its parts stand again.
struct EchoRules {
  let bytes: [UInt8]

  func apply(to text: inout NameText) {
    let known = parts(of: text)
    guard !known.isEmpty else { return }
    for index in text.pieces.indices where !text.isTaken(index) {
      let piece = text.pieces[index]
      guard piece.kind == .word, piece.count > 2, piece.shape != .lower || text.isLowerCase,
        piece.shape != .initial, !piece.isBound, known.contains(key(piece))
      else { continue }
      if text.isBeforeThing(index) || text.isCitation(index) { continue }
      if piece.facts.word > 1, piece.startsSentence, !text.isFollowedByVerb(index) { continue }
      if piece.facts.has(.modal), piece.shape == .lower { continue }
      text.claim(index..<index + 1, .name, "echo")
    }
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
