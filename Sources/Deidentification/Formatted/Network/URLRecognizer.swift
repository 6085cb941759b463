/// Web addresses, with a scheme (`https://…`), with `www.`, or bare (`example.org/~jo`).
///
/// Bare names need a common top level, so that `e.g`, `p.o` and `pain.He` stay.
package struct URLRecognizer: IdentifierRecognizer {
  package var classes: Set<IdentifierClass> { [.url] }
  package var languages: Set<String> { [] }

  package init() {}

  package func identifiers(in text: MatchText) -> [Identifier] {
    var found: [Identifier] = []
    var index = 0
    while index < text.tokens.count {
      guard text.tokens[index].kind == .word, let end = end(at: index, in: text) else {
        index += 1
        continue
      }
      let start = text.tokens[index].range.lowerBound
      found.append(text.identifier(.url, start..<end, rule: "url"))
      while index < text.tokens.count, text.tokens[index].range.lowerBound < end { index += 1 }
    }
    return found
  }

  private func end(at index: Int, in text: MatchText) -> Int? {
    let place = text.tokens[index].range.upperBound
    if text.isMark(index + 1, ":"), text.bytes[place...].starts(with: "://".utf8),
      text.bytes.count > place + 3, isOfAddress(text.bytes[place + 3])
    {
      return addressEnd(from: place + 3, in: text)
    }
    guard text.isMark(index + 1, in: ".-"), text.isAttached(index + 1), text.isAttached(index + 2)
    else { return nil }
    if text.key(index) == Self.www, text.isMark(index + 1, ".") {
      return addressEnd(from: place, in: text)
    }
    guard !text.isInsideCode(index), !isAfterSign(index, in: text),
      let last = DomainName.end(at: index, in: text), isBareName(index...last, in: text)
    else { return nil }
    let end = text.tokens[last].range.upperBound
    return text.isMark(last + 1, "/") && text.isAttached(last + 1)
      ? addressEnd(from: end, in: text) : end
  }

  /// Whether a name is one of a host by its top level: a common one, or that of a country after a
  /// second level such as `co`.
  private func isBareName(_ tokens: ClosedRange<Int>, in text: MatchText) -> Bool {
    let top = tokens.upperBound
    // A new sentence without a blank before it begins with a capital letter.
    let isOneCase = text.bytes[text.tokens[top].range].allSatisfy { $0 | 0x20 == $0 }
    guard isOneCase, text.length(tokens.lowerBound) >= 2 else { return false }
    if DomainName.isCommonTopLevel(text.key(top)) { return text.length(top - 2) >= 2 }
    return text.length(top) == 2 && tokens.count >= 5 && DomainName.isSecondLevel(text.key(top - 2))
  }

  private func isAfterSign(_ index: Int, in text: MatchText) -> Bool {
    text.isAttached(index) && text.isMark(index - 1, in: "@.-_")
  }

  /// The end of an address whose bytes go on from a place, without the marks of the sentence.
  private func addressEnd(from place: Int, in text: MatchText) -> Int {
    var end = place
    while end < text.bytes.count, isOfAddress(text.bytes[end]) { end += 1 }
    while end > place, ".,;:!?)]'*".utf8.contains(text.bytes[end - 1]) { end -= 1 }
    return end
  }

  private func isOfAddress(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte < 0x7F && !"<>\"`{}|\\^".utf8.contains(byte)
      || (0xC2...0xCF).contains(byte) || (0x80...0xBF).contains(byte)
  }

  private static let www = WordKey.key(of: "www")
}
