/// Whether bytes are UTF-8, by the table of well-formed sequences (Unicode 15, table 3-7).
package enum UnicodeValidation {
  /// The offset of the first byte that starts no well-formed character, or nil.
  package static func firstInvalidOffset(in bytes: UnsafeRawBufferPointer) -> Int? {
    let valid = validPrefix(of: bytes).bytes
    return valid < bytes.count ? valid : nil
  }

  /// The length of the longest valid start, and whether what follows is the start of a character
  /// that the end of the bytes cuts.
  package static func validPrefix(
    of bytes: UnsafeRawBufferPointer
  ) -> (bytes: Int, isTruncated: Bool) {
    let count = bytes.count
    var index = 0
    while index < count {
      index = asciiEnd(of: bytes, from: index)
      guard index < count else { break }
      let length = sequenceLength(in: bytes, at: index)
      guard length > 0 else { return (index, length == truncated) }
      index += length
    }
    return (count, false)
  }

  private static let truncated = -1

  /// The index of the first byte from `start` that is not ASCII, or the count.
  @inline(__always)
  package static func asciiEnd(of bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    var index = start
    while index + 32 <= bytes.count {
      let first = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      let second = bytes.loadUnaligned(fromByteOffset: index + 8, as: UInt64.self)
      let third = bytes.loadUnaligned(fromByteOffset: index + 16, as: UInt64.self)
      let fourth = bytes.loadUnaligned(fromByteOffset: index + 24, as: UInt64.self)
      guard (first | second | third | fourth) & 0x8080_8080_8080_8080 == 0 else { break }
      index += 32
    }
    while index < bytes.count, bytes[index] < 0x80 { index += 1 }
    return index
  }

  /// The length of the character at `index`; 0 when it is not well formed, `truncated` when it
  /// could become so with more bytes.
  @inline(__always)
  private static func sequenceLength(in bytes: UnsafeRawBufferPointer, at index: Int) -> Int {
    let lead = bytes[index]
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xbf
    switch lead {
    case 0xc2...0xdf: length = 2
    case 0xe0: (length, second) = (3, 0xa0...0xbf)
    case 0xed: (length, second) = (3, 0x80...0x9f)
    case 0xe1...0xef: length = 3
    case 0xf0: (length, second) = (4, 0x90...0xbf)
    case 0xf4: (length, second) = (4, 0x80...0x8f)
    case 0xf1...0xf3: length = 4
    default: return 0
    }
    for place in 1..<length {
      guard index + place < bytes.count else { return truncated }
      let byte = bytes[index + place]
      guard place == 1 ? second.contains(byte) : byte & 0xc0 == 0x80 else { return 0 }
    }
    return length
  }
}
