/// Lower-case ASCII text → tokens of the Penn Treebank, as NLTK's `TreebankWordTokenizer` cuts it.
///
/// Its regular expressions, one after the other over the whole text, as functions: `don't` becomes
/// `do n't`, `(p<0.05).` becomes `( p < 0.05 ) .`, and `"` becomes `` `` `` or `''`.
///
/// nltk.org, `nltk.tokenize.treebank`, 3.10; after Robert MacIntyre's sed script.
enum TreebankTokens {
  typealias Rule = @Sendable (_ text: [UInt8], _ place: Int) -> (length: Int, replacement: String)?

  static func of(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
    var text = text
    for rule in beforePadding { text = text.rewritten(rule) }
    text = [0x20] + text + [0x20]
    for rule in afterPadding { text = text.rewritten(rule) }
    return text.split(whereSeparator: isSpace)
  }

  /// What Python takes for white space, in ASCII.
  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0d).contains(byte) || (0x1c...0x1f).contains(byte)
  }

  private static let beforePadding: [Rule] = [
    { text, place in place == 0 && text.has("\"", at: place) ? (1, "``") : nil },
    padded("``"),
    openingQuote,
    comma,
    lastComma,
    padded("..."),
    padded(oneOf: ";@#$%&"),
    fullStop,
    padded(oneOf: "?!"),
    { text, place in
      guard place < text.count, text[place] != apostrophe, text.has("' ", at: place + 1) else {
        return nil
      }
      return (3, "\(character(text[place])) ' ")
    },
    padded(oneOf: "[](){}<>"),
    padded("--"),
  ]

  private static let afterPadding: [Rule] =
    [
      padded("''"),
      { text, place in text.has("\"", at: place) ? (1, " '' ") : nil },
      ending(["'s ", "'m ", "'d ", "' "]),
      ending(["'ll ", "'re ", "'ve ", "n't "]),
    ] + contractions

  private static let apostrophe = UInt8(ascii: "'")

  /// A quotation mark after a space or a bracket: `("` → `( `` `.
  private static let openingQuote: Rule = { text, place in
    guard " ([{<".utf8.contains(text[place]) else { return nil }
    let before = character(text[place])
    if text.has("\"", at: place + 1) { return (2, "\(before) `` ") }
    return text.has("''", at: place + 1) ? (3, "\(before) `` ") : nil
  }

  /// A comma or colon, but not inside a number.
  private static let comma: Rule = { text, place in
    guard ":,".utf8.contains(text[place]), place + 1 < text.count,
      !(0x30...0x39).contains(text[place + 1])
    else { return nil }
    return (2, " \(character(text[place])) \(character(text[place + 1]))")
  }

  private static let lastComma: Rule = { text, place in
    guard place == text.count - 1, ":,".utf8.contains(text[place]) else { return nil }
    return (1, " \(character(text[place])) ")
  }

  /// The full stop that ends the text, closing brackets and quotes behind it aside.
  private static let fullStop: Rule = { text, place in
    guard text[place] != UInt8(ascii: "."), text.has(".", at: place + 1) else { return nil }
    let rest = text[(place + 2)...]
    let closing = rest.prefix { "])}>\"'".utf8.contains($0) }
    guard rest[closing.endIndex...].allSatisfy(isSpace) else { return nil }
    let marks = String(decoding: closing, as: UTF8.self)
    return (2 + rest.count, "\(character(text[place])) .\(marks) ")
  }

  /// `can't ` → `ca n't `; each ending has the space behind it.
  private static func ending(_ endings: [StaticString]) -> Rule {
    { text, place in
      guard text[place] != apostrophe, text[place] != 0x20 else { return nil }
      guard let ending = endings.first(where: { text.has($0, at: place + 1) }) else { return nil }
      return (1 + ending.utf8CodeUnitCount, "\(character(text[place])) \(ending)")
    }
  }

  /// Words that are two: `cannot` → `can not`.
  private static let contractions: [Rule] =
    [
      contraction("cannot", " can not "), contraction("d'ye", " d 'ye "),
      contraction("gimme", " gim me "), contraction("gonna", " gon na "),
      contraction("gotta", " got ta "), contraction("lemme", " lem me "),
      contraction("more'n", " more 'n "),
      { text, place in
        guard text.has("wanna", at: place), !text.hasWord(at: place - 1),
          place + 5 < text.count, isSpace(text[place + 5])
        else { return nil }
        return (5, " wan na ")
      },
      contraction(" 'tis", " 't is "), contraction(" 'twas", " 't was "),
    ]

  /// A word that starts and ends at the bounds of words, or at a space of its own.
  private static func contraction(_ word: StaticString, _ parts: String) -> Rule {
    { text, place in
      let length = word.utf8CodeUnitCount
      guard text.has(word, at: place), !text.hasWord(at: place + length) else { return nil }
      guard text[place] == 0x20 || !text.hasWord(at: place - 1) else { return nil }
      return (length, parts)
    }
  }

  private static func padded(_ mark: StaticString) -> Rule {
    { text, place in
      text.has(mark, at: place) ? (mark.utf8CodeUnitCount, " \(mark) ") : nil
    }
  }

  private static func padded(oneOf marks: String) -> Rule {
    let marks = Set(marks.utf8)
    return { text, place in
      marks.contains(text[place]) ? (1, " \(character(text[place])) ") : nil
    }
  }

  private static func character(_ byte: UInt8) -> Character { Character(Unicode.Scalar(byte)) }
}

extension [UInt8] {
  /// The text with what a rule finds replaced, from left to right; what was replaced is not looked
  /// at again.
  func rewritten(_ rule: TreebankTokens.Rule) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(count + count / 8)
    var place = 0
    while place < count {
      if let (length, replacement) = rule(self, place) {
        output += replacement.utf8
        place += length
      } else {
        output.append(self[place])
        place += 1
      }
    }
    return output
  }

  /// Whether the bytes at a place are these.
  @inline(__always)
  func has(_ wanted: StaticString, at place: Int) -> Bool {
    guard place < count, self[place] == wanted.utf8Start.pointee else { return false }
    return self[place...].starts(with: wanted.bytes)
  }

  /// Whether there is a letter, digit or underscore at a place.
  func hasWord(at place: Int) -> Bool {
    guard indices.contains(place) else { return false }
    let byte = self[place]
    return (0x61...0x7a).contains(byte | 0x20) || (0x30...0x39).contains(byte)
      || byte == UInt8(ascii: "_")
  }
}

extension StaticString {
  fileprivate var bytes: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount)
  }
}
