/// A number that stands for a word in small letters and without the accents of Latin-1, so that
/// words are looked up without making strings.
package enum WordKey {
  /// FNV-1a over the folded bytes; never 0, which stands for no word.
  package static func key(of bytes: Slice<UnsafeBufferPointer<UInt8>>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    var isAfterC3 = false
    for byte in bytes {
      if byte == 0xC3 {
        isAfterC3 = true
        continue
      }
      let plain = isAfterC3 ? latin[Int(byte & 0x3F)] : lower(byte)
      isAfterC3 = false
      hash = (hash ^ UInt64(plain)) &* 0x100_0000_01b3
    }
    return hash == 0 ? 1 : hash
  }

  /// The key of a word written in code.
  package static func key(of word: String) -> UInt64 {
    var word = word
    return word.withUTF8 { key(of: $0[...]) }
  }

  private static func lower(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }

  /// The plain small letters of U+00C0 to U+00FF.
  private static let latin: [UInt8] = Array(
    "aaaaaaaceeeeiiiidnooooo*ouuuuytsaaaaaaaceeeeiiiidnooooo*ouuuuyty".utf8)
}
