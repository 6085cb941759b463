/// Persons by their names alone: names and surnames of the lists, in the order that names have.
struct PersonRules {
  func applyFull(to text: inout NameText) {
    for index in text.candidates where !text.isTaken(index) {
      applyFullName(index, &text)
      applySurnameFirst(index, &text)
      applyInitial(index, &text)
    }
  }

  func apply(to text: inout NameText) {
    for index in text.candidates where !text.isTaken(index) { applyLone(index, &text) }
  }

  // MARK: - "Grace Parkinson", "Anna S."

  private func applyFullName(_ index: Int, _ text: inout NameText) {
    let first = text.pieces[index]
    guard !first.isPossessive, text.nameability(index) > 0 else { return }
    guard first.facts.first > 0 || isUnusual(index, in: text) else { return }
    let end = NameSequence.end(from: index, in: text)
    guard end > index + 1 else { return }
    let score =
      weight(ofFirst: first) + weight(ofRest: index + 1..<end, in: text)
      + weight(around: index..<end, in: text)
    if score >= 5 { text.claim(index..<end, .name, "full-name") }
  }

  /// A first name that no list has.
  private func isUnusual(_ index: Int, in text: NameText) -> Bool {
    let piece = text.pieces[index]
    guard piece.shape == .capital, piece.count > 3, piece.facts.word == 0,
      piece.facts.isUnknown || piece.facts.last > 0
    else { return false }
    return piece.facts.wordClass == .plain && piece.facts.town == 0
  }

  /// Twice the evidence, so that halves count.
  private func weight(ofFirst piece: Piece) -> Int {
    let facts = piece.facts
    let isWord = facts.word > 1 || facts.wordClass != .plain || facts.town > 1
    switch facts.first {
    case 3: return isWord ? 3 : 6
    case 2: return isWord ? 2 : 4
    case 1: return isWord ? 1 : 3
    default: return isWord ? 0 : 2
    }
  }

  private func weight(ofRest rest: Range<Int>, in text: NameText) -> Int {
    var best = 0
    var bonus = 0
    for index in rest where text.pieces[index].kind == .word {
      let piece = text.pieces[index]
      let facts = piece.facts
      let weight =
        piece.shape == .initial
        ? (text.isMark(index + 1, ".") ? 3 : 1)
        : facts.wordClass == .medicine
          ? 0
          : facts.word > 1
            ? (facts.last > 1 ? 2 : 1)
            : facts.last > 1 ? 4 : facts.name > 0 ? 3 : facts.isUnknown ? 2 : 1
      best = max(best, weight)
      if piece.shape == .initial, rest.contains(where: { $0 > index && text.nameability($0) > 0 }) {
        bonus = 2
      }
    }
    return best + bonus
  }

  private func weight(around range: Range<Int>, in text: NameText) -> Int {
    var weight = 0
    let first = text.pieces[range.lowerBound]
    if let before = text.word(range.lowerBound - 1), first.isSpaced {
      if before.facts.has(.function), before.facts.has(.specialty), before.shape == .lower,
        before.count < 4, !before.facts.has(.home), !before.facts.has(.link)
      {
        weight -= 4
      }
    }
    if text.isFollowedByVerb(range.upperBound - 1) { weight += 1 }
    if first.startsSentence, first.facts.word > 1, !text.isMark(range.lowerBound - 1, ":") {
      weight -= 1
    }
    if text.isBeforeThing(range.upperBound - 1) {
      weight -= text.pieces[range.upperBound - 1].facts.wordClass == .eponym ? 6 : 3
    }
    if first.isBound || text.isCitation(range.upperBound - 1) { weight -= 8 }
    return weight
  }

  // MARK: - "Parkinson, Grace M."

