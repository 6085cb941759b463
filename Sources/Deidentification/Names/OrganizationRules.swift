/// Hospitals, clinics, schools and firms, by the word that ends their names and by what is known.
struct OrganizationRules {
  let bytes: [UInt8]

  func apply(to text: inout NameText) {
    for index in text.pieces.indices where text.pieces[index].kind == .word {
      if text.pieces[index].facts.has(.facility) { applyFacility(index, &text) }
    }
    for index in text.pieces.indices where !text.isTaken(index) {
      applyKnown(index, &text)
      applySaint(index, &text)
      applyStay(index, &text)
    }
  }

  // MARK: - "Cedar Hope Hospital"

  private func applyFacility(_ index: Int, _ text: inout NameText) {
    guard !text.isTaken(index) else { return }
    let head = text.pieces[index]
    let isCapital = head.shape == .capital || head.shape == .loud
    var start = index
    while start > 0, index - start < 7, goes(before: start, isCapital: isCapital, in: text) {
      start -= 1
    }
    while start < index, !begins(start, in: text) { start += 1 }
    let names = start..<index
    guard names.contains(where: { distinguishes($0, isCapital: isCapital, in: text) }) else {
      return
    }
    let end = ending(from: index + 1, in: text)
    text.claim(start..<end, .organization, "facility")
  }

  /// Whether a piece can be within such a name.
  private func goes(before start: Int, isCapital: Bool, in text: NameText) -> Bool {
    let index = start - 1
    guard let piece = text.piece(index), !text.isTaken(index) else { return false }
    let next = text.pieces[start]
    if piece.isMark("&") || piece.isMark("-") { return true }
    if piece.isMark(".") { return text.word(index - 1)?.facts.has(.particle) ?? false }
    if piece.kind == .number { return false }
    guard piece.kind == .word, next.isSpaced || next.kind == .mark || text.isMark(start, "-")
    else { return false }
    switch piece.shape {
    case .capital, .capitals: return true
    case .loud: return next.shape == .loud || next.kind == .mark
    case .lower:
      if text.isLowerCase { return isStrong(index, in: text) || piece.facts.has(.facility) }
      return isCapital && next.shape == .capital && piece.facts.has(.join)
        || piece.facts.has(.facility) && !isCapital
    case .initial, .mixed, .none: return piece.shape == .mixed
    }
  }

  private func begins(_ index: Int, in text: NameText) -> Bool {
    guard let piece = text.word(index) else { return false }
    if piece.shape == .lower, !text.isLowerCase { return false }
    return !(piece.facts.has(.function) && piece.facts.name < 2) || piece.facts.has(.organization)
  }

  /// Whether a word makes the name that of one place, as "Pain Clinic" is not.
  private func distinguishes(_ index: Int, isCapital: Bool, in text: NameText) -> Bool {
    guard let piece = text.word(index) else { return false }
    if piece.facts.has(.organization) { return true }
    if piece.facts.has(.specialty) || piece.facts.has(.facility) || piece.facts.has(.title) {
      return false
    }
    switch piece.shape {
    case .capital:
      if !isCapital { return isStrong(index, in: text) }
      return !piece.startsSentence || isStrong(index, in: text)
        || text.word(index + 1)?.shape == .capital && piece.facts.word < 3
        || !piece.facts.has(.function) && piece.facts.roles.isEmpty
    case .capitals: return piece.facts.isUnknown && piece.count < 6 || piece.facts.town > 0
    case .loud: return isStrong(index, in: text)
    case .lower: return text.isLowerCase && isStrong(index, in: text)
    default: return false
    }
  }

  /// A name or a place rather than a word.
  private func isStrong(_ index: Int, in text: NameText) -> Bool {
    guard let facts = text.word(index)?.facts else { return false }
    if facts.has(.organization) { return true }
    guard facts.word < 2 else { return false }
    if facts.isUnknown { return !text.isLowerCase && text.pieces[index].shape == .capital }
    return facts.town > 0 || facts.name > 1 || facts.wordClass == .state
  }

