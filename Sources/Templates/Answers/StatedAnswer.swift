/// Reads what a text states as its answer: the letters of options, or yes, no or maybe.
///
/// A text states it behind words such as `The answer is:`, `答案：`, `正解は`, `La réponse est :`; the last
/// place counts. A text without such words states it when it is nothing but the answer: `B`,
/// `A, C`, or a `B. Heart` on every line.
struct StatedAnswer {
  /// The scalars, full-width letters as ASCII ones.
  private let scalars: [Unicode.Scalar]
  /// The same in lower case, as far as ASCII goes.
  private let lower: [Unicode.Scalar]

  init(_ text: String) {
    scalars = text.unicodeScalars.map(\.narrow)
    lower = scalars.map(\.lowerASCII)
  }

  /// The letters, ascending and each once; nil when none are stated.
  var letters: [String]? { concludedLetters ?? bareLetters }

  /// The letters behind the last words that announce them.
  var concludedLetters: [String]? {
    for place in announcements.reversed() {
      if let letters = letterList(at: place.end, takesRuns: !place.isLatin)?.letters {
        return letters
      }
    }
    return nil
  }

  /// `yes`, `no` or `maybe`; nil when it is none of them.
  var decision: String? { concludedDecision ?? decision(at: skippedSpace(from: 0)) }

  /// The decision behind the last words that announce one.
  var concludedDecision: String? {
    for place in announcements.reversed() {
      if let decision = decision(at: place.end) { return decision }
    }
    return nil
  }

  // MARK: The words before an answer

  /// Where words that announce an answer end, with what links them to it.
  private struct Announcement {
    var end: Int
    var isLatin: Bool
  }

  private static let latinWords = [
    "answer", "answers", "ans", "correct option", "correct options", "correct choice",
    "réponse", "réponses", "respuesta", "respuestas",
  ].map { Array($0.unicodeScalars) }

  private static let hanWords = [
    "答案", "答え", "正解", "解答", "回答", "正答", "故选", "应选", "故選", "應選", "正确选项", "正確選項",
  ].map { Array($0.unicodeScalars) }

  /// Words between the announcement and the answer that make it one.
  private static let links: Set<String> = [
    "is", "are", "would", "be", "est", "sont", "es", "son", "correcta", "correctas", "correcte",
    "correctes",
  ]
  /// Words that may stand there too.
  private static let fillers: Set<String> = [
    "option", "options", "choice", "choices", "letter", "letters", "lettre", "lettres", "la", "las",
    "le", "les", "el", "opción", "opciones", "letra", "letras", "correct",
  ]
  private static let linkSigns: Set<Unicode.Scalar> = [
    ":", "：", "=", ".", "-", "–", "—", "は", "是", "为", "為", "选", "選",
  ]
  private static let fillerSigns: Set<Unicode.Scalar> = [
    " ", "\u{a0}", "\n", "\r", "\t", "*", "_", "、", "，", "\u{3000}",
  ]

  private var announcements: [Announcement] {
    var found: [Announcement] = []
    for start in lower.indices {
      if let length = Self.match(Self.latinWords, in: lower, at: start),
        !isLetter(at: start - 1), !isLetter(at: start + length), !isDenied(at: start),
        let end = linked(from: start + length)
      {
        found.append(Announcement(end: end, isLatin: true))
      } else if let length = Self.match(Self.hanWords, in: lower, at: start) {
        found.append(
          Announcement(
            end: linked(from: start + length) ?? skippedSpace(from: start + length), isLatin: false)
        )
      }
    }
    return found
  }

  /// The longest of the words that stands at a place.
  private static func match(
    _ words: [[Unicode.Scalar]], in text: [Unicode.Scalar], at start: Int
  ) -> Int? {
    let first = text[start]
    return words.filter { $0[0] == first && text[start...].starts(with: $0) }.map(\.count).max()
  }

