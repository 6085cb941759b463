/// Base64 as messages and documents embed it.
package enum Base64 {
  /// The bytes that a text stands for; nil when it is not Base64.
  ///
  /// White space may stand anywhere, as lines are broken; the filling `=` at the end may be missing.
  package static func decoded(_ text: some Collection<UInt8>) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 4 * 3)
    var bits: UInt32 = 0
    var count = 0
    var fill = 0
    for byte in text where byte > 0x20 {
      if byte == UInt8(ascii: "=") {
        fill += 1
        continue
      }
      guard fill == 0, let value = value(of: byte) else { return nil }
      bits = bits << 6 | value
      count += 1
      if count % 4 == 0 {
        bytes += [UInt8(bits >> 16 & 0xff), UInt8(bits >> 8 & 0xff), UInt8(bits & 0xff)]
      }
    }
    guard fill <= 2, fill == 0 || (count + fill) % 4 == 0 else { return nil }
    switch count % 4 {
    case 0: return bytes
    case 2: return bytes + [UInt8(bits >> 4 & 0xff)]
    case 3: return bytes + [UInt8(bits >> 10 & 0xff), UInt8(bits >> 2 & 0xff)]
    default: return nil
    }
  }

  private static func value(of byte: UInt8) -> UInt32? {
    switch byte {
    case 0x41...0x5a: UInt32(byte - 0x41)
    case 0x61...0x7a: UInt32(byte - 0x61 + 26)
    case 0x30...0x39: UInt32(byte - 0x30 + 52)
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
