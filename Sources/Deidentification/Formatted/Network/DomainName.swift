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
