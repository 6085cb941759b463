/// How far a name goes once it has begun.
enum NameSequence {
  /// The end of the name that begins at a piece: more names, initials, particles.
  static func end(
    from start: Int, in text: NameText, isLabelled: Bool = false, isSure: Bool = false
  ) -> Int {
    var end = start + 1
    var words = 1
    if text.pieces[start].shape == .initial, text.isMark(end, ".") { end += 1 }
    while words < 4 {
      guard
        let next = step(
          from: end, words: words, in: text, isLabelled: isLabelled, isSure: isSure)
      else {
        break
      }
      end = next
      words += 1
    }
    return end
  }

  /// The end of one more part of the name; nil when there is none.
  private static func step(
    from end: Int, words: Int, in text: NameText, isLabelled: Bool, isSure: Bool
  ) -> Int? {
    if text.pieces[end - 1].isPossessive { return nil }
    guard let next = text.piece(end), !text.isTaken(end) else { return nil }
    if next.isMark(","), isLabelled, words == 1 { return afterComma(end + 1, in: text) }
    guard next.kind == .word, next.isSpaced || text.isMark(end - 1, ".") else { return nil }
    if next.shape == .initial {
      if text.isMark(end + 1, "."), !text.pieces[end + 1].isSpaced { return end + 2 }
      return text.isVitamin(end) ? nil : end + 1
    }
    if next.facts.has(.particle), next.shape == .lower || next.shape == .loud {
      return afterParticle(end + 1, in: text)
    }
    if next.facts.has(.suffix), next.shape == .capitals || next.facts.has(.generation) {
      return nil
    }
    if isPart(end, in: text) { return end + 1 }
    return isSure && words == 1 && isClosing(end, in: text) ? end + 1 : nil
  }

  /// A capitalised word that ends a name when nothing but a name is expected: "Client Bud Light,".
  private static func isClosing(_ index: Int, in text: NameText) -> Bool {
    let piece = text.pieces[index]
    guard piece.shape == .capital, piece.facts.wordClass == .plain, piece.count > 2,
      piece.facts.roles.isDisjoint(with: [.function, .facility, .title, .suffix, .person])
    else { return false }
    guard let next = text.piece(index + 1), next.kind == .word else { return true }
    return text.isFollowedByVerb(index)
  }

  static func isPart(_ index: Int, in text: NameText) -> Bool {
    guard let piece = text.word(index) else { return false }
    let score = text.nameability(index)
    if piece.facts.isUnknown { return piece.shape == .capital }
    if score == 0 { return false }
    if piece.facts.has(.modal), piece.shape == .loud || text.isFollowedByVerb(index) {
      return false
    }
    return true
  }

  private static func afterComma(_ index: Int, in text: NameText) -> Int? {
    guard let piece = text.word(index), !text.isTaken(index) else { return nil }
    if piece.shape == .initial { return text.isMark(index + 1, ".") ? index + 2 : index + 1 }
    guard piece.shape != .lower || text.isLowerCase, !piece.facts.has(.suffix) else { return nil }
    guard piece.facts.first > 0 || piece.facts.isUnknown else { return nil }
    return text.word(index + 1)?.shape == .initial ? index + 2 : index + 1
  }

  private static func afterParticle(_ index: Int, in text: NameText) -> Int? {
    guard let piece = text.word(index), piece.isSpaced else { return nil }
    if piece.facts.has(.particle), piece.shape == .lower {
      return afterParticle(index + 1, in: text)
    }
    let isName = text.nameability(index) > 0 || piece.facts.isUnknown && piece.count > 3
    return isName ? index + 1 : nil
  }
}
