/// Reads the code after a cue.
struct CuedIdentifierReader {
  let text: MatchText

  /// What follows the longest of some cues that stands at a token and has a code.
  func identifiers(at index: Int, _ cues: [IdentifierCue]) -> [Identifier] {
    for cue in cues {
      guard let last = end(of: cue, at: index) else { continue }
      let codes = codes(after: last, cue, from: index)
      guard codes.isEmpty else {
        return codes.map { text.identifier(cue.kind, $0.tokens, rule: "code-with-cue") }
      }
    }
    return []
  }

  /// The last token of a cue's words; a mark or two may stand between them (`D.L.`, `driver's`).
  private func end(of cue: IdentifierCue, at index: Int) -> Int? {
    var place = index
    for key in cue.keys.dropFirst() {
      place += 1
      if text.isMark(place, in: "./-'º") { place += 1 }
      if text.isMark(place, "-") { place += 1 }
      guard text.key(place) == key else { return nil }
    }
    return place
  }

  private func codes(after last: Int, _ cue: IdentifierCue, from first: Int) -> [CodeReader.Code] {
    guard let start = start(after: last), !isPublic(start.index, cue, from: first),
      let code = code(at: start.index, cue), accepts(code, cue, isMarked: start.isMarked)
    else { return [] }
    var codes = [code]
    // More of the same: `MRNs 12345, 67890 and 24680`.
    while let last = codes.last, codes.count < 50, let next = next(after: last, cue) {
      codes.append(next)
    }
    return codes
  }

  /// The first token after a cue that may be of a code, and whether a mark shows that it is one.
  private func start(after last: Int) -> (index: Int, isMarked: Bool)? {
    var index = last + 1
    var isMarked = false
    var lineEnds = 0
    while index <= last + 10 {
      if text.kind(index) == .lineEnd {
        lineEnds += 1
        guard lineEnds == 1 else { return nil }
      } else if text.isMark(index, in: ":#=") || Self.numberWords.contains(text.key(index)) {
        isMarked = true
      } else if text.isMark(index, in: ".-(/*\"'") || Self.linkWords.contains(text.key(index)) {
        if text.isMark(index, "-"), text.isAttached(index), lineEnds == 0 { isMarked = true }
      } else {
        return (index, isMarked)
      }
      index += 1
    }
    return nil
  }

  private func code(at index: Int, _ cue: IdentifierCue) -> CodeReader.Code? {
    let reader = CodeReader(text: text)
    guard var code = reader.code(at: index) else { return nil }
    if cue.kind == .vehicle, code.digits == 0, code.letters <= 3,
      let number = reader.code(at: code.tokens.upperBound + 1), number.digits > 0
    {
      // Plates are written in two parts: `ABC 1234`.
      code = CodeReader.Code(
        tokens: index...number.tokens.upperBound, digits: number.digits,
        letters: code.letters + number.letters)
    }
    let first = code.tokens.upperBound
    return reader.extended(code) { last, next in
      if cue.isSpaced { return text.length(next) >= 2 }
      return (3...4).contains(text.length(next)) && text.length(next) == text.length(last)
        && text.length(next) == text.length(first) && !text.isYear(next)
    }
  }

  private func accepts(_ code: CodeReader.Code, _ cue: IdentifierCue, isMarked: Bool) -> Bool {
    let minimum = isMarked ? cue.minimumDigits : max(cue.isWeak ? 5 : 4, cue.minimumDigits)
    guard code.digits >= minimum, code.letters <= code.digits + 12,
      !text.isQuantity(code.tokens.upperBound), !isYears(code)
    else { return false }
    if NumericDateReader(text: text).date(at: code.tokens.lowerBound, isSecond: false) != nil {
      return false
    }
    let isYear = code.tokens.count == 1 && text.isYear(code.tokens.lowerBound)
    guard cue.isWeak else { return isMarked || !isYear }
    if code.tokens.count > 1 {
      return isMarked || code.letters > 0 || !text.isMark(code.tokens.lowerBound + 1, "/")
    }
    return !isYear
  }

  /// Codes of the literature that a word such as `ID` may name.
  private func isPublic(_ index: Int, _ cue: IdentifierCue, from first: Int) -> Bool {
    guard cue.isWeak || cue.kind == .uniqueIdentifier else { return false }
    return PublicCodes.words.contains(text.key(first - 1))
      || PublicCodes.isAhead(at: index, in: text)
  }

  /// `2006-2015`, `2019/20`.
  private func isYears(_ code: CodeReader.Code) -> Bool {
    let first = code.tokens.lowerBound
    return code.tokens.count == 3 && text.isYear(first)
      && (text.isYear(first + 2) || text.length(first + 2) == 2) && code.letters == 0
  }

  private func next(after code: CodeReader.Code, _ cue: IdentifierCue) -> CodeReader.Code? {
    let mark = code.tokens.upperBound + 1
    guard text.isMark(mark, in: ",;/&") || Self.andWords.contains(text.key(mark)) else {
      return nil
    }
    let start = Self.andWords.contains(text.key(mark + 1)) ? mark + 2 : mark + 1
    guard let next = self.code(at: text.isMark(start, "#") ? start + 1 : start, cue),
      next.digits == code.digits, next.digits >= 4, next.letters == code.letters
    else { return nil }
    return next
  }

  private static let numberWords = WordSet(
    "number numbers no nos num nbr nr id ids code codes nº numero")
  private static let linkWords = WordSet("is was are as es and the de xxx xx")
  private static let andWords = WordSet("and or y et")
}
