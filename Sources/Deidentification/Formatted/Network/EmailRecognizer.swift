/// E-mail addresses, also where a line ends after the `@`.
package struct EmailRecognizer: IdentifierRecognizer {
  package var classes: Set<IdentifierClass> { [.email] }
  package var languages: Set<String> { [] }

  package init() {}

  package func identifiers(in text: MatchText) -> [Identifier] {
    let spelled = text.tokens.indices.compactMap { index in
      text.tokens[index].key == Self.dot ? spelledAddress(around: index, in: text) : nil
    }
    guard text.hasSign else { return spelled }
    return spelled
      + text.tokens.indices.compactMap { index in
        guard text.tokens[index].kind == .mark, text.isMark(index, "@") else { return nil }
        return address(at: index, in: text)
      }
  }

  /// `jo [at] example [dot] com`, `jo at example dot com`.
  private func spelledAddress(around dot: Int, in text: MatchText) -> Identifier? {
    let domain = before(dot, in: text)
    let sign = before(domain, in: text)
    let name = before(sign, in: text)
    let top = text.isMark(dot + 1, in: "])") ? dot + 2 : dot + 1
    guard text.isWord(domain), text.key(sign) == Self.at, text.kind(name) != .mark, name >= 0,
      DomainName.isCommonTopLevel(text.key(top))
    else { return nil }
    return text.identifier(.email, name...top, rule: "email-in-words")
  }

  /// The token before another, over brackets.
  private func before(_ index: Int, in text: MatchText) -> Int {
    var place = index - 1
    while place > index - 3, text.isMark(place, in: "[]()") { place -= 1 }
    return place
  }

  private static let dot = WordKey.key(of: "dot")
  private static let at = WordKey.key(of: "at")

  private func address(at sign: Int, in text: MatchText) -> Identifier? {
    var first = sign
    while text.isAttached(first), isLocal(first - 1, in: text) { first -= 1 }
    while first < sign, text.kind(first) == .mark { first += 1 }
    guard first < sign, let last = DomainName.end(at: domainStart(after: sign, in: text), in: text)
    else { return nil }
    return text.identifier(.email, first...last, rule: "email")
  }

  private func isLocal(_ index: Int, in text: MatchText) -> Bool {
    if text.isIdeographic(index) { return false }
    return text.kind(index) != .mark || text.isMark(index, in: ".-_+%&'~=")
  }

  private func domainStart(after sign: Int, in text: MatchText) -> Int {
    text.kind(sign + 1) == .lineEnd ? sign + 2 : sign + 1
  }
}

/// Names of hosts, label by label.
enum DomainName {
  /// The last token of a name that begins at a token and has two labels at least, the last of them
  /// letters; nil when there is none.
  static func end(at index: Int, in text: MatchText) -> Int? {
    guard isPart(index, in: text) else { return nil }
    var place = index
    var end: Int?
    var hasPoint = false
    while text.isAttached(place + 1) {
      if isPart(place + 1, in: text) {
        place += 1
      } else if text.isMark(place + 1, in: ".-_"), text.isAttached(place + 2),
        isPart(place + 2, in: text)
      {
        hasPoint = hasPoint || text.isMark(place + 1, ".")
        place += 2
      } else {
        break
      }
      if hasPoint, text.isWord(place), text.length(place) >= 2 { end = place }
    }
    return end
  }

  private static func isPart(_ index: Int, in text: MatchText) -> Bool {
    text.isNumber(index) || (text.isWord(index) && !text.isIdeographic(index))
  }

  /// Whether a word is a top level that is used by itself, without a scheme before the name.
  static func isCommonTopLevel(_ key: UInt64) -> Bool { topLevels.contains(key) }

  static func isSecondLevel(_ key: UInt64) -> Bool { secondLevels.contains(key) }

  private static let topLevels = WordSet(
    """
    com org net edu gov mil int biz info health care clinic hospital doctor dental io ai app
    online site xyz tv club shop blog cloud tech
    """)
  private static let secondLevels = WordSet("com co org ac gov nhs edu net gob ne or go sld")
}
