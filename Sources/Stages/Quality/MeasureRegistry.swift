import Records

/// Every measure, in the order in which a filter asks and `materia stats` tells.
package enum MeasureRegistry {
  package static let all: [Measure] = lengths + characters + repetition + leftovers

  /// The measure of a name.
  package static func measure(named name: String) -> Measure? { byName[name] }

  private static let byName = Dictionary(
    all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  private static let lengths = [
    Measure(
      "words", "words: runs between blanks, each letter in scripts without spaces", .count,
      low: .tooShort, high: .tooLong
    ) { Double($0.countedWords) },
    Measure("chars", "characters, blanks included", .count, low: .tooShort, high: .tooLong) {
      Double($0.bytes.count { $0 & 0xc0 != 0x80 })
    },
    Measure(
      "mean_word", "letters and digits a word; not for scripts without spaces", .mean,
      low: .shortWords, high: .longWords
    ) {
      guard !$0.isUnspaced, $0.countedWords > 0 else { return nil }
      return Double($0.wordCharacters) / Double($0.countedWords)
    },
  ]

  private static let characters = [
    Measure("letters", "share of letters among the characters", .share, low: .fewLetters) {
      ratio($0.letters, $0.characters)
    },
    Measure("digits", "share of digits among the characters", .share, high: .manyDigits) {
      ratio($0.digits, $0.characters)
    },
    Measure(
      "symbols", "share of characters that are neither letter, digit nor punctuation", .share,
      high: .manySymbols
    ) { ratio($0.symbols, $0.characters) },
    Measure("letter_words", "share of words with a letter", .share, low: .fewLetters) { text in
      ratio(text.words.count(where: \.hasLetter), text.words.count)
    },
    Measure("hashes", "number signs a word", .share, high: .manySymbols) { text in
      ratio(text.bytes.count { $0 == UInt8(ascii: "#") }, text.countedWords)
    },
    Measure("ellipses", "ellipses a word", .share, high: .manySymbols) {
      ratio(LineMarks.ellipses(in: $0), $0.countedWords)
    },
    Measure("bullet_lines", "share of lines that start with a bullet", .share, high: .bulletLines) {
      LineMarks.share(in: $0, LineMarks.startsWithBullet)
    },
    Measure(
      "ellipsis_lines", "share of lines that end in an ellipsis", .share, high: .ellipsisLines
    ) { LineMarks.share(in: $0, LineMarks.endsInEllipsis) },
    Measure(
      "stop_words", "different words of the, be, to, of, and, that, have, with; English only",
      .count, low: .fewStopWords
    ) { text in
      guard text.language ?? "en" == "en", !text.isUnspaced else { return nil }
      return Double(StopWords.count(in: text))
    },
  ]

  private static let repetition =
    [
      Measure("repeated_lines", "share of lines met before", .share, high: .repeatedLines) {
        Repetition.share(of: $0.lines)
      },
      Measure(
        "repeated_line_chars", "share of characters in lines met before", .share,
        high: .repeatedLines
      ) { Repetition.characterShare(of: $0.lines) },
      Measure(
        "repeated_paragraphs", "share of paragraphs met before", .share, high: .repeatedParagraphs
      ) { Repetition.share(of: $0.paragraphs) },
      Measure(
        "repeated_paragraph_chars", "share of characters in paragraphs met before", .share,
        high: .repeatedParagraphs
      ) { Repetition.characterShare(of: $0.paragraphs) },
    ]
    + (2...4).map { n in
      Measure(
        "top_\(n)grams", "share of characters in the most frequent run of \(n) words", .share,
        high: .repeatedNGrams
      ) { Repetition.topShare(of: $0.words, n: n) }
    }
    + (5...10).map { n in
      Measure(
        "repeated_\(n)grams", "share of characters in runs of \(n) words met before", .share,
        high: .repeatedNGrams
      ) { Repetition.repeatedShare(of: $0.words, n: n) }
    }

  private static let leftovers = [
    Measure(
      "boilerplate", "share of characters in sentences of notices, cookies and navigation", .share,
      high: .boilerplate
    ) { Boilerplate.share(of: $0) },
    Measure("html", "tags and undecoded references of HTML", .count, high: .htmlLeftOver) {
      Double(MarkupLeftovers.count(in: $0))
    },
    Measure("mojibake", "characters that a wrong decoding left", .count, high: .mojibake) {
      Double(Mojibake.count(in: $0))
    },
  ]

  private static func ratio(_ part: Int, _ whole: Int) -> Double? {
    whole == 0 ? nil : Double(part) / Double(whole)
  }
}
