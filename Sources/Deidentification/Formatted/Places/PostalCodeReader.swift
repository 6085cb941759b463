/// Reads the postal codes of several countries at a token.
struct PostalCodeReader {
  let text: MatchText

  /// `ZIP: 7412 SL`, `C.P. 28041`, `〒160-0023`.
  func codeAfterCue(_ index: Int) -> ClosedRange<Int>? {
    guard let cue = Self.cues[text.key(index)] else {
      return isIdeographicCue(index) ? code(after: index) : nil
    }
    switch cue {
    case .whole: return code(after: index)
    case .beforeCode:
      guard Self.codeWords.contains(text.key(index + 1)) else { return nil }
      return code(after: index + 1)
    case .letters:
      let isShort = text.isMark(index + 1, ".") && text.byte(index + 2) | 0x20 == 0x70
      return isShort ? code(after: index + 2) : nil
    }
  }

  private func isIdeographicCue(_ index: Int) -> Bool {
    let word = text.bytes[text.tokens[index].range]
    guard (word.last ?? 0) >= 0x80 else { return false }
    return word.hasSuffix("〒") || word.hasSuffix("郵便番号") || word.hasSuffix("邮编")
      || word.hasSuffix("邮政编码")
  }

  private func code(after cue: Int) -> ClosedRange<Int>? {
    var index = cue + 1
    while text.isMark(index, in: ":.#-") || Self.links.contains(text.key(index)) { index += 1 }
    guard let code = CodeReader(text: text).code(at: index), (2...10).contains(code.digits),
      code.letters <= 4, !text.isQuantity(code.tokens.upperBound)
    else { return nil }
    let next = code.tokens.upperBound + 1
    let isSecondPart =
      text.isNumber(next) && text.length(next) <= 4 && !text.isYear(next)
      || (isCapitals(next) && text.length(next) == 2)
    return code.tokens.lowerBound...(isSecondPart ? next : code.tokens.upperBound)
  }

  /// Five digits after the name of a state, with four more or not; `APO` and the like before it.
  func afterState(_ index: Int) -> ClosedRange<Int>? {
    guard text.length(index) == 5, !text.isQuantity(index) else { return nil }
    var state = index - 1
    while state > index - 3, text.isMark(state, in: ",.") { state -= 1 }
    let isState =
      isCapitals(state) && PlaceWords.states.contains(text.key(state))
      || (text.isCapitalized(state) && PlaceWords.stateNames.contains(text.key(state)))
    let isForces = Self.forces.contains(text.key(state - 1)) && text.length(state) == 2
    guard isState || isForces, !text.isAttached(index), !isDecimal(index) else { return nil }
    return (isForces ? state - 1 : index)...zipEnd(index)
  }

  private func zipEnd(_ index: Int) -> Int {
    text.isMark(index + 1, "-") && text.length(index + 2) == 4 && text.isNumber(index + 2)
      ? index + 2 : index
  }

  /// `02139-4307`.
  func zipPlus4(_ index: Int) -> ClosedRange<Int>? {
    guard text.length(index) == 5, zipEnd(index) > index, text.isAttached(index + 2),
      !text.isInsideCode(index), !text.isContinued(index + 2), !text.isQuantity(index + 2)
    else { return nil }
    return index...index + 2
  }

  /// `Norway 64389`, at the end of an address.
  func afterCountry(_ index: Int) -> ClosedRange<Int>? {
    guard (5...6).contains(text.length(index)), !text.isQuantity(index), !text.isContinued(index),
      !text.isAttached(index), !isDecimal(index)
    else { return nil }
    let country = text.isMark(index - 1, ")") ? index - 4 : index - 1
    return PlaceWords.countries.contains(text.key(country)) ? index...index : nil
  }

  /// `in Acquapendente 1021`: a number that is no year after a name in small letters but the first.
  func afterTown(_ index: Int) -> ClosedRange<Int>? {
    guard (4...5).contains(text.length(index)), !text.isYear(index), !text.isQuantity(index),
      !text.isAttached(index), !text.isContinued(index), !isDecimal(index)
    else { return nil }
    var first = index
    while first > index - 3, text.isCapitalized(first - 1), text.tokens[first].isSpaced,
      text.length(first - 1) > 2, !isCapitals(first - 1) || text.length(first - 1) > 4,
      !Self.numbered.contains(text.key(first - 1))
    {
      first -= 1
    }
    guard first < index, Self.prepositions.contains(text.key(first - 1)) else { return nil }
    return index...index
  }