  /// More of the name behind its last word: "Medical Center", "Hospital of Boston".
  private func ending(from place: Int, in text: NameText) -> Int {
    var end = place
    while let piece = text.word(end), piece.isSpaced, !text.isTaken(end) {
      let isNamed = piece.shape == .capital || piece.shape == .loud
      if piece.facts.has(.facility), isNamed {
        end += 1
      } else if piece.shape == .capital, piece.facts.town > 1 {
        end += 1
      } else if piece.facts.has(.join), let next = text.word(end + 1), next.shape == .capital,
        next.facts.town > 0
      {
        end += 2
      } else {
        break
      }
    }
    return end
  }

  // MARK: - "UCSF", "Johns Hopkins"

  private func applyKnown(_ index: Int, _ text: inout NameText) {
    let piece = text.pieces[index]
    guard piece.kind == .word, piece.shape != .lower || text.isLowerCase else { return }
    for length in [3, 2, 1] {
      let range = index..<index + length
      guard range.upperBound <= text.pieces.count, text.isFree(range),
        range.allSatisfy({ text.pieces[$0].kind == .word })
      else { continue }
      let facts = length == 1 ? piece.facts : text.facts(of: range, in: bytes)
      guard facts.has(.organization) else { continue }
      if length == 1, !stands(index, in: text) { return }
      let end = ending(from: range.upperBound, in: text)
      return text.claim(index..<end, .organization, "known-organization")
    }
  }

  /// Whether a known name of one word is meant and not a word, a person or a score.
  private func stands(_ index: Int, in text: NameText) -> Bool {
    let piece = text.pieces[index]
    if text.isBeforeThing(index) { return false }
    if piece.shape == .capitals || piece.shape == .lower { return piece.facts.word == 0 }
    if piece.facts.word > 0 || piece.facts.name > 1 || piece.facts.wordClass != .plain {
      return isAfterStay(index, in: text)
    }
    return true
  }

  // MARK: - "St. Mary's"

  private func applySaint(_ index: Int, _ text: inout NameText) {
    let piece = text.pieces[index]
    guard isSaint(piece), piece.shape == .capital || text.isLowerCase else { return }
    let start = text.isMark(index + 1, ".") ? index + 2 : index + 1
    guard let name = text.word(start), !text.isTaken(start), name.facts.first > 0,
      name.shape == .capital || text.isLowerCase,
      name.isPossessive || isAfterStay(index, in: text)
    else { return }
    if let next = text.word(start + 1), bytes[next.range].elementsEqual("wort".utf8) { return }
    text.claim(index..<ending(from: start + 1, in: text), .organization, "saint")
  }

  private func isSaint(_ piece: Piece) -> Bool {
    piece.count == 2 && bytes[piece.range].map { $0 | 0x20 } == Array("st".utf8)
      || piece.count == 5 && bytes[piece.range].map { $0 | 0x20 } == Array("saint".utf8)
  }

  // MARK: - "seen at Elmhurst"

  private func applyStay(_ index: Int, _ text: inout NameText) {
    guard isAfterStay(index, in: text), let piece = text.word(index), piece.shape == .capital,
      !piece.facts.has(.function), !piece.facts.has(.title), text.isMark(index - 1, ".") == false
    else { return }
    var end = index
    while let next = text.word(end), next.shape == .capital, !text.isTaken(end),
      next.isSpaced, !next.facts.has(.function), end - index < 4,
      next.facts.wordClass != .calendar, next.facts.wordClass != .state,
      next.facts.wordClass != .country
    {
      end += 1
    }
    guard end > index, (index..<end).contains(where: { isStrong($0, in: text) }) else { return }
    if end == index + 1, piece.facts.wordClass == .eponym || text.isBeforeThing(index) { return }
    text.claim(index..<end, .organization, "stay")
  }

  /// "seen at", "admitted to", "transferred from".
  private func isAfterStay(_ index: Int, in text: NameText) -> Bool {
    guard let before = text.word(index - 1), before.shape == .lower else { return false }
    if before.facts.has(.stay) { return true }
    return before.facts.has(.home)
      && (index - 4..<index - 1).contains { text.word($0)?.facts.has(.admission) ?? false }
  }
}
