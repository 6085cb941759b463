/// Ages above 89: `92-year-old`, `aged 101`, `94 yo`, `95M`, `ninety-three years old`, `92歳`.
package struct AgeRecognizer: IdentifierRecognizer {
  package var classes: Set<IdentifierClass> { [.age] }
  package var languages: Set<String> { ["en", "es", "fr", "de", "ja", "zh"] }

  package init() {}

  package func identifiers(in text: MatchText) -> [Identifier] {
    var found: [Identifier] = []
    for index in text.numbers where isDecade(index, in: text) {
      found.append(text.identifier(.age, index...index + 1, rule: "age-over-89"))
    }
    for index in text.numbers where isAge(index, in: text) {
      found.append(text.identifier(.age, index...index, rule: "age-over-89"))
    }
    for index in text.tokens.indices where text.tokens[index].kind == .word {
      guard let word = Self.words[text.tokens[index].key],
        let last = wordsEnd(index, word, in: text)
      else { continue }
      found.append(text.identifier(.age, index...last, rule: "age-over-89"))
    }
    return found
  }

  private func isAge(_ index: Int, in text: MatchText) -> Bool {
    guard (2...3).contains(text.length(index)), let age = text.value(index), age >= 90, age <= 125,
      !text.isInsideCode(index)
    else { return false }
    return isFollowedByAge(index, in: text)
      || (isAfterAge(index, in: text) && !text.isContinued(index) && !text.isMark(index + 1, "%"))
  }

  /// `in her 90s`.
  private func isDecade(_ index: Int, in text: MatchText) -> Bool {
    guard text.length(index) == 2, text.value(index) == 90, text.isAttached(index + 1),
      text.key(index + 1) == Self.plural
    else { return false }
    let isPart = Self.parts.contains(text.key(index - 1))
    return Self.possessives.contains(text.key(isPart ? index - 2 : index - 1))
  }

  /// `-year-old`, `yo`, `y/o`, `y.o.`, `yrs old`, `years of age`, `M`, `F`, `años`, `歳`.
  private func isFollowedByAge(_ index: Int, in text: MatchText) -> Bool {
    if text.isIdeographic(index + 1) { return Self.isIdeographicAge(index + 1, in: text) }
    let unit = text.isMark(index + 1, "-") ? index + 2 : index + 1
    let key = text.key(unit)
    if Self.ages.contains(key) { return true }
    if Self.sexes.contains(key) {
      // `100 M` is a concentration.
      return text.isCapitalized(unit) && text.length(unit) == 1
        && (text.isAttached(unit) || text.value(index) != 100)
    }
    guard Self.years.contains(key) else { return false }
    var next = unit + 1
    while text.isMark(next, in: "-./") { next += 1 }
    return Self.old.contains(text.key(next)) || Self.sexes.contains(text.key(next))
  }

  /// `aged 92`, `age: 92`, `age of 92`, `edad 92`, `he is 92`.
  private func isAfterAge(_ index: Int, in text: MatchText) -> Bool {
    guard let word = text.wordBefore(index) else { return false }
    if Self.cues.contains(text.key(word)) { return true }
    return Self.links.contains(text.key(word)) && Self.cues.contains(text.key(word - 1))
  }

  private static func isIdeographicAge(_ index: Int, in text: MatchText) -> Bool {
    let word = text.bytes[text.tokens[index].range]
    return ["歳", "才", "岁", "歲", "세", "周岁", "周歳"].contains { word.starts(with: $0.utf8) }
  }

  private enum Word: Sendable {
    case ninety
    case hundred
    case person
    case nineties
  }

  /// The last token of an age in words.
  private func wordsEnd(_ index: Int, _ word: Word, in text: MatchText) -> Int? {
    var last = index
    switch word {
    case .person: return index
    case .nineties:
      let isPart = Self.parts.contains(text.key(index - 1))
      return Self.possessives.contains(text.key(isPart ? index - 2 : index - 1)) ? index : nil
    case .ninety:
      last = Self.unitEnd(after: last, in: text)
    case .hundred:
      guard Self.ones.contains(text.key(index - 1)) || text.isMark(index - 1, "-") else {
        return nil
      }
      if Self.andWord == text.key(last + 1) { last += 1 }
      last = Self.unitEnd(after: last, in: text)
    }
    let isUnit = text.length(last + 1) > 1 || text.isMark(last + 1, "-")
    return (isFollowedByAge(last, in: text) && isUnit)
      || isAfterAge(index, in: text) ? last : nil
  }

  private static func unitEnd(after index: Int, in text: MatchText) -> Int {
    let isJoined = text.isMark(index + 1, "-") || text.key(index + 1) == andInSpanish
    let unit = isJoined ? index + 2 : index + 1
    return units.contains(text.key(unit)) ? unit : index
  }

  private static let words = WordTable<Word>([
    ("ninety", .ninety), ("hundred", .hundred), ("centenarian", .person),
    ("nonagenarian", .person), ("supercentenarian", .person), ("nineties", .nineties),
    ("noventa", .ninety), ("nonagenaria", .person), ("nonagenario", .person),
    ("centenaria", .person), ("centenario", .person),
  ])
  private static let units = WordSet(
    "one two three four five six seven eight nine uno dos tres cuatro cinco seis siete ocho nueve")
  private static let andInSpanish = WordKey.key(of: "y")
  private static let ones = WordSet("one a")
  private static let andWord = WordKey.key(of: "and")
  private static let ages = WordSet("yo yom yof yow yob yoa años anos ans jahre jahrige ano")
  private static let years = WordSet("year years yr yrs y")
  private static let old = WordSet("old o age aged of")
  private static let sexes = WordSet("m f male female man woman gentleman lady")
  private static let cues = WordSet("age aged ages edad alter agee age")
  private static let links = WordSet("of is was at de")
  private static let possessives = WordSet("his her their my your")
  private static let plural = WordKey.key(of: "s")
  private static let parts = WordSet("mid late early")
}
