/// Persons by what stands around their names: titles, letters of rank, kinship, labels.
struct CueRules {
  let bytes: [UInt8]

  func apply(to text: inout NameText) {
    for index in text.cues {
      let facts = text.pieces[index].facts
      if facts.has(.title) { applyTitle(index, &text) }
      if facts.has(.person) { applyCue(index, &text) }
      if facts.has(.suffix) { applySuffix(index, &text) }
    }
  }

  // MARK: - "Dr. Bell"

  private func applyTitle(_ index: Int, _ text: inout NameText) {
    let title = text.pieces[index]
    var start = index + 1
    let isShort = title.count <= 4
    // "Dr." ends no sentence, "sir." does.
    let hasStop =
      !title.facts.has(.function) && text.isMark(start, ".") && !text.pieces[start].isSpaced
    if hasStop { start += 1 }
    if title.shape == .lower, text.piece(index - 1)?.kind == .number { return }  // 452 ms
    if title.shape == .capitals,
      title.count > 3 || (text.nameability(start) == 0 && !(hasStop && isLoudName(start, in: text)))
    {
      return
    }
    // "MS" is a disease, "PROF" and "DR" are titles in capitals too.
    if title.shape == .capitals, title.count == 2, !hasStop, text.word(start)?.shape != .capitals,
      title.facts.has(.uncertain)
    {
      return
    }
    guard let first = text.word(start), first.isSpaced || hasStop else { return }
    guard isAfterTitle(first, at: start, isShort: isShort, hasStop: hasStop, in: text) else {
      return
    }
    let end = NameSequence.end(from: start, in: text, isSure: true)
    text.claim(start..<max(end, start + 1), .name, "title")
  }

  /// A name in capitals after a title in capitals, among small letters: no word, no abbreviation.
  private func isLoudName(_ index: Int, in text: NameText) -> Bool {
    guard let piece = text.word(index) else { return false }
    return piece.shape == .capitals && piece.count > 4 && piece.facts.roles.isEmpty
      && piece.facts.word == 0 && piece.facts.wordClass == .plain
  }

  private func isAfterTitle(
    _ first: Piece, at index: Int, isShort: Bool, hasStop: Bool, in text: NameText
  ) -> Bool {
    switch first.shape {
    case .initial: return text.isMark(index + 1, ".") || isShort
    case .capital, .loud, .capitals, .mixed:
      if first.facts.has(.function) && first.facts.name < 2 { return false }
      if isShort { return first.facts.roles.isDisjoint(with: [.facility, .title]) }
      if first.shape == .capital { return text.nameability(index) > 1 }
      return first.shape == .loud && text.nameability(index) > 1
    case .lower:
      guard isShort, first.count > 1, first.facts.roles.isEmpty else { return false }
      return first.facts.name > 0 || (hasStop && first.facts.word < 2)
        || (first.facts.isUnknown && text.isLowerCase)
    case .none: return false
    }
  }

  // MARK: - "patient Rubija", "Name: Hope, May"

  private func applyCue(_ index: Int, _ text: inout NameText) {
    let cue = text.pieces[index]
    var start = index + 1
    var hasNaming = cue.facts.has(.naming)
    var isLabel = hasNaming
    while start <= index + 4, let next = text.piece(start) {
      if next.isMark(":") || next.isMark("=") {
        isLabel = true
      } else if next.isMark(",") || next.isMark("(") || next.isMark("-") || next.isMark(".") {
        if next.isMark("."), cue.count > 2 { return }
        if isLabel { return }
      } else if let link = text.word(start), link.shape == .lower || link.shape == .loud,
        link.facts.has(.link)
      {
        if link.facts.has(.naming) {
          isLabel = true
          hasNaming = true
        }
      } else {
        break
      }
      start += 1
    }
    guard let first = text.word(start), !text.isTaken(start), first.shape != .mixed else { return }
    if cue.shape == .capital, !cue.startsSentence, !isLabel, text.nameability(start) < 2,
      text.word(index - 1)?.shape == .capital
    {
      return  // "National Patient Register"
    }
    if first.facts.has(.title) { return }
    if first.shape == .initial { return applyInitials(start, &text) }
    let score = text.nameability(start)
    if cue.facts.has(.uncertain), score < 2 { return }
    // "Patient:" may label a name or what the patient says.
    if isLabel, !hasNaming, !opensName(start, in: text) { return }
    guard isNamed(first, at: start, score: score, isLabel: isLabel, in: text) else {
      return
    }
    let end = NameSequence.end(from: start, in: text, isLabelled: isLabel, isSure: true)
    text.claim(start..<end, .name, isLabel ? "label" : "cue")
  }

