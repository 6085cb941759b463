import Glibc

/// Decoding of string content that the parser has already found well-formed.
enum JSONText {
  /// The text of string content, as a `String`.
  static func string(_ raw: UnsafeRawBufferPointer, hasEscapes: Bool) -> String {
    guard hasEscapes else { return String(decoding: raw, as: UTF8.self) }
    return String(unsafeUninitializedCapacity: raw.count) { decode(raw, into: $0) }
  }

  /// The UTF-8 of string content.
  static func decoded(_ raw: UnsafeRawBufferPointer) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: raw.count) { buffer, count in
      count = decode(raw, into: buffer)
    }
  }

  /// Calls `body` with the UTF-8 of string content, decoded into a buffer that serves many texts.
  static func withDecoded<Result>(
    _ raw: UnsafeRawBufferPointer, in buffer: inout [UInt8],
    _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    if buffer.count < raw.count {
      buffer = [UInt8](repeating: 0, count: max(raw.count, 2 * buffer.count))
    }
    return buffer.withUnsafeMutableBufferPointer { target in
      let count = decode(raw, into: target)
      return body(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(target)[..<count]))
    }
  }

  /// Writes the text of string content; it is never longer than its escaped form.
  private static func decode(
    _ raw: UnsafeRawBufferPointer, into target: UnsafeMutableBufferPointer<UInt8>
  ) -> Int {
    var count = 0
    var offset = 0
    while offset < raw.count {
      let end = endOfRun(in: raw, from: offset)
      UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(target)[count...])
        .copyMemory(from: UnsafeRawBufferPointer(rebasing: raw[offset..<end]))
      count &+= end &- offset
      offset = end
      if offset < raw.count { offset += decodeEscape(raw, at: offset, into: target, &count) }
    }
    return count
  }

  /// The offset of the next backslash, or of the end.
  private static func endOfRun(in raw: UnsafeRawBufferPointer, from start: Int) -> Int {
    guard let base = raw.baseAddress,
      let found = memchr(base + start, Int32(UInt8(ascii: "\\")), raw.count - start)
    else { return raw.count }
    return UnsafeRawPointer(found) - base
  }

  /// Writes the text of the escape at `offset`; returns how many bytes the escape takes.
  private static func decodeEscape(
    _ raw: UnsafeRawBufferPointer, at offset: Int, into target: UnsafeMutableBufferPointer<UInt8>,
    _ count: inout Int
  ) -> Int {
    guard raw[offset + 1] == UInt8(ascii: "u") else {
      target[count] = character(ofEscape: raw[offset + 1])
      count += 1
      return 2
    }
    var value = JSONScan.codeUnit(in: raw, at: offset + 2) ?? 0xfffd
    var length = 6
    if value & 0xfc00 == 0xd800 {
      let low = JSONScan.codeUnit(in: raw, at: offset + 8) ?? 0xdc00
      value = 0x10000 + (value - 0xd800) << 10 + (low - 0xdc00)
      length = 12
    }
    for unit in UTF8.encode(Unicode.Scalar(value) ?? "\u{fffd}") ?? UTF8.encodedReplacementCharacter
    {
      target[count] = unit
      count += 1
    }
    return length
  }

  private static func character(ofEscape letter: UInt8) -> UInt8 {
    switch letter {
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0c
    case UInt8(ascii: "n"): 0x0a
    case UInt8(ascii: "r"): 0x0d
    case UInt8(ascii: "t"): 0x09
    default: letter
    }
  }
}

extension UnsafeRawBufferPointer {
  /// Whether both buffers hold the same bytes.
  @inline(__always)
  func elementsEqual(asMemory other: UnsafeRawBufferPointer) -> Bool {
    guard count == other.count else { return false }
    guard let mine = baseAddress, let theirs = other.baseAddress, count > 0 else { return true }
    return memcmp(mine, theirs, count) == 0
  }
}
