/// Scanning of string bytes eight at a time ("SIMD within a register").
///
/// Subtracting `n` from each byte of a word sets a byte's top bit where the byte was below `n`; a
/// borrow can only spoil bytes above such a byte, so the lowest top bit is always right.
enum JSONScan {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let tops: UInt64 = 0x8080_8080_8080_8080
  private static let quotes = ones &* 0x22
  private static let backslashes = ones &* 0x5c
  private static let spaces = ones &* 0x20

  /// The offset of the first byte at or after `start` that is `"`, `\`, below 0x20 or above 0x7F; the
  /// count when there is none.
  @inline(__always)
  static func endOfPlainASCII(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    var offset = start
    while offset &+ 8 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian
      let found = (special(word) | word) & tops
      guard found == 0 else { return offset &+ found.trailingZeroBitCount / 8 }
      offset &+= 8
    }
    while offset < bytes.count {
      let byte = bytes[offset]
      guard byte >= 0x20, byte < 0x80, byte != 0x22, byte != 0x5c else { break }
      offset &+= 1
    }
    return offset
  }

  /// The offset of the first byte at or after `start` that a JSON string must escape.
  @inline(__always)
  static func endOfUnescaped(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    var offset = start
    while offset &+ 8 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian
      let found = special(word) & ~word & tops
      guard found == 0 else { return offset &+ found.trailingZeroBitCount / 8 }
      offset &+= 8
    }
    while offset < bytes.count {
      let byte = bytes[offset]
      guard byte >= 0x20, byte != 0x22, byte != 0x5c else { break }
      offset &+= 1
    }
    return offset
  }

  /// Top bits where an ASCII byte is a quote, a backslash or a control character.
  @inline(__always)
  private static func special(_ word: UInt64) -> UInt64 {
    ((word ^ quotes) &- ones) | ((word ^ backslashes) &- ones) | (word &- spaces)
  }

  /// The length of the well-formed UTF-8 sequence of several bytes at `offset`; nil when it is
  /// overlong, cut short, a surrogate or above U+10FFFF (RFC 3629 §4).
  @inline(__always)
  static func sequenceLength(in bytes: UnsafeRawBufferPointer, at offset: Int) -> Int? {
    let rest = bytes.count &- offset
    let lead = bytes[offset]
    func isContinuation(_ distance: Int) -> Bool { bytes[offset &+ distance] & 0xc0 == 0x80 }
    switch lead {
    case 0xc2...0xdf:
      return rest >= 2 && isContinuation(1) ? 2 : nil
    case 0xe0...0xef:
      guard rest >= 3, isContinuation(1), isContinuation(2) else { return nil }
      let second = bytes[offset &+ 1]
      if lead == 0xe0, second < 0xa0 { return nil }
      if lead == 0xed, second >= 0xa0 { return nil }
      return 3
    case 0xf0...0xf4:
      guard rest >= 4, isContinuation(1), isContinuation(2), isContinuation(3) else { return nil }
      let second = bytes[offset &+ 1]
      if lead == 0xf0, second < 0x90 { return nil }
      if lead == 0xf4, second >= 0x90 { return nil }
      return 4
    default:
      return nil
    }
  }

  /// The value of four hexadecimal digits; nil when one is none.
  static func codeUnit(in bytes: UnsafeRawBufferPointer, at offset: Int) -> UInt32? {
    guard offset + 4 <= bytes.count else { return nil }
    var value: UInt32 = 0
    for byte in bytes[offset..<offset + 4] {
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
      default: return nil
      }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}
