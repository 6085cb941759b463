import Glibc

/// The characters of plain records, and the references that may stand for them.
enum XMLPlainText {
  typealias Place = UnsafePointer<UInt8>

  /// Whether bytes are UTF-8 of characters that XML allows, without `]]>` and carriage returns.
  static func isPlain(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let summary = summary(of: bytes)
    guard !summary.hasControls else { return false }
    if summary.hasNonASCII {
      guard UnicodeValidation.firstInvalidOffset(in: bytes) == nil else { return false }
      // U+FFFE and U+FFFF are EF BF BE and EF BF BF.
      guard !holds(0xef, bytes, { $0[1] == 0xbf && $0[2] >= 0xbe }) else { return false }
    }
    return !holds(UInt8(ascii: "]"), bytes) {
      $0[1] == UInt8(ascii: "]") && $0[2] == UInt8(ascii: ">")
    }
  }

  /// Whether there are bytes beyond ASCII, and control characters other than tab and line feed; a
  /// loop without branches, for the compiler to vectorise.
  private static func summary(
    of bytes: UnsafeRawBufferPointer
  ) -> (hasNonASCII: Bool, hasControls: Bool) {
    var all: UInt8 = 0
    var controls: UInt8 = 0
    for byte in bytes {
      all |= byte
      controls |= (byte < 0x20 ? 1 : 0) & (byte != 0x0a ? 1 : 0) & (byte != 0x09 ? 1 : 0)
    }
    return (all >= 0x80, controls != 0)
  }

  /// Whether a test holds for one of the places of a byte that have two more after them.
  @inline(__always)
  private static func holds(
    _ byte: UInt8, _ bytes: UnsafeRawBufferPointer, _ test: (Place) -> Bool
  ) -> Bool {
    guard var place = bytes.bindMemory(to: UInt8.self).baseAddress else { return false }
    let last = place + bytes.count - 2
    while place < last, let found = memchr(place, Int32(byte), last - place) {
      let next = UnsafePointer(found.assumingMemoryBound(to: UInt8.self))
      if test(next) { return true }
      place = next + 1
    }
    return false
  }

  /// The character that the reference at a `&` stands for, and the reference's length: 0 when it is
  /// not plain, less when the bytes end before it does.
  @inline(never)
  static func reference(
    at place: Place, before limit: Place
  ) -> (scalar: UInt32, length: Int) {
    let available = min(limit - place, longestReference)
    var length = 1
    while length < available, place[length] != UInt8(ascii: ";") { length += 1 }
    guard length < available else {
      return (0, available < longestReference ? -1 : 0)
    }
    let body = UnsafeBufferPointer(start: place + 1, count: length - 1)
    guard let scalar = scalar(of: body) else { return (0, 0) }
    return (scalar, length + 1)
  }

  /// Longer ones have zeros in front.
  private static let longestReference = 12

  private static func scalar(of body: UnsafeBufferPointer<UInt8>) -> UInt32? {
    if body.first == UInt8(ascii: "#") { return number(of: body.dropFirst()) }
    for (name, scalar) in named where body.elementsEqual(name.utf8) { return scalar }
    return nil
  }

  private static let named: [(name: String, scalar: UInt32)] = [
    ("lt", 0x3c), ("gt", 0x3e), ("amp", 0x26), ("quot", 0x22), ("apos", 0x27),
  ]

  private static func number(of digits: Slice<UnsafeBufferPointer<UInt8>>) -> UInt32? {
    let isHexadecimal = digits.first == UInt8(ascii: "x")
    let digits = isHexadecimal ? digits.dropFirst() : digits
    guard !digits.isEmpty else { return nil }
    var value: UInt32 = 0
    for byte in digits {
      guard let digit = digit(byte, isHexadecimal) else { return nil }
      value = value * (isHexadecimal ? 16 : 10) + digit
      guard value <= 0x10_ffff else { return nil }
    }
    return isCharacter(value) ? value : nil
  }

  private static func digit(_ byte: UInt8, _ isHexadecimal: Bool) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte - 0x30)
    case 0x41...0x46 where isHexadecimal: UInt32(byte - 0x41 + 10)
    case 0x61...0x66 where isHexadecimal: UInt32(byte - 0x61 + 10)
    default: nil
    }
  }

  /// XML 1.0, production 2.
  private static func isCharacter(_ value: UInt32) -> Bool {
    switch value {
    case 0x09, 0x0a, 0x0d, 0x20...0xd7ff, 0xe000...0xfffd, 0x1_0000...0x10_ffff: true
    default: false
    }
  }

  /// Writes a character as UTF-8, which is never longer than its reference.
  static func append(_ scalar: UInt32, to output: inout UnsafeMutablePointer<UInt8>) {
    guard let scalar = Unicode.Scalar(scalar), let bytes = UTF8.encode(scalar) else { return }
    for byte in bytes {
      output.pointee = byte
      output += 1
    }
  }
}
