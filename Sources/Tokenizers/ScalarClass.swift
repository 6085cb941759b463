/// Classes of scalars as the Rust crates that tokenizers are written with define them.
enum ScalarClass {
  /// `char::is_whitespace`: the property White_Space.
  static func isWhitespace(_ value: UInt32) -> Bool {
    if value < 0x80 { return value == 0x20 || (0x09...0x0D).contains(value) }
    return Unicode.Scalar(value)?.properties.isWhitespace ?? false
  }

  /// Punctuation of ASCII, symbols included, and category P of Unicode 8, which the library's tables
  /// are of.
  static func isPunctuation(_ value: UInt32) -> Bool {
    if value < 0x80 {
      return (0x21...0x2F).contains(value) || (0x3A...0x40).contains(value)
        || (0x5B...0x60).contains(value) || (0x7B...0x7E).contains(value)
    }
    switch category(of: value) {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation:
      return (Unicode.Scalar(value)?.properties.age?.major ?? 0) <= 8
    default: return false
    }
  }

  /// `char::is_numeric`: Nd, Nl and No.
  static func isNumeric(_ value: UInt32) -> Bool {
    if value < 0x80 { return (0x30...0x39).contains(value) }
    switch category(of: value) {
    case .decimalNumber, .letterNumber, .otherNumber: return true
    default: return false
    }
  }

  /// `\w` of Rust's regex: letters, marks, decimal and letter numbers, connectors, joiners, and the
  /// circled letters that are Alphabetic.
  static func isWord(_ value: UInt32) -> Bool {
    if value < 0x80 {
      return (0x30...0x39).contains(value) || (0x41...0x5A).contains(value)
        || (0x61...0x7A).contains(value) || value == 0x5F
    }
    switch category(of: value) {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber,
      .connectorPunctuation:
      return true
    default:
      return value == 0x200C || value == 0x200D || Self.circledLetters.contains { $0 ~= value }
    }
  }

  /// Letters in circles and squares: Alphabetic, though their category is So.
  static let circledLetters: [ClosedRange<UInt32>] = [
    0x24B6...0x24E9, 0x1F130...0x1F149, 0x1F150...0x1F169, 0x1F170...0x1F189,
  ]

  static func isMark(_ value: UInt32) -> Bool {
    guard value >= 0x300 else { return false }
    switch category(of: value) {
    case .nonspacingMark, .spacingMark, .enclosingMark: return true
    default: return false
    }
  }

  static func isNonspacingMark(_ value: UInt32) -> Bool {
    value >= 0x300 && category(of: value) == .nonspacingMark
  }

  /// What BERT's normalizer takes out: Cc, Cf and Co, but for tab and line ends.
  static func isControl(_ value: UInt32) -> Bool {
    if value == 0x09 || value == 0x0A || value == 0x0D { return false }
    if value < 0x80 { return value < 0x20 || value == 0x7F }
    switch category(of: value) {
    case .control, .format, .privateUse: return true
    default: return false
    }
  }

  /// The CJK ideographs of BERT's own code, without kana and hangul.
  static func isIdeograph(_ value: UInt32) -> Bool {
    switch value {
    case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2B73F,
      0x2B740...0x2B81F, 0x2B920...0x2CEAF, 0xF900...0xFAFF, 0x2F800...0x2FA1F:
      true
    default: false
    }
  }

  private static func category(of value: UInt32) -> Unicode.GeneralCategory {
    Unicode.Scalar(value)?.properties.generalCategory ?? .unassigned
  }
}
