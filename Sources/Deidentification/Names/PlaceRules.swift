/// Places below the state: cities, counties, neighbourhoods.
struct PlaceRules {
  let bytes: [UInt8]

  /// Places that only a place can be: before a state, or counties.
  func applySure(to text: inout NameText) {
    for index in text.candidates where !text.isTaken(index) {
      applyState(index, &text)
      applyArea(index, &text)
    }
  }

  func apply(to text: inout NameText) {
    for index in text.candidates where !text.isTaken(index) {
      for length in stride(from: 3, to: 0, by: -1)
      where applyTown(index..<index + length, &text) {
        break
      }
      applyDwelling(index, &text)
    }
  }

  // MARK: - "Cedar Falls, Iowa", "Cedar Falls, IA"

  private func applyState(_ index: Int, _ text: inout NameText) {
    guard text.isMark(index - 1, ","), text.pieces[index].shape != .lower || text.isLowerCase,
      isState(index, in: text)
    else { return }
    claimPostalCode(index, &text)
    var start = index - 1
    while start > 0, index - start < 5,
      isPart(start - 1, ofPlaceEndingAt: index - 1, in: text),
      !text.isTaken(start - 1), start == index - 1 || text.pieces[start].isSpaced,
      [.capital, .loud].contains(text.pieces[start - 1].shape) || text.isLowerCase
    {
      start -= 1
    }
    guard start < index - 1 else { return }
    text.claim(start..<index - 1, .location, "before-state")
  }

  private func isPart(
    _ index: Int, ofPlaceEndingAt end: Int, in text: NameText
  ) -> Bool {
    guard let piece = text.word(index) else { return false }
    switch piece.facts.wordClass {
    case .country, .state, .people, .medicine, .calendar:
      return piece.facts.town > 0
    case .plain, .eponym, .citation: break
    }
    if text.nameability(index) > 0 || isTown(index, in: text) { return true }
    if piece.shape == .loud { return piece.facts.town > 0 }
    // "Old Saybrook": a word, but not one that begins the sentence.
    return index < end - 1 && piece.shape == .capital && !piece.startsSentence
      && piece.facts.roles.isDisjoint(with: [.title, .person, .function, .facility, .thing])
  }

  /// The code behind a state: "FL 34470".
  private func claimPostalCode(_ index: Int, _ text: inout NameText) {
    let isTwo = text.piece(index + 1)?.kind == .word
    let place = isTwo ? index + 2 : index + 1
    guard let code = text.piece(place), code.kind == .number, code.count == 5, code.isSpaced
    else { return }
    var end = place + 1
    if text.isMark(end, "-"), text.piece(end + 1)?.kind == .number, text.pieces[end + 1].count == 4
    {
      end += 2
    }
    text.claim(place..<end, .location, "postal-code")
  }

  private func isTown(_ index: Int, in text: NameText) -> Bool {
    guard let piece = text.word(index), piece.shape == .capital || piece.shape == .loud
    else { return false }
    return piece.facts.town > 0 || piece.facts.has(.area)
  }

  private func isState(_ index: Int, in text: NameText) -> Bool {
    guard let piece = text.word(index) else { return false }
    if piece.facts.wordClass == .state || piece.facts.wordClass == .country { return true }
    if piece.count == 2, piece.shape == .capitals || piece.shape == .loud {
      return StateCodes.contains(bytes[piece.range])
    }
    guard index + 1 < text.pieces.count, text.pieces[index + 1].kind == .word else { return false }
    let two = text.facts(of: index..<index + 2, in: bytes)
    return two.wordClass == .state || two.wordClass == .country
  }

  // MARK: - "King County"

