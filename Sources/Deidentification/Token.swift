/// A piece of a matched text that is of one kind throughout.
package struct Token: Sendable, Equatable {
  package enum Kind: UInt8, Sendable {
    /// Letters; cut between those of Japanese, Chinese and Korean and all others.
    case word
    /// Digits.
    case number
    /// One character that is neither.
    case mark
    /// One line end.
    case lineEnd
  }

  /// The key of a word in its small letters, see `WordKey`; 0 for all else.
  package var key: UInt64
  private var start: Int32
  private var end: Int32
  package var kind: Kind
  /// Whether blanks stand before it.
  package var isSpaced: Bool

  /// The place in the matched form, in bytes.
  package var range: Range<Int> { Int(start)..<Int(end) }

  package init(kind: Kind, range: Range<Int>, isSpaced: Bool, key: UInt64 = 0) {
    self.kind = kind
    self.start = Int32(truncatingIfNeeded: range.lowerBound)
    self.end = Int32(truncatingIfNeeded: range.upperBound)
    self.isSpaced = isSpaced
    self.key = key
  }
}

/// Cuts the bytes of a matched text into tokens: runs of letters, runs of digits, single marks.
enum Tokenizer {
  static func tokens(of bytes: [UInt8]) -> [Token] {
    var tokens: [Token] = []
    tokens.reserveCapacity(bytes.count / 4)
    bytes.withUnsafeBufferPointer { append(&tokens, of: $0) }
    return tokens
  }

  private static func append(_ tokens: inout [Token], of bytes: UnsafeBufferPointer<UInt8>) {
    var isSpaced = false
    var place = 0
    while place < bytes.count {
      let start = place
      let kind = kinds[Int(bytes[place])]
      place += 1
      var key: UInt64 = 0
      switch kind {
      case .word:
        let isWide = isWide(bytes[start])
        while place < bytes.count, kinds[Int(bytes[place])] == .word,
          bytes[place] & 0xC0 == 0x80 || Self.isWide(bytes[place]) == isWide
        {
          place += 1
        }
        key = WordKey.key(of: bytes[start..<place])
      case .number:
        while place < bytes.count, bytes[place].isDigit { place += 1 }
      case nil:
        isSpaced = true
        continue
      case .mark, .lineEnd: break
      }
      if let kind {
        tokens.append(Token(kind: kind, range: start..<place, isSpaced: isSpaced, key: key))
      }
      isSpaced = false
    }
  }

  /// Whether a first byte is one of kana, ideographs or hangul.
  private static func isWide(_ byte: UInt8) -> Bool { (0xE3...0xED).contains(byte) }

  /// The kind of token that a byte belongs to; nil for blanks.
  private static let kinds: [Token.Kind?] = (0...255).map { kind(of: $0) }

  private static func kind(of byte: UInt8) -> Token.Kind? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): .number
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), 0x80...:
      .word
    case UInt8(ascii: "\n"): .lineEnd
    case 0...0x20, 0x7F: nil
    default: .mark
    }
  }
}
