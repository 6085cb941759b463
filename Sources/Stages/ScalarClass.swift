/// What a scalar is to a word: part of it, a word of its own, a boundary, or nothing.
enum ScalarClass: UInt8 {
  /// Space, punctuation, symbol: ends a word.
  case boundary
  /// Letter, mark or number of a script that puts spaces between words.
  case word
  /// Letter of a script that does not: Han, kana, Thai, Lao, Khmer, Myanmar. Each is a word.
  case unspaced
  /// Invisible format characters (soft hyphen, zero-width joiner): as if not there.
  case ignored

  /// The class of a scalar above ASCII.
  static func of(_ scalar: UInt32) -> ScalarClass {
    guard scalar < 0x10000 else { return computed(scalar) }
    return ScalarClass(rawValue: basicPlane[Int(scalar)]) ?? .boundary
  }

  /// The Basic Multilingual Plane looked up once, since `Unicode.Scalar.Properties` takes tens of
  /// nanoseconds a scalar.
  private static let basicPlane: [UInt8] = (0..<0x10000).map { computed(UInt32($0)).rawValue }

  private static func computed(_ value: UInt32) -> ScalarClass {
    guard let scalar = Unicode.Scalar(value) else { return .boundary }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
      return isUnspaced(value) ? .unspaced : .word
    case .format: return .ignored
    default: return .boundary
    }
  }

  private static func isUnspaced(_ value: UInt32) -> Bool {
    switch value {
    case 0x0e00...0x0eff, 0x1000...0x109f, 0x1780...0x17ff, 0x3005...0x3007, 0x3040...0x30ff,
      0x31f0...0x31ff, 0x3400...0x4dbf, 0x4e00...0x9fff, 0xf900...0xfaff, 0x20000...0x3ffff:
      true
    default: false
    }
  }
}
