/// Places below the state: cities, counties, neighbourhoods.
struct PlaceRules {
  let bytes: [UInt8]

  /// Places that only a place can be: before a state, or counties.
  func applySure(to text: inout NameText) {
    for index in text.pieces.indices where !text.isTaken(index) {
      guard text.pieces[index].kind == .word else { continue }
      applyState(index, &text)
      applyArea(index, &text)
    }
  }

  func apply(to text: inout NameText) {
    for index in text.pieces.indices where !text.isTaken(index) {
      guard text.pieces[index].kind == .word else { continue }
      for length in [3, 2, 1] where applyTown(index..<index + length, &text) { break }
    }
  }

  // MARK: - "Cedar Falls, Iowa", "Cedar Falls, IA"

  private func applyState(_ index: Int, _ text: inout NameText) {
    guard text.isMark(index - 1, ","), isState(index, in: text) else { return }
    var start = index - 1
    while start > 0, index - start < 5,
      text.nameability(start - 1) > 0 || isTown(start - 1, in: text),
      !text.isTaken(start - 1), start == index - 1 || text.pieces[start].isSpaced,
      text.word(start - 1)?.shape == .capital || text.isLowerCase
    {
      start -= 1
    }
    guard start < index - 1 else { return }
    text.claim(start..<index - 1, .location, "before-state")
  }

  private func isTown(_ index: Int, in text: NameText) -> Bool {
    guard let piece = text.word(index), piece.shape == .capital else { return false }
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
    let isAfter = isAfterHome(range.lowerBound, in: text)
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
