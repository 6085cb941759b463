/// Whether groups of digits have the form of a telephone number.
struct PhoneForm {
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