  private func applySurnameFirst(_ index: Int, _ text: inout NameText) {
    guard !text.isTaken(index), text.isMark(index + 1, ","), let first = text.word(index + 2),
      !text.isTaken(index + 2), first.isSpaced, first.shape != .initial
    else { return }
    let last = text.pieces[index].facts
    let isLine = text.pieces[index].startsSentence
    guard text.nameability(index) > (isLine ? 0 : 1), last.last > (isLine ? 0 : 1),
      text.nameability(index + 2) > 1, first.facts.first > 1, first.facts.town < 2,
      last.town < 2 || last.last > 2, first.facts.wordClass == .plain
    else { return }
    var end = index + 3
    if text.word(end)?.shape == .initial { end += text.isMark(end + 1, ".") ? 2 : 1 }
    if !isLine, text.isMark(end, ",") || text.isMark(index - 1, ",") { return }
    text.claim(index..<end, .name, "surname-first")
  }

  // MARK: - "J. Parkinson"

  private func applyInitial(_ index: Int, _ text: inout NameText) {
    guard text.pieces[index].shape == .initial, !text.pieces[index].isBound,
      !text.isTaken(index), text.isMark(index + 1, "."), !text.pieces[index + 1].isSpaced
    else { return }
    var last = index + 2
    while text.word(last)?.shape == .initial, text.isMark(last + 1, ".") { last += 2 }
    guard let surname = text.word(last), !text.isTaken(last), text.nameability(last) > 1,
      surname.facts.last > 0, surname.facts.roles.isEmpty, !text.isBeforeThing(last),
      !text.isCitation(last)
    else { return }
    text.claim(index..<NameSequence.end(from: last, in: text), .name, "initial")
  }

  // MARK: - "Nguyen"

  private func applyLone(_ index: Int, _ text: inout NameText) {
    let piece = text.pieces[index]
    guard piece.shape != .loud, piece.shape != .capitals, !piece.isBound,
      text.nameability(index) > 1, piece.facts.roles.isEmpty
    else { return }
    guard isSpeaker(index, in: text) || isLone(index, in: text) else { return }
    text.claim(index..<index + 1, .name, "lone-name")
  }

  /// Who speaks in a transcript: "Leon: Hello".
  private func isSpeaker(_ index: Int, in text: NameText) -> Bool {
    let piece = text.pieces[index]
    return piece.shape == .capital && piece.startsSentence && text.isMark(index + 1, ":")
      && piece.facts.first > 1 && [.plain, .eponym].contains(piece.facts.wordClass)
  }

  private func isLone(_ index: Int, in text: NameText) -> Bool {
    isKnown(index, in: text) && !text.isBeforeThing(index) && !text.isCitation(index)
      && !isInTerm(index, in: text)
  }

  /// Whether a name is common enough to need no second one.
  private func isKnown(_ index: Int, in text: NameText) -> Bool {
    let piece = text.pieces[index]
    let facts = piece.facts
    let isSubject = text.isFollowedByVerb(index)
    if facts.town > 1 || piece.isDouble { return isSubject && facts.first > 2 }
    if text.isLowerCase {
      return facts.first > 2 && piece.count > 3 && facts.wordClass == .plain && facts.word == 0
    }
    switch facts.wordClass {
    case .plain: break
    case .eponym:
      return facts.first > 2 && (isSubject || !piece.isPossessive && !piece.startsSentence)
    default: return false
    }
    if facts.word > 0 { return facts.first > 2 }
    return facts.first > 1 || facts.last > 2 || isSubject && piece.startsSentence && facts.first > 0
  }

  /// Terms with names in them: "the Nguyen", "Lou Gehrig's disease", "X Ray", "& Nguyen".
  private func isInTerm(_ index: Int, in text: NameText) -> Bool {
    if text.isMark(index - 1, "&") || text.isMark(index + 1, "-") { return true }
    if let next = text.word(index + 1), next.facts.wordClass == .eponym,
      text.isBeforeThing(index + 1)
    {
      return true
    }
    guard let before = text.word(index - 1) else { return false }
    switch before.shape {
    case .lower:
      return before.facts.has(.specialty) && before.facts.has(.function)
        && !before.facts.has(.link) && !before.facts.has(.home)
    case .initial: return true
    case .capital: return before.facts.wordClass == .eponym
    default: return false
    }
  }
}
