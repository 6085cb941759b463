/// Telephone and fax numbers: `(555) 123-4567 x12`, `+41 (0)96 471 07 95`, `01.84.17.61.18`,
/// `pager 4411`, `090-1234-5678`.
///
/// Numbers without a word such as `phone` must have a form that measures do not have: that of North
/// America, a `+`, or a leading 0 with nine to eleven digits in groups.
package struct PhoneRecognizer: IdentifierRecognizer {
  package var classes: Set<IdentifierClass> { [.phone, .fax] }
  package var languages: Set<String> { PhoneCue.languages }

  package init() {}

  package func identifiers(in text: MatchText) -> [Identifier] {
    var found: [Identifier] = []
    let reader = PhoneReader(text: text)
    var end = -1
    for number in text.numbers where number > end {
      guard let phone = reader.phone(around: number, after: end) else { continue }
      found.append(phone.identifier)
      end = phone.last
    }
    return found
  }
}

/// Reads a telephone number that begins at a token.
private struct PhoneReader {
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
    return digits >= 7 || (digits >= 3 && PhoneCue.before(number, in: text) != nil)
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
      guard !part.isCut, !text.isQuantity(part.last) || extensionEnd(after: part.last) > part.last
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

/// Groups of digits with the marks of telephone numbers between them.
struct DigitGroups {
  /// What stands between two groups.
  enum Gap {
    case blank
    case mark
    case parenthesis
  }

  private let text: MatchText
  /// The tokens of the numbers.
  private(set) var groups: [Int] = []
  /// The gaps after the groups but the last.
  private(set) var gaps: [Gap] = []
  /// The last token, which may be a parenthesis.
  private(set) var last: Int
  private(set) var hasPlus: Bool
  private var lasts: [Int] = []
  /// Whether a group was left out that no blank parts from the last.
  private(set) var isCut = false

  init(at index: Int, in text: MatchText) {
    self.text = text
    hasPlus = text.isMark(index, "+")
    last = index
    var next = hasPlus ? index + 1 : index
    var isInParenthesis = text.isMark(next, "(")
    if isInParenthesis { next += 1 }
    while text.isNumber(next), groups.count < 8 {
      groups.append(next)
      last = next
      guard let gap = gap(after: next, &isInParenthesis) else { break }
      lasts.append(last)
      gaps.append(gap.kind)
      next = gap.next
    }
    lasts.append(last)
    gaps = Array(gaps.prefix(max(0, groups.count - 1)))
  }

  func prefix(_ count: Int) -> DigitGroups {
    var prefix = self
    prefix.groups = Array(groups.prefix(count))
    prefix.gaps = Array(gaps.prefix(count - 1))
    prefix.last = lasts[count - 1]
    prefix.isCut = count < groups.count && gaps[count - 1] == .mark
    return prefix
  }

  var lengths: [Int] { groups.map { text.length($0) } }
  var digits: Int { lengths.reduce(0, +) }

  /// The gap to the next group, if there is one; a closing parenthesis moves the last token.
  private mutating func gap(
    after index: Int, _ isInParenthesis: inout Bool
  ) -> (kind: Gap, next: Int)? {
    var next = index + 1
    var kind = Gap.blank
    if isInParenthesis, text.isMark(next, ")") {
      last = next
      isInParenthesis = false
      kind = .parenthesis
      next += 1
    }
    if text.isMark(next, in: "-./") {
      kind = kind == .parenthesis ? kind : .mark
      guard text.kind(next + 1) == .number || text.isMark(next, "-") else { return nil }
      next += text.kind(next + 1) == .lineEnd ? 2 : 1
    }
    if text.isMark(next, "("), text.isNumber(next + 1), text.isMark(next + 2, ")") {
      isInParenthesis = true
      kind = .parenthesis
      next += 1
    }
    return text.isNumber(next) ? (kind, next) : nil
  }
}

/// Whether groups of digits have the form of a telephone number.
private struct PhoneForm {
  private let text: MatchText
  private let groups: DigitGroups
  private let lengths: [Int]
  private let digits: Int

  init(_ groups: DigitGroups, in text: MatchText) {
    self.text = text
    self.groups = groups
    lengths = groups.lengths
    digits = lengths.reduce(0, +)
  }

  func isPhone(after cue: PhoneCue?) -> Bool {
    if isNorthAmerican || isInternational || isWithLeadingZero || isMobileOfChina || isSpanish {
      return true
    }
    guard let cue else { return isLocal }
    guard ((cue.isShort ? 3 : 6)...15).contains(digits) else { return false }
    if lengths.count == 1 { return true }
    return lengths.dropFirst().allSatisfy { $0 >= 2 } && !text.isYear(groups.last)
  }

  private var isNorthAmerican: Bool {
    var lengths = lengths
    var first = 0
    if lengths.first == 1, text.value(groups.groups[0]) == 1 {
      lengths.removeFirst()
      first = 1
    }
    guard lengths == [3, 3, 4] || (lengths == [3, 7] && groups.gaps.last == .parenthesis) else {
      return lengths == [10] && isArea(groups.groups[first])
    }
    let isBlank = groups.gaps.allSatisfy { $0 == .blank }
    return !isBlank || (isArea(groups.groups[first]) && isArea(groups.groups[first + 1]))
  }

  /// Area and exchange codes begin with 2 to 9.
  private func isArea(_ group: Int) -> Bool { text.byte(group) >= 0x32 }

  /// A local number of seven digits, `555-0199`.
  private var isLocal: Bool {
    lengths == [3, 4] && groups.gaps == [.mark] && isArea(groups.groups[0])
      && text.isMark(groups.groups[0] + 1, "-") && !text.isYear(groups.groups[1])
      && text.isAttached(groups.groups[0] + 1) && !isRange
  }

  /// `range 200-1000`, `150-4000`.
  private var isRange: Bool {
    let isRound = groups.groups.allSatisfy { text.bytes[text.tokens[$0].range].last == 0x30 }
    return isRound
      || Self.rangeWords.contains(text.key(groups.groups[0] - 1))
  }

  private static let rangeWords = WordSet(
    "range ranges ref reference normal from between page pages pp")

  private var isInternational: Bool {
    let isPrefixed = groups.hasPlus || (startsWith("00") && lengths.count > 1 && lengths[0] <= 5)
    guard isPrefixed, (groups.hasPlus ? 7 : 10)...15 ~= digits else { return false }
    return lengths.count == 1 || (lengths.last ?? 0) >= 2
  }

  private var isWithLeadingZero: Bool {
    startsWith("0") && (9...11).contains(digits) && lengths.count >= 2 && lengths != [3, 2, 4]
      && lengths.allSatisfy { $0 >= 2 } && !startsWith("00")
  }

  private var isMobileOfChina: Bool {
    guard lengths == [11] || lengths == [3, 4, 4] else { return false }
    let start = text.tokens[groups.groups[0]].range.lowerBound
    return text.bytes[start] == 0x31 && text.bytes[start + 1] >= 0x33
  }

  /// `981 33 40 00`.
  private var isSpanish: Bool {
    lengths == [3, 2, 2, 2] && text.byte(groups.groups[0]) >= 0x36
  }

  private func startsWith(_ digits: String) -> Bool {
    text.bytes[text.tokens[groups.groups[0]].range].starts(with: digits.utf8)
  }
}
