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
