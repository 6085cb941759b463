import Records

/// Decodes whole texts: of a declared encoding, or of one that is plain from the bytes.
package enum TextDecoder {
  /// A text and the encoding it was in.
  package struct Decoded: Sendable, Equatable {
    package var text: String
    package var encoding: TextEncoding
  }

  /// The text of bytes in a declared encoding.
  ///
  /// - Throws: `TextError` at the first byte that does not fit.
  package static func decode(
    _ bytes: UnsafeRawBufferPointer, as encoding: TextEncoding
  ) throws(TextError) -> String {
    let stream = try TranscodingStream(from: encoding)
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    try stream.convert(bytes, into: &text)
    try stream.finish(into: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// The text of bytes whose encoding nobody declared.
  ///
  /// A byte order mark decides; else valid UTF-8 is UTF-8; else windows-1252 or Mac Roman where
  /// the bytes speak for one of them alone. Anything else is refused rather than guessed.
  ///
  /// - Throws: `TextError` with the offset of the first byte that is not UTF-8.
  package static func sniff(_ bytes: UnsafeRawBufferPointer) throws(TextError) -> Decoded {
    let encoding = try sniffedEncoding(of: bytes)
    return Decoded(text: try decode(bytes, as: encoding), encoding: encoding)
  }

  private static func sniffedEncoding(
    of bytes: UnsafeRawBufferPointer
  ) throws(TextError) -> TextEncoding {
    if let mark = TextEncoding.byteOrderMark(of: bytes) { return mark.encoding }
    guard let bad = UnicodeValidation.firstInvalidOffset(in: bytes) else { return .utf8 }
    let evidence = SingleByteEvidence(bytes)
    if evidence.windows1252 > evidence.macintosh { return .windows1252 }
    if evidence.macintosh > evidence.windows1252 { return .macintosh }
    throw TextError(.unknownEncoding, encoding: "UTF-8", at: Position(byteOffset: bad))
  }
}

/// How much bytes look like windows-1252, and like Mac Roman.
///
/// Only bytes count that are usual in one encoding and odd in the other: quotation marks, dashes
/// and signs are 0x85, 0x91 … 0x97, 0xB0, 0xB1 and 0xB5 in windows-1252, where Mac Roman has
/// letters and rare signs; 0xD0 … 0xD5 in Mac Roman, where windows-1252 has capitals that do not
/// stand between spaces or after a small letter. Accented small letters are 0xE0 and up in the
/// first, 0x87 … 0x9F in the second. A NUL or another control shows that the bytes are no text.
private struct SingleByteEvidence {
  var windows1252 = 0
  var macintosh = 0

  init(_ bytes: UnsafeRawBufferPointer) {
    var previous = UInt8(ascii: " ")
    for (index, byte) in bytes.enumerated() {
      let next = index + 1 < bytes.count ? bytes[index + 1] : UInt8(ascii: " ")
      guard !Self.isControl(byte) else {
        (windows1252, macintosh) = (0, 0)
        return
      }
      if byte >= 0x80 { weigh(byte, after: previous, before: next) }
      previous = byte
    }
    // Bytes that windows-1252 does not define.
    if bytes.contains(where: { [0x81, 0x8d, 0x8f, 0x90, 0x9d].contains($0) }) { windows1252 = 0 }
  }

  private mutating func weigh(_ byte: UInt8, after previous: UInt8, before next: UInt8) {
    let isInWord = Self.isLetter(previous) && Self.isLetter(next)
    switch byte {
    case 0x92 where isInWord: windows1252 += 2
    case 0xd5 where isInWord: macintosh += 2
    case 0x93, 0x91: if Self.isOpening(previous), Self.isLetter(next) { windows1252 += 2 }
    case 0x94, 0x92: if !Self.isLetter(next), !Self.isSpace(previous) { windows1252 += 2 }
    case 0xd2, 0xd4: if Self.isOpening(previous), Self.isLetter(next) { macintosh += 2 }
    case 0xd3, 0xd5: if !Self.isLetter(next), !Self.isSpace(previous) { macintosh += 2 }
    case 0x95, 0x96, 0x97: if !isInWord || byte == 0x97 { windows1252 += 1 }
    case 0xd0, 0xd1: if !Self.isLetter(next) { macintosh += 1 }
    case 0xb0, 0xb1, 0xb5: windows1252 += 1
    case 0xa1: macintosh += Self.isDigit(previous) ? 1 : 0
    case 0xe0...0xff: if Self.isLetter(previous) || Self.isLetter(next) { windows1252 += 1 }
    case 0x87...0x9f: if isInWord { macintosh += 1 }
    default: break
    }
  }

  private static func isControl(_ byte: UInt8) -> Bool {
    byte < 0x20 && byte != 0x09 && byte != 0x0a && byte != 0x0d && byte != 0x0c
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte <= 0x20 }

  private static func isOpening(_ byte: UInt8) -> Bool {
    isSpace(byte) || byte == UInt8(ascii: "(") || byte == UInt8(ascii: "[")
  }
}
