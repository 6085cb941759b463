/// Reads a number with a check digit that begins at a token.
struct NationalNumberReader {
  typealias Found = (kind: IdentifierClass, last: Int, rule: String)

  let text: MatchText

  func number(at index: Int) -> Found? {
    if text.isMark(index, "(") { return deviceIdentifier(at: index) }
    if text.key(index) == Self.masked { return maskedNumber(at: index) }
    guard isStart(index) else { return nil }
    if let found = socialSecurityNumber(at: index) ?? hexadecimalIdentifier(at: index) {
      return found
    }
    // The compact form grows group by group; the longest form that holds is taken.
    var compact: [UInt8] = []
    var longest: Found?
    var place = index
    var separator: UInt8?
    while compact.count < 34 {
      let groupEnd = appendGroup(at: place, to: &compact)
      if compact.count >= 9, !text.isContinued(groupEnd) || text.isMark(groupEnd + 1, "-"),
        let form = Self.form(of: compact)
      {
        longest = (form.kind, groupEnd, form.rule)
      }
      guard let next = nextGroup(after: groupEnd, &separator) else { break }
      // One of eleven numbers passes this check: it must not be a part of a longer one.
      if longest?.rule == "my-number", text.isNumber(next) { longest = nil }
      place = next
    }
    guard let longest, !isPublic(index) else { return nil }
    return longest
  }

  /// Letters start a code only when a digit follows soon: `GB29…`, `X1234567L`.
  private func isStart(_ index: Int) -> Bool {
    let isHead =
      (text.isNumber(index) && isPossible(index))
      || (text.length(index) <= 4 && isLetters(index) && text.isAttached(index + 1)
        && text.isNumber(index + 1))
    return isHead && !text.isInsideCode(index)
      && !(text.isAttached(index) && text.isMark(index - 1, "."))
  }

  /// Whether a number is long, or goes on after a letter, a hyphen or a blank.
  private func isPossible(_ index: Int) -> Bool {
    let length = text.length(index)
    if length >= 8 || text.isAttached(index + 1) && text.isWord(index + 1) { return true }
    guard length <= 4, length != 2 else { return false }
    return text.isNumber(index + 1) || text.isMark(index + 1, in: "-.")
  }

  private func isPublic(_ index: Int) -> Bool {
    text.wordBefore(index).map { PublicCodes.words.contains(text.key($0)) } == true
      || PublicCodes.isAhead(at: index, in: text)
  }

  private func appendGroup(at index: Int, to compact: inout [UInt8]) -> Int {
    var last = index
    compact += text.bytes[text.tokens[index].range]
    while compact.count < 40, text.isAttached(last + 1),
      text.isNumber(last + 1) || isLetters(last + 1)
    {
      last += 1
      compact += text.bytes[text.tokens[last].range]
    }
    return last
  }

  private func isLetters(_ index: Int) -> Bool {
    text.isWord(index) && text.bytes[text.tokens[index].range].allSatisfy(\.isASCIILetter)
  }

  /// The next group after a hyphen or a blank, the same one throughout.
  private func nextGroup(after last: Int, _ separator: inout UInt8?) -> Int? {
    let isHyphen = text.isMark(last + 1, "-") && text.isAttached(last + 1)
    let next = isHyphen ? last + 2 : last + 1
    let mark: UInt8 = isHyphen ? 0x2D : 0x20
    guard separator ?? mark == mark, text.isNumber(next) || isLetterGroup(next, isHyphen),
      isHyphen == text.isAttached(next), text.length(next) <= 17
    else { return nil }
    separator = mark
    return next
  }

  /// Between blanks letters are only those of a bank in an IBAN and those that end a number.
  private func isLetterGroup(_ index: Int, _ isHyphen: Bool) -> Bool {
    guard isLetters(index), isHyphen || [1, 4].contains(text.length(index)) else { return false }
    return text.bytes[text.tokens[index].range].allSatisfy { $0 < 0x61 } || isHyphen
  }

