/// Reads an address around a word that shows that there is one.
struct StreetAddressReader {
  typealias Found = (tokens: ClosedRange<Int>, rule: String)

  let text: MatchText

  func address(at index: Int) -> Found? {
    let key = text.key(index)
    if PlaceWords.addressCues.contains(key), let line = line(after: index) {
      return (line, "address-with-cue")
    }
    if let kind = PlaceWords.streetKinds[key], let tokens = streetLast(index, kind) {
      return (tokens, "street-address")
    }
    if PlaceWords.leadingKinds.contains(key), let tokens = streetFirst(index) {
      return (tokens, "street-address")
    }
    if let tokens = box(index) { return (tokens, "post-box") }
    if PlaceWords.soleUnits.contains(key), let last = unitEnd(at: index) {
      return ((numberedName(before: index) ?? index)...addressEnd(last), "address-unit")
    }
    if PlaceWords.dwelling.contains(key), let tokens = dwelling(index) {
      return (tokens, "address-with-cue")
    }
    if Self.sides.contains(key), let tokens = corner(index) { return (tokens, "address-with-cue") }
    if key == Self.noNumberLetter, let tokens = withoutNumber(index) {
      return (tokens, "street-address")
    }
    return compound(index).map { ($0, "street-address") }
  }

  // MARK: Street names first, kind last

  private func streetLast(_ index: Int, _ kind: PlaceWords.StreetKind) -> ClosedRange<Int>? {
    guard !isTitle(index) else { return nil }
    var first = index
    var words = 0
    while words < 5, let next = nameWord(before: first) {
      first = next
      words += 1
    }
    guard words > 0 else { return nil }
    let last = numberedRoadEnd(index)
    if let number = houseNumber(before: first) { return earlierNumber(number)...addressEnd(last) }
    // `lives on Berg Hills Street`.
    guard kind == .full, text.isCapitalized(index), text.isCapitalized(first),
      Self.places.contains(text.key(first - 1)), !text.isCapitalized(index + 1)
    else { return nil }
    return first...addressEnd(index)
  }

  /// The last token of `County Road 5`, `State Route 9`; the kind itself for other streets.
  private func numberedRoadEnd(_ index: Int) -> Int {
    let isNumbered =
      Self.roadOwners.contains(text.key(index - 1)) && text.isNumber(index + 1)
      && text.length(index + 1) <= 4
    return isNumbered ? index + 1 : index
  }

  /// `Dr. Smith` and `St. Jude` are no streets.
  private func isTitle(_ index: Int) -> Bool {
    guard Self.titles.contains(text.key(index)) else { return false }
    let next = text.isMark(index + 1, ".") ? index + 2 : index + 1
    return text.isCapitalized(next) && !text.isMark(next + 1, ",")
      && !PlaceWords.directions.contains(text.key(next))
      && !PlaceWords.units.contains(text.key(next))
  }

  /// The word of a street's name before a token; over points, as in `N. 5th`.
  private func nameWord(before index: Int) -> Int? {
    var place = index - 1
    if text.isMark(place, in: ".'-") { place -= 1 }
    guard text.isWord(place) else { return nil }
    if text.length(place) == 1 {
      // `St. John's Road`, and the letter of `221B`.
      if text.isMark(place - 1, "'"), text.isAttached(place), text.isWord(place - 2) {
        return place - 2
      }
      if text.isAttached(place), text.isNumber(place - 1) { return nil }
    }
    if Self.ordinals.contains(text.key(place)), text.isAttached(place) { return place - 1 }
    let isName =
      text.isCapitalized(place) || PlaceWords.particles.contains(text.key(place))
      || isLowercaseName(place)
    return isName ? place : nil
  }

  /// In texts without capitals: names next to a number of three digits or more.
  private func isLowercaseName(_ index: Int) -> Bool {
    text.isNumber(index - 1) && (3...5).contains(text.length(index - 1)) && !text.isAttached(index)
      && !text.isQuantity(index - 1) && text.length(index) > 3
      && (Self.places.contains(text.key(index - 2)) || text.isNumber(index - 2))
  }