  /// `109, 20014 Donostia`, as in Spain, France and Germany: after a mark or a house number, before
  /// the name of a town; with the street before it.
  func beforeTown(_ index: Int) -> ClosedRange<Int>? {
    guard text.length(index) == 5, !text.isAttached(index) || text.isMark(index - 1, in: ".,"),
      !text.isInsideCode(index), !isDecimal(index), isAfterPart(index)
    else { return nil }
    let town = text.isMark(index + 1, in: ",.-") ? index + 2 : index + 1
    guard text.isCapitalized(town), text.length(town) >= 4,
      !text.isAttached(index + 1) || town > index + 1,
      !isCapitals(town), !text.isQuantity(index)
    else { return nil }
    let isTown =
      text.kind(town + 1) != .word || text.isCapitalized(town + 1)
      || PlaceWords.particles.contains(text.key(town + 1))
    return isTown ? (streetStart(before: index) ?? index)...index : nil
  }

  private func isAfterPart(_ index: Int) -> Bool {
    if text.kind(index - 1) == .lineEnd || text.isMark(index - 1, in: ".,;)-") { return true }
    if text.isNumber(index - 1) { return text.length(index - 1) <= 3 }
    return text.length(index - 1) == 1 && text.isMark(index - 2, in: "/º")
  }

  /// Where `Irunlarrea, 4` begins before a postal code.
  private func streetStart(before code: Int) -> Int? {
    var place = code - 1
    if text.isMark(place, in: ",.") { place -= 1 }
    guard text.isNumber(place), text.length(place) <= 3 else { return nil }
    if text.isMark(place - 1, ",") { place -= 1 }
    var first = place
    while first > place - 6,
      text.isCapitalized(first - 1) || PlaceWords.particles.contains(text.key(first - 1))
    {
      first -= 1
    }
    while first < place, !text.isCapitalized(first) { first += 1 }
    return first < place ? first : nil
  }

  private func isDecimal(_ index: Int) -> Bool {
    text.isMark(index + 1, in: ".,") && text.isAttached(index + 2) && text.isNumber(index + 2)
  }

  /// `SW1A 1AA`, in capitals.
  func british(_ index: Int) -> ClosedRange<Int>? {
    guard text.length(index) <= 2, text.isNumber(index + 1), isCapitals(index),
      Self.areas.contains(text.key(index)), text.isAttached(index + 1), text.length(index + 1) <= 2,
      !text.isInsideCode(index)
    else { return nil }
    let hasLetter =
      text.isAttached(index + 2) && text.length(index + 2) == 1 && isCapitals(index + 2)
    let inward = hasLetter ? index + 3 : index + 2
    guard text.isNumber(inward), text.length(inward) == 1, !text.isAttached(inward),
      text.isAttached(inward + 1), text.length(inward + 1) == 2, isCapitals(inward + 1),
      !Self.ordinals.contains(text.key(inward + 1))
    else { return nil }
    return index...inward + 1
  }

  /// `K1A 0B1`, in capitals.
  func canadian(_ index: Int) -> ClosedRange<Int>? {
    guard text.length(index) == 1, isLetter(index), !text.isInsideCode(index), isDigit(index + 1),
      text.isAttached(index + 1),
      isLetter(index + 2), text.isAttached(index + 2)
    else { return nil }
    let second = text.isMark(index + 3, "-") ? index + 4 : index + 3
    // Without a blank it may be a stage (`T2N0M0`) or a scale (`E3V3M4`).
    guard isDigit(second), second > index + 3 || !text.isAttached(second), isLetter(second + 1),
      text.isAttached(second + 1), isDigit(second + 2),
      text.isAttached(second + 2), !text.isContinued(second + 2)
    else { return nil }
    return index...second + 2
  }

  private func isLetter(_ index: Int) -> Bool {
    text.length(index) == 1 && isCapitals(index) && !"DFIOQUWZ".utf8.contains(text.byte(index))
      || (text.length(index) == 1 && isCapitals(index) && "WZ".utf8.contains(text.byte(index)))
  }

  private func isDigit(_ index: Int) -> Bool { text.isNumber(index) && text.length(index) == 1 }

  private func isCapitals(_ index: Int) -> Bool {
    guard text.isWord(index) else { return false }
    return text.bytes[text.tokens[index].range].allSatisfy { (0x41...0x5A).contains($0) }
  }

  private enum Cue: Sendable {
    case whole
    case beforeCode
    /// `C.P.`
    case letters
  }

  private static let cues = WordTable<Cue>([
    ("zip", .whole), ("zipcode", .whole), ("postcode", .whole), ("cp", .whole), ("plz", .whole),
    ("postal", .beforeCode), ("post", .beforeCode), ("codigo", .beforeCode), ("code", .beforeCode),
    ("c", .letters),
  ])
  private static let codeWords = WordSet("code postal")
  private static let prepositions = WordSet("in from near to")
  private static let numbered = WordSet(
    """
    study room site arm protocol cohort phase group trial table figure section exon codon case class
    type grade stage level position block unit bed ward chapter part step visit week day month year
    patient subject lot line over approximately about nearly almost january february march april may
    june july august september october november december
    """)
  private static let links = WordSet("code is number")
  private static let forces = WordSet("apo fpo dpo")
  private static let ordinals = WordSet("st nd rd")
  private static let areas = WordSet(
    """
    AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC
    EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS
    LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP
    SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE
    """)
}
