/// Tokens that are found in the text itself, before any model: special ones and others that were added.
struct AddedTokens: Sendable {
  /// One of them, as `added_tokens` of a `tokenizer.json` has it.
  struct Token: Sendable {
    var id: Int32
    var content: [UInt8]
    /// Whether it takes whitespace before it.
    var takesLeft = false
    /// Whether it takes whitespace behind it.
    var takesRight = false
    var isSingleWord = false
  }

  private let tokens: [Token]
  private let trie: ByteTrie

  init(_ tokens: [Token]) {
    self.tokens = tokens
    trie = ByteTrie(tokens.enumerated().map { ($1.content, Int32($0)) })
  }

  /// Calls `body` with the stretches of a text in order: ids of tokens, and nil for what is between.
  func forEachSpan(
    in text: UnsafeBufferPointer<UInt8>,
    _ body: (Range<Int>, Int32?) throws(TokenizerError) -> Void
  ) throws(TokenizerError) {
    var end = 0
    var place = 0
    while !trie.isEmpty, place < text.count {
      guard trie.firstBytes[Int(text[place])],
        let found = trie.longestPrefix(of: text, from: place)
      else {
        place += 1
        continue
      }
      let token = tokens[Int(found.value)]
      var span = place..<place + found.length
      place = span.upperBound
      if token.isSingleWord, Self.touchesWord(span, in: text) { continue }
      if token.takesLeft { span = Self.leftward(span, notBefore: end, in: text) }
      if token.takesRight { span = Self.rightward(span, in: text) }
      guard span.lowerBound >= end else { continue }
      if end < span.lowerBound { try body(end..<span.lowerBound, nil) }
      try body(span, token.id)
      end = span.upperBound
      place = max(place, end)
    }
    if end < text.count { try body(end..<text.count, nil) }
  }

  private static func touchesWord(_ span: Range<Int>, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    let before = UTF8Walk.scalar(in: text, before: span.lowerBound)
    let after =
      span.upperBound < text.count ? UTF8Walk.scalar(in: text, at: span.upperBound).value : nil
    return [before, after].contains { $0.map(ScalarClass.isWord) ?? false }
  }

  private static func leftward(
    _ span: Range<Int>, notBefore end: Int, in text: UnsafeBufferPointer<UInt8>
  ) -> Range<Int> {
    var start = span.lowerBound
    while start > end, let value = UTF8Walk.scalar(in: text, before: start),
      ScalarClass.isWhitespace(value)
    {
      start -= UTF8Walk.width(of: value)
    }
    return max(start, end)..<span.upperBound
  }

  private static func rightward(
    _ span: Range<Int>, in text: UnsafeBufferPointer<UInt8>
  ) -> Range<Int> {
    var end = span.upperBound
    while end < text.count {
      let (value, length) = UTF8Walk.scalar(in: text, at: end)
      guard ScalarClass.isWhitespace(value) else { break }
      end += length
    }
    return span.lowerBound..<end
  }
}