  /// The first token of the number of a house that ends right before a token.
  func houseNumber(before index: Int) -> Int? {
    var place = index - 1
    if text.isMark(place, ",") { place -= 1 }
    if text.length(place) == 1, text.isWord(place), text.isAttached(place) { place -= 1 }
    guard text.isNumber(place), text.length(place) <= 6, !text.isInsideCode(place),
      !text.isAttached(index)
    else { return nil }
    return text.isMark(place - 1, "-") && text.isNumber(place - 2) ? place - 2 : place
  }

  /// A second number before that of a house: `760 31 Rue Al Bakri`.
  func earlierNumber(_ index: Int) -> Int {
    let isNumber =
      text.isNumber(index - 1) && text.length(index - 1) <= 5 && !text.isInsideCode(index - 1)
      && !text.isAttached(index) && text.tokens[index].isSpaced
    return isNumber ? index - 1 : index
  }

  // MARK: Kind first, street names last

  private func streetFirst(_ index: Int) -> ClosedRange<Int>? {
    var place = index + 1
    let isMarked = text.isMark(place, in: "./") && text.isAttached(place)
    if isMarked { place += 1 }
    let isShort = PlaceWords.markedKinds.contains(text.key(index))
    guard isMarked || !isShort, !text.isQuantity(index) else { return nil }
    var names = 0
    while names < 8, let next = streetWord(at: place) {
      names += 1
      place = next
    }
    let number = houseNumber(before: index)
    guard names > 0, hasCapital(index + 1..<place) || number != nil,
      text.key(index) != Self.via || text.isCapitalized(index)
    else { return nil }
    let last = numberEnd(from: place)
    guard number != nil || last != nil else { return nil }
    return (number.map(earlierNumber) ?? index)...(last.map(addressEnd) ?? place - 1)
  }

  /// The place after a word of a street's name.
  private func streetWord(at index: Int) -> Int? {
    guard text.isWord(index), text.kind(index - 1) != .lineEnd else { return nil }
    let isName =
      text.isCapitalized(index) || PlaceWords.particles.contains(text.key(index))
      || (PlaceWords.particles.contains(text.key(index - 1))
        && (text.isNumber(index + 1) || text.isCapitalized(index + 1)))
    guard isName else { return nil }
    let isPoint = text.isMark(index + 1, in: ".'-") && text.isCapitalized(index + 2)
    return isPoint ? index + 2 : index + 1
  }

  private func hasCapital(_ tokens: Range<Int>) -> Bool {
    tokens.contains { text.isCapitalized($0) }
  }

  /// The end of `, 27, 1 A`, `s/n`, `no 261`, `100, 3,1`.
  private func numberEnd(from index: Int) -> Int? {
    var place = index
    if text.isMark(place, ",") { place += 1 }
    if Self.numberWords.contains(text.key(place)) {
      place += 1
      if text.isMark(place, in: ".º") { place += 1 }
    }
    if text.byte(place) | 0x20 == 0x73, text.isMark(place + 1, "/"),
      text.byte(place + 2) | 0x20 == 0x6E
    {
      return place + 2
    }
    guard text.isNumber(place), text.length(place) <= 5, !text.isQuantity(place),
      !text.isAttached(place) || text.kind(place - 1) == .mark
    else { return nil }
    return floorEnd(after: place)
  }

  /// Floors, stairs and doors after a house number on its line.
  func floorEnd(after index: Int) -> Int {
    var last = index
    var place = index + 1
    var steps = 0
    while steps < 16 {
      steps += 1
      if text.isMark(place, in: ",.-/") {
        place += 1
      } else if text.isNumber(place), text.length(place) <= 3 || text.length(place) == 5 {
        last = place
        place += 1
      } else if PlaceWords.floors.contains(text.key(place)) || isFloor(place) {
        last = place
        place += 1
      } else {
        break
      }
    }
    return last
  }

