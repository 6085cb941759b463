/// How long a text is, in words.
package enum WordCount {
  /// The number of words: runs of characters between white space, where each character of a
  /// script without spaces (Han, kana, Thai, Lao, Khmer, Myanmar) counts as a word of its own.
  package static func words(in text: String) -> Int {
    var text = text
    return text.withUTF8 { words(in: UnsafeRawBufferPointer($0)) }
  }

  /// The same, for valid UTF-8.
  package static func words(in bytes: UnsafeRawBufferPointer) -> Int {
    var count = 0
    var isInWord = false
    var index = 0
    while index < bytes.count {
      if index + 8 <= bytes.count,
        let starts = asciiStarts(
          bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self), &isInWord)
      {
        count += starts
        index += 8
        continue
      }
      let byte = bytes[index]
      if byte < 0x80 {
        let isSpace = byte == 0x20 || (0x09...0x0d).contains(byte)
        if !isSpace, !isInWord { count += 1 }
        isInWord = !isSpace
        index += 1
        continue
      }
      let (scalar, length) = decode(bytes, at: index)
      index += length
      if UnicodeWordKey.isUnspaced(scalar) {
        count += 1
        isInWord = false
      } else if isWhiteSpace(scalar) || isWidePunctuation(scalar) {
        isInWord = false
      } else if !isInWord {
        count += 1
        isInWord = true
      }
    }
    return count
  }

  /// The number of words that start in eight ASCII bytes; nil when a byte is not ASCII.
  @inline(__always)
  private static func asciiStarts(_ word: UInt64, _ isInWord: inout Bool) -> Int? {
    let word = UInt64(littleEndian: word)
    let ones: UInt64 = 0x0101_0101_0101_0101
    let tops = ones << 7
    guard word & tops == 0 else { return nil }
    let notBlank = (word ^ ones &* 0x20) &+ ones &* 0x7f
    let control = (word &+ ones &* (0x80 - 0x09)) & ~(word &+ ones &* (0x80 - 0x0e))
    let spaces = (~notBlank | control) & tops
    let starts = ~spaces & tops & (spaces << 8 | (isInWord ? 0 : 0x80))
    isInWord = spaces >> 63 == 0
    return starts.nonzeroBitCount
  }

  private static func isWhiteSpace(_ scalar: Int32) -> Bool {
    switch scalar {
    case 0x85, 0xa0, 0x1680, 0x2000...0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000: true
    default: false
    }
  }

  /// The punctuation of Chinese and Japanese, which stands between characters without being a
  /// word.
  private static func isWidePunctuation(_ scalar: Int32) -> Bool {
    switch scalar {
    case 0x3001...0x3004, 0x3008...0x3020, 0xff01...0xff0f, 0xff1a...0xff20, 0xff3b...0xff40,
      0xff5b...0xff65:
      true
    default: false
    }
  }

  @inline(__always)
  private static func decode(
    _ bytes: UnsafeRawBufferPointer, at index: Int
  ) -> (scalar: Int32, length: Int) {
    let lead = bytes[index]
    let length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
    guard index + length <= bytes.count else { return (0xfffd, bytes.count - index) }
    var scalar = Int32(lead) & (0x7f >> Int32(length))
    for place in 1..<length { scalar = scalar << 6 | Int32(bytes[index + place] & 0x3f) }
    return (scalar, length)
  }
}
