import Records
import Tokenizers

/// Cuts a text into pieces that have no more tokens than there is room for, at the ends of lines and
/// sentences, and between words where a sentence alone is too long.
struct TextCut: Sendable {
  /// A piece, with its length as a row.
  struct Part {
    var text: String
    var length: LengthMeter.Length
  }

  let meter: LengthMeter
  let limit: Int

  /// - Returns: the pieces in order, without the blanks between them; nil when a word is too long.
  func parts(of text: String, _ encoder: TokenEncoder?) throws -> [Part]? {
    var parts: [Part] = []
    var rest = Self.sentences(of: text[...])
    while !rest.isEmpty {
      guard let (part, count) = try longestPart(of: rest, encoder) else {
        let words = Self.words(of: rest[0])
        guard words.count > 1 else { return nil }
        rest.replaceSubrange(0..<1, with: words)
        continue
      }
      if !part.text.isEmpty { parts.append(part) }
      rest.removeFirst(count)
    }
    return parts
  }

  /// As many stretches from the first as there is room for; nil when the first is too long.
  private func longestPart(
    of stretches: [Substring], _ encoder: TokenEncoder?
  ) throws -> (part: Part, count: Int)? {
    var count = 0
    var sum = 0
    while count < stretches.count, sum <= limit {
      sum += try meter.count(of: String(stretches[count]), encoder)
      count += 1
    }
    // Neighbours may share a token, or need one more; the row itself decides.
    while count > 0 {
      let text = String(stretches[0].base[stretches[0].startIndex..<stretches[count - 1].endIndex])
      let trimmed = Self.trimmed(text)
      let length = try meter.length(of: .text(trimmed), encoder)
      if length.tokens <= limit { return (Part(text: trimmed, length: length), count) }
      count -= 1
    }
    return nil
  }

  private static func trimmed(_ text: String) -> String {
    guard let start = text.firstIndex(where: { !$0.isWhitespace }),
      let end = text.lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(text[start...end])
  }

  /// The sentences with what stands behind them, whole lines where nothing ends one.
  static func sentences(of text: Substring) -> [Substring] {
    stretches(of: text) { character, rest in
      if character.isNewline || "。！？".contains(character) { return true }
      guard ".!?".contains(character), rest.first?.isWhitespace ?? true else { return false }
      // A small letter goes on with the sentence: an abbreviation stood there.
      return !(rest.first { !$0.isWhitespace }?.isLowercase ?? false)
    }
  }

  private static func words(of text: Substring) -> [Substring] {
    stretches(of: text) { character, _ in character.isWhitespace }
  }

  /// The stretches that end with a character and the blanks behind it.
  private static func stretches(
    of text: Substring, endingWith isEnd: (Character, Substring) -> Bool
  ) -> [Substring] {
    var stretches: [Substring] = []
    var start = text.startIndex
    var place = start
    while place < text.endIndex {
      let character = text[place]
      text.formIndex(after: &place)
      guard isEnd(character, text[place...]) else { continue }
      while place < text.endIndex, text[place].isWhitespace { text.formIndex(after: &place) }
      stretches.append(text[start..<place])
      start = place
    }
    if start < text.endIndex { stretches.append(text[start...]) }
    return stretches
  }
}
