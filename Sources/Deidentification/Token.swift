/// A piece of a matched text that is of one kind throughout.
package struct Token: Sendable, Equatable {
  package enum Kind: Sendable {
    /// Letters; letters of other scripts are words too, cut at changes of script by nobody.
    case word
    /// Digits.
    case number
    /// One character that is neither.
    case mark
    /// One line end.
    case lineEnd
  }

  package var kind: Kind
  /// The place in the matched form, in bytes.
  package var range: Range<Int>
  /// Whether blanks stand before it.
  package var isSpaced: Bool
}

/// Cuts the bytes of a matched text into tokens: runs of letters, runs of digits, single marks.
enum Tokenizer {
  static func tokens(of bytes: [UInt8]) -> [Token] {
    var tokens: [Token] = []
    var isSpaced = false
    var place = 0
    while place < bytes.count {
      let start = place
      let kind = kind(of: bytes[place])
      place += 1
      switch kind {
      case .word, .number:
        while place < bytes.count, Self.kind(of: bytes[place]) == kind { place += 1 }
      case nil:
        isSpaced = true
        continue
      case .mark, .lineEnd: break
      }
      if let kind { tokens.append(Token(kind: kind, range: start..<place, isSpaced: isSpaced)) }
      isSpaced = false
    }
    return tokens
  }

  /// The kind of token that a byte belongs to; nil for blanks.
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
