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

  /// `617-555-0142`, `(617) 555-0142`: no measure is written so, whatever word follows.
  var isWrittenAsPhone: Bool {
    lengths.suffix(3) == [3, 3, 4] && gaps.last == .mark && gaps.allSatisfy { $0 != .blank }
  }

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
    // A line may end after the area code.
    if kind == .parenthesis, text.kind(next) == .lineEnd { next += 1 }
    if text.isMark(next, "("), text.isNumber(next + 1), text.isMark(next + 2, ")") {
      isInParenthesis = true
      kind = .parenthesis
      next += 1
    }
    return text.isNumber(next) ? (kind, next) : nil
  }
}