  private func isFloor(_ index: Int) -> Bool {
    text.isWord(index) && text.isAttached(index) && text.length(index) <= 4
      && text.isNumber(index - 1)
  }

  // MARK: One word

  /// `Brucker Bundesstrasse 31`.
  private func compound(_ index: Int) -> ClosedRange<Int>? {
    let number = text.isMark(index + 1, ".") ? index + 2 : index + 1
    guard text.isNumber(number), text.length(number) <= 4, text.tokens[number].isSpaced,
      !text.isQuantity(number), isCompound(index)
    else { return nil }
    var first = index
    while first > index - 2, text.isCapitalized(first - 1) { first -= 1 }
    return (houseNumber(before: first) ?? first)...addressEnd(floorEnd(after: number))
  }

  private func isCompound(_ index: Int) -> Bool {
    if PlaceWords.separateEnds.contains(text.key(index)), text.isCapitalized(index - 1) {
      return true
    }
    guard text.isCapitalized(index), text.length(index) >= 7 else { return false }
    let word = text.bytes[text.tokens[index].range]
    return PlaceWords.compoundEnds.contains { word.hasSuffix($0) }
  }

  // MARK: Boxes, units, lines

  /// `P.O. Box 149`, `Postbox 21`, `PSC 5420, Box 2708`, `Unit 5022 Box 1225`, `Apartado 20134`.
  private func box(_ index: Int) -> ClosedRange<Int>? {
    guard Self.boxes.contains(text.key(index)) else { return nil }
    var number = index + 1
    while text.isMark(number, in: ".#:") || Self.boxLinks.contains(text.key(number)) { number += 1 }
    guard text.isNumber(number), text.length(number) <= 6 else { return nil }
    guard text.key(index) == Self.boxWord else { return index...number }
    var first = index - 1
    while text.isMark(first, in: ".,") { first -= 1 }
    if text.key(first) == Self.officeLetter || text.key(first) == Self.officeWord {
      first -= 1
      while text.isMark(first, ".") { first -= 1 }
      return first >= 0 ? first...number : nil
    }
    if text.key(first) == Self.postOffice { return first...number }
    guard text.isNumber(first), Self.forces.contains(text.key(first - 1)) else { return nil }
    return first - 1...number
  }

  /// What follows `Domicilio:` on its line, or on the next; an address has a digit.
  private func line(after cue: Int) -> ClosedRange<Int>? {
    guard text.isMark(cue + 1, ":"), !PlaceWords.otherAddresses.contains(text.key(cue - 1)) else {
      return nil
    }
    let first = text.kind(cue + 2) == .lineEnd ? cue + 3 : cue + 2
    var last = first
    while last < first + 40, text.kind(last) != nil, text.kind(last) != .lineEnd {
      // The next label on the line ends it.
      if last > first, text.isMark(last, ":") {
        last -= 1
        break
      }
      last += 1
    }
    last -= 1
    while last > first, text.isMark(last, in: ".,; ") { last -= 1 }
    guard last > first, (first...last).contains(where: { text.isNumber($0) }) else { return nil }
    return first...last
  }

  private static let roadOwners = WordSet("county state us rural farm")
  private static let sides = WordSet("corner side intersection")
  private static let noNumberLetter = WordKey.key(of: "s")
  private static let via = WordKey.key(of: "via")
  private static let titles = WordSet("dr st")
  private static let ordinals = WordSet("st nd rd th")
  private static let places = WordSet(
    "on at near off lives living along in address is to from of and")
  private static let numberWords = WordSet("no num n nº numero number")
  private static let boxes = WordSet("box postbox apartado apdo pobox postfach")
  private static let boxLinks = WordSet("de correos no number postal")
  private static let boxWord = WordKey.key(of: "box")
  private static let officeLetter = WordKey.key(of: "o")
  private static let officeWord = WordKey.key(of: "office")
  private static let postOffice = WordKey.key(of: "po")
  private static let forces = WordSet("psc unit cmr rr hc route")
}
