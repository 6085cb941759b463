/// What a character that is neither letter nor digit is to the measures.
enum CharacterKind {
  /// The punctuation of sentences and of plain measurements: `(5.2 mg/dl)`, `90%`.
  static func isPunctuation(ascii byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"),
      UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: "'"), UInt8(ascii: "\""),
      UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "-"), UInt8(ascii: "/"),
      UInt8(ascii: "%"), UInt8(ascii: "["), UInt8(ascii: "]"):
      true
    default: false
    }
  }

  /// Whether a character above ASCII is a blank.
  static func isBlank(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x85, 0xa0, 0x1680, 0x2000...0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000: true
    default: false
    }
  }

  /// Whether a character above ASCII that is neither letter nor blank is a symbol, and not the
  /// punctuation of some script.
  static func isSymbol(_ scalar: UInt32) -> Bool {
    switch Unicode.Scalar(scalar)?.properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation:
      false
    default: true
    }
  }

  /// Whether a character above ASCII is a decimal digit, such as a full-width one.
  static func isDigit(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xff10...0xff19, 0x660...0x669, 0x6f0...0x6f9, 0x966...0x96f, 0xb2, 0xb3, 0xb9,
      0x2070...0x2079, 0x2080...0x2089:
      true
    default: false
    }
  }
}
