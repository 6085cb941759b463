/// Reads a telephone number that begins at a token.
struct PhoneReader {
  let text: MatchText

  /// The telephone number whose first digits are given, with the marks before them.
  func phone(around number: Int, after end: Int) -> (identifier: Identifier, last: Int)? {
    guard isPossible(number) else { return nil }
    if let inner = innerExtension(number) { return inner }
    var start = number
    if text.isMark(start - 1, "("), start - 1 > end { start -= 1 }
    if text.isMark(start - 1, "+"), start - 1 > end { start -= 1 }
    return phone(at: start)
  }

  /// Whether there are digits enough for a telephone number, or a word for a short one.
  private func isPossible(_ number: Int) -> Bool {
    var digits = text.length(number)
    var place = number + 1
    while digits < 7, place < number + 9 {
      if text.isNumber(place) {
        digits += text.length(place)
      } else if text.kind(place) != .mark, text.kind(place) != .lineEnd {
        break
      }
      place += 1
    }
    if text.isAttached(number), text.key(number - 1) == Self.extensionLetter { return true }
    if digits >= 7, hasFreeForm(number) { return true }
    return digits >= 3 && PhoneCue.before(number, in: text) != nil
  }

  /// Whether the first group is one of a form that needs no word; most numbers of tables are not.
  private func hasFreeForm(_ number: Int) -> Bool {
    if text.byte(number) == 0x30 || text.isMark(number - 1, in: "+(") { return true }
    if text.length(number) == 1 {
      return text.byte(number) == 0x31 && !text.isNumber(number + 1) || text.length(number + 1) == 3
    }
    return [3, 10, 11].contains(text.length(number))
      || PhoneCue.after(lastNumber(from: number), in: text) != nil
  }

  /// The last of the next few groups of digits.
  private func lastNumber(from number: Int) -> Int {
    var last = number
    while last < number + 8, text.isNumber(last + 1) { last += 1 }
    return last
  }

  /// `call x5555`, an extension by itself.
  private func innerExtension(_ number: Int) -> (identifier: Identifier, last: Int)? {
    guard text.isAttached(number), text.key(number - 1) == Self.extensionLetter,
      (3...6).contains(text.length(number)), PhoneCue.before(number - 1, in: text) != nil
    else { return nil }
    return (text.identifier(.phone, number...number, rule: "phone-with-cue"), number)
  }

  private static let extensionLetter = WordKey.key(of: "x")

  private func phone(at index: Int) -> (identifier: Identifier, last: Int)? {
    let number = DigitGroups(at: index, in: text)
    guard let first = number.groups.first, !isOfAnother(index, first) else { return nil }
    let cue = PhoneCue.before(index, in: text)
    for count in stride(from: number.groups.count, to: 0, by: -1) {
      let part = number.prefix(count)
      guard !part.isCut,
        !text.isQuantity(part.last) || extensionEnd(after: part.last) > part.last
          || part.isWrittenAsPhone
      else { continue }
      let cue = cue ?? PhoneCue.after(part.last, in: text)
      guard PhoneForm(part, in: text).isPhone(after: cue) else { continue }
      let last = extensionEnd(after: part.last)
      let rule = cue == nil ? "phone" : "phone-with-cue"
      return (text.identifier(cue?.kind ?? .phone, index...last, rule: rule), last)
    }
    return nil
  }

  /// Whether the number is a date, a part of a code, or a code of the literature.
  private func isOfAnother(_ index: Int, _ first: Int) -> Bool {
    if text.isInsideCode(index) && text.isNumber(index) { return true }
    if NumericDateReader(text: text).date(at: first, isSecond: false) != nil { return true }
    return text.wordBefore(index).map { PublicCodes.words.contains(text.key($0)) } == true
  }

  /// The last token of `x123`, `ext. 123`, or of the number when there is no extension.
  private func extensionEnd(after last: Int) -> Int {
    var index = last + 1
    if text.isMark(index, ",") { index += 1 }
    guard Self.extensions.contains(text.key(index)) else { return last }
    index += 1
    while text.isMark(index, in: ".:#") { index += 1 }
    return text.isNumber(index) && text.length(index) <= 6 ? index : last
  }

  private static let extensions = WordSet("x ext extension extn xt poste int anexo")
}
