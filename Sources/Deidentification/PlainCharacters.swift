/// The ASCII characters that stand for others in matching.
enum PlainCharacters {
  /// What stands for a character beyond ASCII: itself, one of ASCII, or nil when it is not seen.
  ///
  /// The long vowel mark of katakana is a dash where it follows a digit: `03ー1234ー5678`.
  static func plain(_ value: UInt32, isAfterDigit: Bool) -> UInt32? {
    // Letters with accents, Greek, Cyrillic, kana and ideographs: nearly all that comes.
    if (0xC0...0x2FF).contains(value) || (0x3041...0x30FA).contains(value) { return value }
    if (0x4E00...0x9FFF).contains(value) { return value }
    if isUnseen(value) { return nil }
    if let digit = digit(value) { return digit }
    switch value {
    case 0xFF01...0xFF5E: return value - 0xFEE0
    case 0x85, 0x2028, 0x2029: return 0x0A
    case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: return 0x20
    case 0x30FC where !isAfterDigit: return value
    case 0x058A, 0x05BE, 0x2010...0x2015, 0x2043, 0x207B, 0x208B, 0x2212, 0x2796, 0x2E3A, 0x2E3B,
      0x301C, 0x30A0, 0x30FC, 0xFE31, 0xFE32, 0xFE58, 0xFE63, 0xFF70:
      return 0x2D
    case 0xB4, 0x2018...0x201B, 0x2032, 0x02BC: return 0x27
    case 0xAB, 0xBB, 0x201C...0x201F, 0x2033, 0x3008...0x3011, 0x3014...0x301B: return 0x22
    case 0x2024, 0x2026, 0x3002, 0xFE52, 0xFF61: return 0x2E
    case 0xB7, 0x2022, 0x3001, 0x30FB, 0xFE50, 0xFF64, 0xFF65: return 0x2C
    case 0xA1: return 0x21
    case 0xBF: return 0x3F
    case 0x2044, 0x2215: return 0x2F
    case 0x2116: return 0x23
    default: return value
    }
  }

  private static func isUnseen(_ value: UInt32) -> Bool {
    switch value {
    case 0xAD, 0x0300...0x036F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180E,
      0x200B...0x200F,
      0x202A...0x202E, 0x2060...0x206F, 0x3164, 0xFE00...0xFE0F, 0xFEFF, 0xFFA0,
      0xE0000...0xE0FFF:
      true
    default: false
    }
  }

  /// The ASCII digit for one of another script or of the mathematical alphabets.
  private static func digit(_ value: UInt32) -> UInt32? {
    for zero: UInt32 in [0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50] where value >= zero {
      if value < zero + 10 { return 0x30 + value - zero }
    }
    guard (0x1D7CE...0x1D7FF).contains(value) else { return nil }
    return 0x30 + (value - 0x1D7CE) % 10
  }
}