  private static func form(of code: [UInt8]) -> (kind: IdentifierClass, rule: String)? {
    let isDigits = code.allSatisfy(\.isDigit)
    switch code.count {
    case 9:
      if CheckDigits.isDNI(code) { return (.uniqueIdentifier, "dni") }
      return CheckDigits.isDEA(code) ? (.license, "dea-number") : nil
    case 10: return CheckDigits.isNHS(code) ? (.medicalRecordNumber, "nhs-number") : nil
    case 11: return CheckDigits.isMBI(code) ? (.healthPlanNumber, "medicare-number") : nil
    case 12: return CheckDigits.isIndividualNumber(code) ? (.uniqueIdentifier, "my-number") : nil
    case 15 where CheckDigits.isNIR(code): return (.socialSecurityNumber, "nir")
    case 17 where !isDigits: return CheckDigits.isVIN(code) ? (.vehicle, "vin") : nil
    case 18 where CheckDigits.isResidentIdentity(code):
      return (.uniqueIdentifier, "resident-identity-number")
    default: break
    }
    if isDigits {
      let isCard = (13...19).contains(code.count) && (0x32...0x36).contains(code[0])
      return isCard && CheckDigits.isLuhn(code) ? (.account, "card-number") : nil
    }
    return CheckDigits.isIBAN(code) ? (.account, "iban") : nil
  }

  // MARK: Forms without check digits

  /// `123-45-6789`, also of an ITIN; between blanks only numbers that are given out.
  private func socialSecurityNumber(at index: Int) -> Found? {
    guard text.length(index) == 3, let area = text.value(index) else { return nil }
    var place = index
    var marks: [UInt8] = []
    for length in [2, 4] {
      let isMark = text.isMark(place + 1, in: "-.")
      marks.append(isMark ? text.byte(place + 1) : 0x20)
      place += isMark ? 2 : 1
      if isMark, text.kind(place) == .lineEnd { place += 1 }
      guard text.isNumber(place), text.length(place) == length else { return nil }
    }
    guard marks[0] == marks[1], !text.isContinued(place) else { return nil }
    let isGiven = area != 0 && area != 666 && text.value(place) != 0 && !text.isYear(place)
    guard marks[0] == 0x2D || (isGiven && !text.isQuantity(place)) else { return nil }
    return (.socialSecurityNumber, place, "social-security-number")
  }

  /// `xxx-xx-6789`: the last four digits are an identifier too.
  private func maskedNumber(at index: Int) -> Found? {
    guard text.isMark(index + 1, "-"), text.length(index + 2) == 2, text.isWord(index + 2),
      text.isMark(index + 3, "-"), text.isNumber(index + 4), text.length(index + 4) == 4
    else { return nil }
    return (.socialSecurityNumber, index + 4, "social-security-number")
  }

  private static let masked = WordKey.key(of: "xxx")

  /// A UUID: groups of 8, 4, 4, 4 and 12 hexadecimal digits.
  private func hexadecimalIdentifier(at index: Int) -> Found? {
    guard !text.isAttached(index) else { return nil }
    var place = index
    for (group, length) in [8, 4, 4, 4, 12].enumerated() {
      if group > 0 {
        guard text.isMark(place, "-") else { return nil }
        place += 1
      }
      var count = 0
      while count < length, isHexadecimal(place) {
        count += text.length(place)
        place += 1
      }
      guard count == length else { return nil }
    }
    return (.uniqueIdentifier, place - 1, "uuid")
  }

  private func isHexadecimal(_ index: Int) -> Bool {
    guard text.kind(index) == .word || text.kind(index) == .number else { return false }
    return text.bytes[text.tokens[index].range].allSatisfy {
      $0.isDigit || ($0 | 0x20) &- 0x61 < 6
    }
  }

  /// A unique device identifier in the form of GS1: `(01)00844588003288(17)141120(10)7654321D`.
  private func deviceIdentifier(at index: Int) -> Found? {
    guard text.length(index + 1) == 2, text.value(index + 1) == 1, text.isMark(index + 2, ")"),
      text.isNumber(index + 3), text.length(index + 3) == 14
    else { return nil }
    var last = index + 3
    while text.isAttached(last + 1),
      text.kind(last + 1) != .mark || text.isMark(last + 1, in: "()-")
    {
      last += 1
    }
    return (.device, last, "device-identifier")
  }
}
