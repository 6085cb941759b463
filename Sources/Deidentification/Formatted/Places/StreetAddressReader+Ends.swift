/// The parts of addresses about the street: units, cities with their codes, and addresses that only
/// such parts or a word before them show.
extension StreetAddressReader {
  /// The last token of an address whose street ends at a token: `, Apt. 4B, Springfield, MA 01103`.
  func addressEnd(_ last: Int) -> Int {
    var end = last
    var place = last + 1
    if text.isMark(place, "."), text.isAttached(place) { place += 1 }
    if PlaceWords.directions.contains(text.key(place)), text.isCapitalized(place) {
      end = place
      place += 1
    }
    place = afterGap(place)
    if text.isMark(place, "#"), text.isNumber(place + 1) { return cityEnd(after: place + 1) }
    guard PlaceWords.units.contains(text.key(place)), let unit = unitEnd(at: place) else {
      return cityEnd(after: end)
    }
    return addressEnd(unit)
  }

  /// Over the commas, line ends and quoting marks between two parts of an address.
  private func afterGap(_ index: Int) -> Int {
    var place = index
    while place < index + 5, text.isMark(place, in: ",.>-") || text.kind(place) == .lineEnd {
      place += 1
    }
    return place
  }

  /// The last token of a unit: `Apt. 4B`, `Suite #680`.
  func unitEnd(at index: Int) -> Int? {
    var place = index + 1
    while text.isMark(place, in: ".#:"), place < index + 4 { place += 1 }
    guard let code = CodeReader(text: text).code(at: place) else { return nil }
    let isUnit = code.digits > 0 ? code.digits <= 5 : code.letters == 1 && text.isCapitalized(place)
    return isUnit && !text.isQuantity(code.tokens.upperBound) ? code.tokens.upperBound : nil
  }

  /// The end of a city with its state or country and code; the given token when no code or country
  /// shows that there is one.
  private func cityEnd(after last: Int) -> Int {
    var place = afterGap(last + 1)
    let isCode = text.isNumber(place) && text.length(place) == 5 && text.isCapitalized(place + 1)
    if isCode { place += 1 }
    let first = place
    var end = isCode ? first - 1 : last
    var words = 0
    while words < 6, isOfCity(place) {
      words += 1
      place += 1
      if text.isMark(place, in: "-'"), text.isAttached(place + 1) { place += 1 }
      let next = afterGap(place)
      if PlaceWords.countries.contains(text.key(place - 1)) { end = place - 1 }
      if text.isMark(next, "("), text.isWord(next + 1), text.isMark(next + 2, ")") {
        place = next + 3
      } else if next > place, isOfCity(next) || text.isNumber(next) {
        place = next
      }
      if text.isNumber(place), (4...6).contains(text.length(place)), !text.isYear(place) {
        return place
      }
    }
    return isCode && words > 0 ? max(end, first) : end
  }

  private func isOfCity(_ index: Int) -> Bool {
    text.isCapitalized(index)
      || (PlaceWords.particles.contains(text.key(index)) && text.isCapitalized(index + 1))
      || text.key(index) == Self.missing
  }

  /// Where `Aqqusinersuaq 111` begins before a unit such as `Suite 201`.
  func numberedName(before unit: Int) -> Int? {
    var place = unit - 1
    while place > unit - 5, text.isMark(place, in: ",.>?") || text.kind(place) == .lineEnd {
      place -= 1
    }
    let number = place
    let hasNumber = text.isNumber(number) && text.length(number) <= 5
    guard hasNumber || text.isCapitalized(number) else { return nil }
    var first = hasNumber ? number : number + 1
    var words = 0
    while words < 5, isOfCity(first - 1) {
      first -= 1
      words += 1
    }
    guard words > 0 else { return nil }
    if let house = houseNumber(before: first) { return earlierNumber(house) }
    return hasNumber ? first : nil
  }

  /// `lives at 172 Maneeži 75`: numbers and names in capitals.
  func dwelling(_ index: Int) -> ClosedRange<Int>? {
    var first = index + 1
    while first < index + 4, Self.links.contains(text.key(first)) || text.isMark(first, ":") {
      first += 1
    }
    guard first > index + 1, text.isNumber(first), text.length(first) <= 6, !text.isQuantity(first),
      text.isCapitalized(first + 1) || text.isNumber(first + 1)
    else { return nil }
    return first...addressEnd(namesEnd(from: first))
  }

  /// `corner of Main and 5th Street`, `north side of Joaquin Suarez 2906`.
  func corner(_ index: Int) -> ClosedRange<Int>? {
    guard text.key(index + 1) == Self.of, text.isCapitalized(index + 2) || text.isNumber(index + 2)
    else { return nil }
    let last = namesEnd(from: index + 2)
    // `the corner of Smith's`, `the side of Mr. Lee` are none: a street has two words or a number.
    let isStreet = (index + 2...last).contains {
      text.isNumber($0) || PlaceWords.streetKinds[text.key($0)] != nil
    }
    return isStreet ? index + 2...last : nil
  }

  /// The end of a run of numbers, names and small words, which a number or name ends.
  private func namesEnd(from first: Int) -> Int {
    var last = first
    var place = first
    while place < first + 12 {
      if text.isNumber(place) || text.isCapitalized(place) {
        last = place
      } else if !PlaceWords.particles.contains(text.key(place)), text.key(place) != Self.and,
        !text.isMark(place, in: ".-'"), !(text.isWord(place) && text.isAttached(place))
      {
        break
      }
      place += 1
    }
    return last
  }

  /// `Hermanos Falcó, s/n`: a street without number.
  func withoutNumber(_ index: Int) -> ClosedRange<Int>? {
    guard text.isMark(index + 1, "/"), text.length(index + 2) == 1,
      text.byte(index + 2) | 0x20 == 0x6E, text.isAttached(index + 2)
    else { return nil }
    var first = text.isMark(index - 1, ",") ? index - 1 : index
    var words = 0
    while words < 6, isOfCity(first - 1) {
      first -= 1
      words += 1
    }
    return words > 0 ? first...cityEnd(after: index + 2) : nil
  }

  /// What an export writes for a field without a value.
  private static let missing = WordKey.key(of: "nan")
  private static let links = WordSet("at in on is now")
  private static let of = WordKey.key(of: "of")
  private static let and = WordKey.key(of: "and")
}
