/// A text made ready to be matched: the letters that tricks and typography hide are plain, and every
/// byte knows its place in the text as it was given.
///
/// Full-width forms become ASCII; zero-width characters, soft hyphens and marks of direction go;
/// unusual blanks, dashes and quotation marks become the common ones. Case and all else stay.
package struct MatchText: Sendable {
  /// The matched form in UTF-8.
  package private(set) var bytes: [UInt8] = []
  /// For every byte of the matched form, where its character begins in the given text.
  private var starts: [Int] = []
  /// For every byte of the matched form, where its character ends in the given text.
  private var ends: [Int] = []
  package private(set) var tokens: [Token] = []

  package init(_ text: String) {
    bytes.reserveCapacity(text.utf8.count)
    var place = 0
    for scalar in text.unicodeScalars {
      let end = place + UTF8.width(scalar)
      append(scalar, from: place, to: end)
      place = end
    }
    tokens = Tokenizer.tokens(of: bytes)
  }

  /// The place in the given text of a range of the matched form; never empty for a range that is not.
  package func origin(of range: Range<Int>) -> Range<Int> {
    guard let first = range.first, let last = range.last else { return 0..<0 }
    return starts[first]..<ends[last]
  }

  /// The words of a range of the matched form.
  package func string(in range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  private mutating func append(_ scalar: Unicode.Scalar, from start: Int, to end: Int) {
    guard let plain = Self.plain(scalar) else { return }
    for byte in UTF8.encode(plain) ?? UTF8.encodedReplacementCharacter {
      bytes.append(byte)
      starts.append(start)
      ends.append(end)
    }
  }

  /// The character that stands for another in matching; nil for those that are not seen.
  private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0xAD, 0x034F, 0x061C, 0x180E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064,
      0x2066...0x206F, 0xFE00...0xFE0F, 0xFEFF:
      nil
    case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0)
    case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: " "
    case 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63: "-"
    case 0x2018, 0x2019, 0x201B, 0x2032, 0x02BC: "'"
    case 0x201C, 0x201D, 0x2033: "\""
    default: scalar
    }
  }
}
