/// Divides prose into sentences, by rules that know no dictionary but a list of abbreviations.
///
/// A sentence ends at a blank line; at `。！？` and their like, quotes and brackets after them included;
/// and at `.`, `?`, `!` or `…` before a blank, unless a small letter follows. It does not end behind
/// titles and abbreviations (`Dr.`, `e.g.`, `Fig.`), initials (`J. Smith`, `S. aureus`) and the number
/// of a list's item. Single line ends are blanks: texts are wrapped where it suits them.
package enum Sentences {
  /// The sentences, each on one line, without blanks around it and with single ones inside.
  package static func of(_ text: String) -> [String] {
    var sentences: [String] = []
    var scanner = SentenceScanner()
    for character in text.unicodeScalars {
      if let sentence = scanner.take(character) { sentences.append(sentence) }
    }
    if let last = scanner.finish() { sentences.append(last) }
    return sentences
  }

  /// Words that a full stop shortens and that a sentence goes on behind, in small letters.
  static let abbreviations: Set<String> = [
    "dr", "drs", "mr", "mrs", "ms", "prof", "st", "mt", "jr", "sr", "vs", "e.g", "i.e", "cf",
    "approx", "ca", "al", "dept", "ext", "tel", "resp", "viz", "spp", "sp", "subsp", "bzw", "z.b",
    "d.h", "u.a",
    "o.g", "evtl", "ggf", "p.ej", "sra", "dra", "mme", "ph.d", "m.d", "b.i.d", "t.i.d", "q.i.d",
    "i.v", "i.m", "s.c",
  ]

  /// Words that a full stop shortens before a number only, as `No. 5` and not as "She said no".
  static let abbreviationsOfNumbers: Set<String> = [
    "no", "nos", "nr", "fig", "figs", "abb", "tab", "eq", "eqs", "ref", "refs", "vol", "p", "pp",
    "art", "sec", "ch",
  ]
}

/// The state of one pass over a text.
private struct SentenceScanner {
  private var sentence = String.UnicodeScalarView()
  /// The line feeds and other blanks since the last character that is none.
  private var lineFeeds = 0
  private var hasBlank = false
  private var state = State.inside

  private enum State {
    case inside
    /// Behind `.`, `?`, `!`: what follows decides.
    case behindStop
    /// Behind `。` and the like: all but what closes begins a sentence.
    case behindWideStop
  }

  /// Takes a character; returns the sentence that ends before it.
  mutating func take(_ character: Unicode.Scalar) -> String? {
    if character.properties.isWhitespace {
      if character == "\n" { lineFeeds += 1 }
      hasBlank = true
      return nil
    }
    let ended = endsSentence(before: character) ? finish() : nil
    if hasBlank, !sentence.isEmpty { sentence.append(" ") }
    (lineFeeds, hasBlank) = (0, false)
    let isClosing = state != .inside && Self.closing.contains(character)
    sentence.append(character)
    if Self.wideStops.contains(character) {
      state = .behindWideStop
    } else if Self.stops.contains(character) {
      state = .behindStop
    } else if !isClosing {
      state = .inside
    }
    return ended
  }

  /// The sentence under way; nil when there is none.
  mutating func finish() -> String? {
    defer {
      sentence.removeAll()
      state = .inside
      hasBlank = false
    }
    return sentence.isEmpty ? nil : String(sentence)
  }

  private func endsSentence(before character: Unicode.Scalar) -> Bool {
    guard !sentence.isEmpty else { return false }
    // CRLF has one line feed a line too.
    if lineFeeds > 1 { return true }
    switch state {
    case .inside: return false
    case .behindWideStop: return hasBlank || !Self.closing.contains(character)
    case .behindStop:
      guard hasBlank, !character.properties.isLowercase else { return false }
      return !isShortened(before: character)
    }
  }

  /// Whether the full stop at the end belongs to the word before it.
  private func isShortened(before next: Unicode.Scalar) -> Bool {
    guard sentence.last == "." else { return false }
    let text = sentence.dropLast()
    let start = text.lastIndex { $0 == " " || $0 == "(" || $0 == "[" }
    let word = start.map { text[text.index(after: $0)...] } ?? text[...]
    if word.isEmpty { return false }
    if start == nil, word.allSatisfy({ $0.properties.numericType == .decimal }) { return true }
    if word.count == 1, word.first?.properties.isUppercase == true { return true }
    let name = String(String.UnicodeScalarView(word)).lowercased()
    return Sentences.abbreviations.contains(name)
      || Sentences.abbreviationsOfNumbers.contains(name) && next.properties.numericType == .decimal
  }

  private static let stops: Set<Unicode.Scalar> = [".", "?", "!", "…"]
  private static let wideStops: Set<Unicode.Scalar> = ["。", "！", "？", "｡", "．"]
  private static let closing: Set<Unicode.Scalar> = [
    "\"", "'", ")", "]", "”", "’", "»", "」", "』", "）", "】", "》",
  ]
}
