/// A part of a file's bytes that is read from its front; nothing is ever read past its end.
struct ParquetBytes {
  let bytes: [UInt8]
  private(set) var offset: Int
  let end: Int
  /// The part in words, for errors.
  private let name: String

  /// - Precondition: the range lies within the bytes.
  init(_ bytes: [UInt8], _ range: Range<Int>, name: String) {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "a range of the bytes")
    self.bytes = bytes
    offset = range.lowerBound
    end = range.upperBound
    self.name = name
  }

  var remaining: Int { end - offset }

  mutating func byte() throws(ParquetFault) -> UInt8 {
    guard offset < end else { throw .endsInside(name) }
    defer { offset += 1 }
    return bytes[offset]
  }

  /// A number of at most 64 bits, seven a byte, the lowest first (ULEB128).
  mutating func varint() throws(ParquetFault) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: 0, to: 70, by: 7) {
      let byte = try byte()
      guard shift < 63 || byte < 2 else { break }
      value |= UInt64(byte & 0x7f) << UInt64(shift)
      if byte < 0x80 { return value }
    }
    throw .malformed("a number in \(name) has more than 64 bits")
  }

  /// A length or a count.
  mutating func length() throws(ParquetFault) -> Int {
    let value = try varint()
    guard let length = Int(exactly: value) else {
      throw .malformed("a length in \(name) is \(value)")
    }
    return length
  }

  /// A signed number, its sign in the lowest bit.
  mutating func zigzag() throws(ParquetFault) -> Int64 {
    let value = try varint()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  /// A number of a few bytes, the lowest first.
  mutating func littleEndian(_ width: Int) throws(ParquetFault) -> UInt32 {
    var value: UInt32 = 0
    for index in 0..<width { value |= UInt32(try byte()) << UInt32(8 * index) }
    return value
  }

  /// The next bytes, as a part of their own.
  mutating func take(_ count: Int, name: String? = nil) throws(ParquetFault) -> ParquetBytes {
    guard count >= 0, count <= remaining else { throw .endsInside(name ?? self.name) }
    defer { offset += count }
    return ParquetBytes(bytes, offset..<offset + count, name: name ?? self.name)
  }

  /// Goes on by as many bytes as are there, `count` at most.
  mutating func skip(upTo count: Int) { offset += min(count, remaining) }

  func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[offset..<end])) }
  }
}

/// Numbers packed bit after bit, the lowest first.
enum PackedBits {
  /// The number of `width` bits, 64 at most, that begins at a bit of the buffer.
  ///
  /// - Precondition: the bits lie within the buffer.
  @inline(__always)
  static func value(in buffer: UnsafeRawBufferPointer, bit: Int, width: Int) -> UInt64 {
    guard width > 0 else { return 0 }
    let start = bit >> 3
    let shift = UInt64(bit & 7)
    let mask = UInt64.max >> UInt64(64 - width)
    if start + 9 <= buffer.count {
      let low = UInt64(
        littleEndian: buffer.loadUnaligned(fromByteOffset: start, as: UInt64.self))
      let high = shift == 0 ? 0 : UInt64(buffer[start + 8]) << (64 - shift)
      return (low >> shift | high) & mask
    }
    var value: UInt64 = 0
    for index in 0..<(width + Int(shift) + 7) >> 3 {
      let byte = UInt64(buffer[start + index])
      let place = 8 * index - Int(shift)
      value |= place < 0 ? byte >> UInt64(-place) : byte << UInt64(place)
    }
    return value & mask
  }
}