  /// Whether the word before says that what follows is not the answer: `incorrect answers: A, C`.
  private func isDenied(at start: Int) -> Bool {
    var end = start
    while end > 0, lower[end - 1] == " " { end -= 1 }
    var first = end
    while first > 0, isLetter(at: first - 1) { first -= 1 }
    return ["incorrect", "wrong", "false", "not"].contains(Self.text(lower[first..<end]))
  }

  /// The place behind the links and fillers that follow; nil when no link is among them.
  private func linked(from start: Int) -> Int? {
    var place = start
    var isLinked = false
    while place < lower.count {
      if Self.linkSigns.contains(lower[place]) {
        isLinked = true
        place += 1
      } else if Self.fillerSigns.contains(lower[place]) {
        place += 1
      } else {
        let word = word(at: place)
        if Self.links.contains(word) {
          isLinked = true
        } else if !Self.fillers.contains(word) {
          break
        }
        place += word.unicodeScalars.count
      }
    }
    return isLinked ? place : nil
  }

  /// The word of two letters or more that starts at a place, in lower case; empty when there is none.
  private func word(at start: Int) -> String {
    var end = start
    while isLetter(at: end) { end += 1 }
    return end - start < 2 ? "" : Self.text(lower[start..<end])
  }

  // MARK: The answer

  private static let opening: Set<Unicode.Scalar> = [
    "(", "[", "{", "'", "\"", "‘", "“", "「", "（", "【", "`", "*",
  ]
  private static let closing: Set<Unicode.Scalar> = [
    ")", "]", "}", "'", "\"", "’", "”", "」", "）", "】", "`", "*",
  ]
  private static let separators = [
    ",", "、", "，", "&", "/", "+", ";", "・", "と", "和", "及", "and", "et", "y",
  ]
  .map { Array($0.unicodeScalars) }

  /// A list of letters and where it ends.
  private struct LetterList {
    var letters: [String]
    var end: Int
  }

  private func letterList(at start: Int, takesRuns: Bool) -> LetterList? {
    var found: [Unicode.Scalar] = []
    var isBracketed = false
    var end = start
    var place = start
    while let item = letterItem(at: place, takesRuns: takesRuns) {
      found += item.letters
      isBracketed = isBracketed || item.isBracketed
      end = item.end
      guard let next = separatorEnd(from: end) else { break }
      place = next
    }
    guard !found.isEmpty, isBracketed || !isWord(found, endingAt: end) else { return nil }
    return LetterList(letters: Set(found).sorted().map { String(Character($0)) }, end: end)
  }

  /// One letter, in brackets or quotes or alone, or a run of ascending ones where runs are usual.
  private func letterItem(
    at start: Int, takesRuns: Bool
  ) -> (letters: [Unicode.Scalar], isBracketed: Bool, end: Int)? {
    var place = start
    while place < scalars.count, Self.opening.contains(scalars[place]) { place += 1 }
    let isBracketed = place > start
    var letters: [Unicode.Scalar] = []
    var isSmall = false
    while place < scalars.count, let letter = scalars[place].optionLetter,
      scalars[place] == letter || isBracketed || isEnumerator(at: place + 1)
    {
      isSmall = isSmall || scalars[place] != letter
      letters.append(letter)
      place += 1
    }
    let isRun = letters.count > 1
    guard !letters.isEmpty, !isLatinOrDigit(at: place),
      !isRun || (takesRuns && zip(letters, letters.dropFirst()).allSatisfy(<)),
      // `(a)` is an option, `(a common cold)` is not.
      !isSmall || isEnumerator(at: place)
        || (place < scalars.count && Self.closing.contains(scalars[place]))
    else { return nil }
    while place < scalars.count, isBracketed, Self.closing.contains(scalars[place]) { place += 1 }
    return (letters, isBracketed, place)
  }

  /// Whether the sign behind a small letter makes it one of an enumeration: `a.`, `a)`.
  private func isEnumerator(at place: Int) -> Bool {
    scalars.indices.contains(place) && (scalars[place] == "." || scalars[place] == ")")
  }

