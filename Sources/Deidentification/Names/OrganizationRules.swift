/// Hospitals, clinics, schools and firms, by the word that ends their names and by what is known.
struct OrganizationRules {
  let bytes: [UInt8]

  func apply(to text: inout NameText) {
    for index in text.facilities { applyFacility(index, &text) }
    for index in text.candidates where endsFacility(index, in: text) { applyFacility(index, &text) }
    for index in text.candidates where !text.isTaken(index) {
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
    if head.facts.has(.uncertain), names.count > 1, isCapital, isAfterJoin(start, in: text),
      !names.allSatisfy({ isGeneric($0, in: text) }), !isHeading(index, in: text)
    {
      return text.claim(start..<index + 1, .organization, "facility")
    }
    let isWeak = head.facts.has(.uncertain)
    if isWeak, !isCapital || head.startsSentence || isHeading(index, in: text) { return }
    guard
      names.contains(where: {
        isWeak
          ? isStrong($0, in: text) || isRare($0, in: text) || text.pieces[$0].facts.has(.area)
            || text.pieces[$0].shape == .capitals && text.pieces[$0].count == 2
          : distinguishes($0, isCapital: isCapital, in: text)
      })
    else { return applyOf(index, &text) }
    let end = ending(from: index + 1, in: text)
    text.claim(start..<end, .organization, "facility")
  }

  /// Whether two words end a name: "Assisted Living", "Home Health".
  private func endsFacility(_ index: Int, in text: NameText) -> Bool {
    guard index > 1, text.pieces[index].shape == .capital, text.pieces[index].isSpaced,
      text.pieces[index - 1].shape == .capital, text.pieces[index - 2].shape == .capital
    else { return false }
    return text.facts(of: index - 1..<index + 1, in: bytes).has(.facility)
  }

  /// Whether a word that ends some names stands within a heading or a term.
  private func isHeading(_ index: Int, in text: NameText) -> Bool {
    guard let next = text.word(index + 1), next.isSpaced else { return false }
    return next.shape == .capital && !next.facts.has(.facility) && next.facts.town < 2
  }

  /// A capitalised word that few texts use.
  private func isRare(_ index: Int, in text: NameText) -> Bool {
    let piece = text.pieces[index]
    return piece.shape == .capital && piece.facts.word == 1 && !piece.startsSentence
      && piece.facts.roles.isEmpty
  }

  private func isAfterJoin(_ index: Int, in text: NameText) -> Bool {
    guard let before = text.word(index - 1), before.shape == .lower else { return false }
    return before.facts.has(.home) || spells(before, "at") || before.facts.has(.link)
      || spells(before, "for")
  }

  /// A name that goes on behind its first word: "University of Vermont".
  private func applyOf(_ index: Int, _ text: inout NameText) {
    guard text.pieces[index].shape == .capital, !text.pieces[index].facts.has(.uncertain),
      let link = text.word(index + 1), link.shape == .lower, link.facts.has(.join),
      let place = text.word(index + 2), place.shape == .capital, !spells(link, "in"),
      place.facts.wordClass != .calendar, !spells(link, "for"),
      place.facts.word < 2 && !place.facts.has(.specialty)
    else { return }
    var end = index + 3
    while let next = text.word(end), next.shape == .capital, next.isSpaced,
      end < index + 6, !text.pieces[end - 1].isPossessive
    {
      end += 1
    }
    text.claim(index..<end, .organization, "facility-of")
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
        && !spells(piece, "for") && !spells(piece, "at") && !spells(piece, "in")
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
    if piece.facts.has(.specialty) || piece.facts.has(.title) { return false }
    if piece.facts.has(.facility), !piece.facts.has(.uncertain) { return false }
    switch piece.shape {
    case .capital:
      if !isCapital { return isStrong(index, in: text) }
      return !piece.startsSentence || isStrong(index, in: text)
        || text.word(index + 1)?.shape == .capital && piece.facts.word < 3
        || !piece.facts.has(.function) && piece.facts.roles.isEmpty
    case .capitals:
      return piece.facts.town > 0 || isCapital && piece.facts.isUnknown && piece.count < 6
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
    if facts.isUnknown {
      if text.isLowerCase { return text.pieces[index].count > 4 && isHospital(index + 1, in: text) }
      return text.pieces[index].shape == .capital
    }
    return facts.town > 0 || facts.name > 1 || facts.wordClass == .state
  }

  private func isHospital(_ index: Int, in text: NameText) -> Bool {
    text.word(index).map { spells($0, "hospital") } ?? false
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
    for length in stride(from: 3, to: 0, by: -1) {
      let range = index..<index + length
      guard range.upperBound <= text.pieces.count, text.isFree(range),
        range.allSatisfy({ text.pieces[$0].kind == .word || text.pieces[$0].isMark(".") }),
        text.pieces[range.upperBound - 1].kind == .word,
        text.pieces[range.upperBound - 1].shape != .lower || text.isLowerCase
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
    if text.isBeforeThing(index) || piece.isBound { return false }
    if piece.facts.has(.uncertain) { return isAfterStay(index, in: text) }
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
    if let next = text.word(start + 1), spells(next, "wort") { return }
    text.claim(index..<ending(from: start + 1, in: text), .organization, "saint")
  }

  private func isSaint(_ piece: Piece) -> Bool {
    spells(piece, "St") || spells(piece, "Saint") || spells(piece, "st") || spells(piece, "ST")
  }

  // MARK: - "seen at Elmhurst"

  private func applyStay(_ index: Int, _ text: inout NameText) {
    guard isAfterStay(index, in: text), let piece = text.word(index), piece.shape == .capital,
      !piece.facts.has(.function), !piece.facts.has(.title), !piece.isBound, piece.count > 3,
      ![.people, .calendar, .state, .country, .medicine].contains(piece.facts.wordClass)
    else { return }
    var end = index
    while let next = text.word(end), next.shape == .capital, !text.isTaken(end),
      next.isSpaced, !next.facts.has(.function), end - index < 4,
      next.facts.wordClass != .calendar, next.facts.wordClass != .state,
      next.facts.wordClass != .country
    {
      end += 1
    }
    guard end > index, text.piece(end)?.kind != .number else { return }
    let isLong = end > index + 1 && !text.isBeforeThing(end - 1)
    guard isLong || (index..<end).contains(where: { isStrong($0, in: text) })
    else { return }
    if isLong, (index..<end).allSatisfy({ isGeneric($0, in: text) }) { return }
    if end == index + 1, piece.facts.wordClass == .eponym || text.isBeforeThing(index) { return }
    text.claim(index..<end, .organization, "stay")
  }

  private func isGeneric(_ index: Int, in text: NameText) -> Bool {
    let facts = text.pieces[index].facts
    return facts.has(.specialty) || facts.has(.thing) || facts.has(.facility)
  }

  /// "seen at", "admitted to", "transferred from".
  private func isAfterStay(_ index: Int, in text: NameText) -> Bool {
    guard let before = text.word(index - 1), before.shape == .lower else { return false }
    if before.facts.has(.specialty), before.facts.has(.function), before.count == 3 {
      return isAfterStay(index - 1, in: text)  // "at the"
    }
    guard
      spells(before, "at") || spells(before, "to")
        || spells(before, "from")
    else { return false }
    if spells(before, "at"), text.word(index)?.facts.isUnknown == false { return true }
    return (index - 5..<index - 1).contains { text.word($0)?.facts.has(.admission) ?? false }
  }

  private func spells(_ piece: Piece, _ word: StaticString) -> Bool {
    guard piece.count == word.utf8CodeUnitCount else { return false }
    return word.withUTF8Buffer { bytes[piece.range].elementsEqual($0) }
  }
}