  private func applyArea(_ index: Int, _ text: inout NameText) {
    guard text.pieces[index].facts.has(.area), text.pieces[index].shape == .capital else { return }
    var start = index
    while start > 0, index - start < 3, let piece = text.word(start - 1), piece.shape == .capital,
      !text.isTaken(start - 1), text.pieces[start].isSpaced,
      !piece.facts.has(.function) || piece.facts.name > 1, !piece.facts.has(.specialty)
    {
      start -= 1
    }
    guard start < index, !text.pieces[start].isPossessive else { return }
    let isCounty = text.pieces[index].facts.word < 3 || text.pieces[index].count == 6
    guard isCounty || isAfterHome(start, in: text) || isTown(start, in: text) else { return }
    text.claim(start..<index + 1, .location, "area")
  }

  // MARK: - "Chicago"

  private func applyTown(_ range: Range<Int>, _ text: inout NameText) -> Bool {
    guard range.upperBound <= text.pieces.count, text.isFree(range),
      range.allSatisfy({ text.pieces[$0].kind == .word })
    else { return false }
    let first = text.pieces[range.lowerBound]
    guard
      first.shape == .capital || first.shape == .capitals || first.shape == .loud
        || text.isLowerCase
    else { return false }
    let last = text.pieces[range.upperBound - 1]
    guard last.shape != .lower || text.isLowerCase else { return false }
    let facts = range.count == 1 ? first.facts : text.facts(of: range, in: bytes)
    guard facts.town > 0, range.count == 1 || text.pieces[range.upperBound - 1].isSpaced else {
      return false
    }
    guard isPlace(facts, range, in: text) else { return false }
    text.claim(range, .location, "town")
    return true
  }

  private func isPlace(_ facts: WordFacts, _ range: Range<Int>, in text: NameText) -> Bool {
    if text.isBeforeThing(range.upperBound - 1) || text.pieces[range.lowerBound].isBound {
      return false
    }
    let first = text.pieces[range.lowerBound]
    let isAfter =
      isAfterHome(range.lowerBound, in: text)
      || text.isMark(range.lowerBound - 1, ",") && range.lowerBound > 1
        && text.isTaken(range.lowerBound - 2)
    if range.count > 1 {
      if text.isLowerCase { return facts.town > 2 || facts.town > 1 && isAfter }
      return facts.town > 1 || isAfter
    }
    if first.shape == .capitals { return facts.town > 2 && facts.word == 0 && facts.name == 0 }
    if facts.word > 1 || facts.wordClass == .eponym || facts.wordClass == .calendar {
      return isAfter && facts.word < 2 && facts.town > 1
    }
    if text.isLowerCase || first.shape == .loud {
      return facts.town > 2 && facts.name < 2 || facts.town > 1 && isAfter && facts.name < 2
    }
    if facts.first > 1 || facts.last > 2 { return isAfter }
    return facts.town > 2 || isAfter
  }

  /// A place that no list has: "moved here from Gondregnies".
  private func applyDwelling(_ index: Int, _ text: inout NameText) {
    let piece = text.pieces[index]
    guard !text.isTaken(index), piece.shape == .capital || piece.shape == .capitals,
      piece.count > 3, piece.facts.word < 2, piece.facts.roles.isEmpty,
      piece.facts.wordClass == .plain, isAfterHome(index, in: text), !piece.isBound,
      (index - 4..<index - 1).contains(where: { text.word($0)?.facts.has(.dwelling) ?? false }),
      !text.isBeforeThing(index)
    else { return }
    var end = index + 1
    while let next = text.word(end), next.shape == piece.shape, next.isSpaced, end < index + 3,
      next.facts.wordClass == .plain, !next.facts.has(.function), !text.isTaken(end)
    {
      end += 1
    }
    text.claim(index..<end, .location, "dwelling")
  }

  /// "lives in", "from", "near".
  private func isAfterHome(_ index: Int, in text: NameText) -> Bool {
    guard let before = text.word(index - 1), before.shape == .lower else { return false }
    return before.facts.has(.home)
  }
}

/// The postal codes of the states and territories of the United States.
enum StateCodes {
  private static let codes = Set(
    """
    AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY
    NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR
    """.utf8.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }.map(Array.init))

  static func contains(_ bytes: ArraySlice<UInt8>) -> Bool { codes.contains(Array(bytes)) }
}
