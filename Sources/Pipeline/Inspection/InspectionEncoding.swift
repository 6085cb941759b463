/// In which encoding the start of an entry is, as far as bytes can tell.
struct InspectionEncoding: Equatable {
  /// The name that `TextEncoding` knows: `UTF-8`, `windows-1252`; nil when the bytes are no text.
  var name: String?
  /// The length of the byte order mark.
  var markBytes = 0

  /// - Parameter isWhole: whether the bytes are all there; otherwise the last character may be cut.
  init(of bytes: [UInt8], isWhole: Bool) {
    if bytes.holds([0xEF, 0xBB, 0xBF], at: 0) { markBytes = 3 }
    if let wide = Self.wideName(of: bytes) {
      name = wide
      if bytes.holds([0xFF, 0xFE], at: 0) || bytes.holds([0xFE, 0xFF], at: 0) { markBytes = 2 }
    } else if Self.isBinary(bytes) {
      name = nil
    } else if Self.isUTF8(bytes, isWhole: isWhole) {
      name = "UTF-8"
    } else {
      name = Self.eightBitGuess(bytes)
    }
  }

  var isWide: Bool { name == "UTF-16LE" || name == "UTF-16BE" }

  /// UTF-16 by its mark, or by the zeros that text in ASCII letters leaves in every second place.
  private static func wideName(of bytes: [UInt8]) -> String? {
    if bytes.holds([0xFF, 0xFE], at: 0) { return "UTF-16LE" }
    if bytes.holds([0xFE, 0xFF], at: 0) { return "UTF-16BE" }
    guard bytes.count >= 4 else { return nil }
    let start = bytes.prefix(256)
    let odd = start.indices.filter { $0 % 2 == 1 && bytes[$0] == 0 }.count
    let even = start.indices.filter { $0 % 2 == 0 && bytes[$0] == 0 }.count
    let pairs = start.count / 2
    if even == 0, odd * 10 >= pairs * 9 { return "UTF-16LE" }
    return odd == 0 && even * 10 >= pairs * 9 ? "UTF-16BE" : nil
  }

  /// Whether control characters show that the bytes are no text: any zero, or more than one other
  /// in a thousand bytes.
  private static func isBinary(_ bytes: [UInt8]) -> Bool {
    var controls = 0
    for byte in bytes {
      if byte == 0 { return true }
      // Tab, line feed, form feed, carriage return and escape (ISO 2022) occur in texts.
      if byte < 0x20, !(0x09...0x0D).contains(byte), byte != 0x1B { controls += 1 }
    }
    return controls > 1 + bytes.count / 1000
  }

  private static func isUTF8(_ bytes: [UInt8], isWhole: Bool) -> Bool {
    for cut in 0...(isWhole ? 0 : min(3, bytes.count))
    where String(validating: bytes.dropLast(cut), as: UTF8.self) != nil {
      return true
    }
    return false
  }

  /// A guess among the encodings that medical texts are met in: GB18030 when nearly all high bytes
  /// pair up, Mac Roman by its quotes at the edges of words, else the Windows code page.
  private static func eightBitGuess(_ bytes: [UInt8]) -> String {
    let (paired, high) = pairs(in: bytes)
    if high > bytes.count / 10, paired * 10 >= high * 9 { return "GB18030" }
    if hasMacQuotes(bytes) { return "macintosh" }
    return bytes.contains { (0x80...0x9F).contains($0) } ? "windows-1252" : "ISO-8859-1"
  }

  /// How many high bytes stand in pairs, as those of the common characters of GB18030 do, and how
  /// many there are.
  private static func pairs(in bytes: [UInt8]) -> (paired: Int, high: Int) {
    var paired = 0
    var high = 0
    var index = 0
    while index < bytes.count {
      defer { index += 1 }
      guard bytes[index] >= 0x80 else { continue }
      high += 1
      guard index + 1 < bytes.count, bytes[index + 1] >= 0x80 else { continue }
      high += 1
      paired += 2
      index += 1
    }
    return (paired, high)
  }

  /// Whether 0xD2 opens, 0xD3 closes or 0xD5 stands in a word, and no byte of the Windows quotes.
  private static func hasMacQuotes(_ bytes: [UInt8]) -> Bool {
    guard !bytes.contains(where: { (0x91...0x94).contains($0) }) else { return false }
    return bytes.indices.dropFirst().dropLast().contains { index in
      let before = isLetter(bytes[index - 1])
      let after = isLetter(bytes[index + 1])
      return switch bytes[index] {
      case 0xD2: !before && after
      case 0xD3: before && !after
      case 0xD5: before && after
      default: false
      }
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) }
}