  private func isNamed(
    _ first: Piece, at index: Int, score: Int, isLabel: Bool, in text: NameText
  ) -> Bool {
    if isLabel, first.facts.name > 0, first.shape != .lower { return !first.facts.has(.function) }
    guard score > 0 else { return false }
    if text.isBeforeThing(index), !isLabel { return false }
    if isLabel { return !first.facts.has(.function) || first.facts.name > 1 }
    if first.facts.wordClass == .eponym, first.facts.first < 2, !text.isFollowedByVerb(index) {
      return first.facts.last > 2 && !first.isPossessive && text.word(index + 1) == nil
    }
    if first.facts.word > 1 || first.facts.wordClass != .plain {
      return !first.facts.has(.modal) || text.isFollowedByVerb(index) || text.word(index + 1) == nil
        || text.nameability(index + 1) > 1
    }
    if first.facts.isUnknown {
      return first.shape == .capital && first.count > 2
    }
    return score > 1 || first.shape == .capital
  }

  /// Whether a name begins and goes on as names do, and not as a sentence does.
  private func opensName(_ index: Int, in text: NameText) -> Bool {
    let first = text.pieces[index]
    if first.facts.has(.function), first.facts.name < 2 { return false }
    if first.shape == .loud || text.nameability(index) > 2 { return true }
    guard let next = text.piece(index + 1) else { return first.count > 3 }
    switch next.shape {
    case .capital, .loud, .initial: return true
    case .lower: return text.nameability(index) > 1 && text.isFollowedByVerb(index)
    default: break
    }
    if next.isMark(","), isSurnameFirst(index, in: text) { return true }
    return next.kind == .lineEnd ? first.count > 3 : first.facts.name > 1 && next.isMark(",")
  }

  /// "Whitcombe, John" and "Quandt, Zelmira", with nothing after that goes on as a sentence.
  private func isSurnameFirst(_ index: Int, in text: NameText) -> Bool {
    guard let given = text.word(index + 2), given.isSpaced,
      isNoWord(text.pieces[index]), isNoWord(given)
    else { return false }
    // "Afebrile, Tachycardic" is what was found, of words that no list has.
    let isKnown = text.pieces[index].facts.name > 0 || given.facts.name > 0
    guard isKnown || !isDescription(text.pieces[index]) && !isDescription(given) else {
      return false
    }
    let last = text.word(index + 3)?.shape == .initial ? index + 3 : index + 2
    guard let next = text.piece(last + 1) else { return true }
    return next.kind == .lineEnd || next.kind == .mark && !next.isMark(",") && !next.isMark("-")
  }

  private func isDescription(_ piece: Piece) -> Bool {
    let word = String(decoding: bytes[piece.range], as: UTF8.self)
    return Self.endsOfAdjectives.contains { word.hasSuffix($0) }
  }

  private static let endsOfAdjectives = [
    "ile", "ic", "ing", "ed", "ous", "al", "ive", "ent", "ant", "ble", "less", "ful", "oid",
  ]

  private func isNoWord(_ piece: Piece) -> Bool {
    piece.shape == .capital && piece.count > 2 && piece.facts.word == 0
      && piece.facts.wordClass == .plain && piece.facts.roles.isEmpty && piece.facts.town < 2
  }

  /// Letters for a name: "patient J.S."; the sentence ends here.
  private func applyInitials(_ start: Int, _ text: inout NameText) {
    var end = start
    while text.word(end)?.shape == .initial, text.isMark(end + 1, ".") { end += 2 }
    if text.nameability(end) > 0, end > start, text.word(end)?.facts.has(.function) == false {
      return text.claim(start..<NameSequence.end(from: end, in: text), .name, "initials")
    }
    guard end - start >= 4 else { return }
    text.claim(start..<end, .name, "initials")
  }

  // MARK: - "Hope Bell, MD"

  private func applySuffix(_ index: Int, _ text: inout NameText) {
    let suffix = text.pieces[index]
    guard suffix.shape != .lower || text.isLowerCase else { return }
    let hasComma = text.isMark(index - 1, ",")
    var end = hasComma ? index - 1 : index
    if !hasComma, suffix.facts.has(.uncertain) || !suffix.isSpaced { return }
    if text.isMark(end - 1, "."), text.word(end - 2)?.shape == .initial { end -= 1 }
    var start = end
    while start > 0, end - start < 5, isBeforeSuffix(start - 1, in: text) { start -= 1 }
    while start < end, !startsName(start, in: text) { start += 1 }
    guard start < end, text.isFree(start..<end) else { return }
    let words = (start..<end).filter { text.pieces[$0].kind == .word }
    let known = words.filter { text.pieces[$0].facts.name > 0 }
    guard words.count > 1 || text.nameability(start) > 1, words.count < 5 else { return }
    if known.isEmpty && words.count < 2 { return }
    if suffix.facts.has(.generation), words.count < 2 { return }
    text.claim(start..<(text.isMark(end, ".") ? end + 1 : end), .name, "suffix")
  }

  private func isBeforeSuffix(_ index: Int, in text: NameText) -> Bool {
    guard let piece = text.piece(index), !text.isTaken(index) else { return false }
    if piece.isMark(".") { return text.word(index - 1)?.shape == .initial }
    if piece.shape == .initial { return true }
    guard piece.kind == .word else { return false }
    return text.nameability(index) > 0 || piece.facts.has(.particle) && piece.shape == .lower
  }

  private func startsName(_ index: Int, in text: NameText) -> Bool {
    guard let piece = text.word(index) else { return false }
    return piece.shape == .initial || text.nameability(index) > 0
  }
}