  private func separatorEnd(from start: Int) -> Int? {
    let place = skippedSpace(from: start)
    guard place < lower.count, let length = Self.match(Self.separators, in: lower, at: place) else {
      return nil
    }
    return skippedSpace(from: place + length)
  }

  /// Whether a lone `A` or `I` is the English word: a small letter follows after a blank.
  private func isWord(_ letters: [Unicode.Scalar], endingAt end: Int) -> Bool {
    guard letters == ["A"] || letters == ["I"], end < scalars.count, scalars[end] == " " else {
      return false
    }
    let next = word(at: end + 1)
    guard !next.isEmpty, scalars[end + 1] == lower[end + 1] else { return false }
    return !["because", "since", "as", "due", "with", "which", "car"].contains(next)
  }

  /// The letters of a text that is nothing else.
  private var bareLetters: [String]? {
    let start = skippedSpace(from: 0)
    if let list = letterList(at: start, takesRuns: false), isEnd(list.end) { return list.letters }
    var letters: Set<Unicode.Scalar> = []
    var isWhole = true
    for line in scalars.split(whereSeparator: { $0 == "\n" || $0 == "\r" }) {
      if let letter = Self.leadingLetter(of: line) {
        letters.insert(letter)
      } else {
        isWhole = false
      }
      // `B. Heart` and a remark below it is an answer; several options and a remark may be none.
      if !isWhole, letters.count != 1 { return nil }
    }
    return letters.isEmpty ? nil : letters.sorted().map { String(Character($0)) }
  }

  /// The letter of a line such as `B. Heart` or `(B) Heart`.
  private static func leadingLetter(of line: ArraySlice<Unicode.Scalar>) -> Unicode.Scalar? {
    var line = line.drop { $0 == " " || $0 == "*" }
    let isOpen = line.first == "(" || line.first == "（"
    if isOpen { line = line.dropFirst() }
    guard let letter = line.popFirst(), letter.optionLetter == letter, let sign = line.first else {
      return nil
    }
    return [")", ".", ":", "）", "．", "：", "、"].contains(sign) ? letter : nil
  }

  private func decision(at start: Int) -> String? {
    var place = start
    while place < lower.count, Self.opening.contains(lower[place]) { place += 1 }
    let word = word(at: place)
    return ["yes", "no", "maybe"].contains(word) ? word : nil
  }

  // MARK: Scalars

  private func skippedSpace(from start: Int) -> Int {
    var place = start
    while place < scalars.count, scalars[place].properties.isWhitespace { place += 1 }
    return place
  }

  private func isEnd(_ place: Int) -> Bool {
    scalars[place...].allSatisfy {
      $0.properties.isWhitespace || $0 == "." || $0 == "。" || $0 == "*"
    }
  }

  private func isLetter(at place: Int) -> Bool {
    scalars.indices.contains(place) && scalars[place].isLatinLetter
  }

  private func isLatinOrDigit(at place: Int) -> Bool {
    guard scalars.indices.contains(place) else { return false }
    return scalars[place].isLatinLetter || ("0"..."9").contains(scalars[place])
  }

  private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }
}

extension Unicode.Scalar {
  /// The ASCII letter of a full-width one.
  var narrow: Unicode.Scalar {
    switch value {
    case 0xff21...0xff3a, 0xff41...0xff5a: Unicode.Scalar(value - 0xfee0) ?? self
    default: self
    }
  }

  var lowerASCII: Unicode.Scalar {
    ("A"..."Z").contains(self) ? Unicode.Scalar(value | 0x20) ?? self : self
  }

  /// The upper-case letter that an option may have.
  var optionLetter: Unicode.Scalar? {
    if ("A"..."Z").contains(self) { return self }
    return ("a"..."z").contains(self) ? Unicode.Scalar(value & ~0x20) : nil
  }

  /// Whether it is a letter of a Latin word, accented ones included.
  var isLatinLetter: Bool {
    value < 0x250 && properties.isAlphabetic
  }
}
