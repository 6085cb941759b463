import Records
import Testing

@testable import Formats

struct TextDecoderTests {
  private func sniff(_ bytes: [UInt8]) throws -> TextDecoder.Decoded {
    try bytes.withUnsafeBytes { try TextDecoder.sniff($0) }
  }

  @Test func `sniffs UTF-8 and byte order marks`() throws {
    #expect(try sniff(Array("5 µg".utf8)) == .init(text: "5 µg", encoding: .utf8))
    #expect(try sniff([0xef, 0xbb, 0xbf, 0x61]) == .init(text: "a", encoding: .utf8))
    #expect(
      try sniff([0xff, 0xfe, 0x61, 0, 0xb5, 0]) == .init(text: "aµ", encoding: .utf16LittleEndian))
    #expect(try sniff([0xfe, 0xff, 0, 0x61]) == .init(text: "a", encoding: .utf16BigEndian))
    #expect(try sniff([]) == .init(text: "", encoding: .utf8))
  }

  @Test func `tells windows-1252 from Mac Roman by quotation marks`() throws {
    let windows = Array("He said ".utf8) + [0x93] + Array("no".utf8) + [0x94, 0x2e]
    #expect(
      try sniff(windows)
        == .init(text: "He said \u{201c}no\u{201d}.", encoding: .windows1252))
    let macintosh = Array("He said ".utf8) + [0xd2] + Array("no".utf8) + [0xd3, 0x2e]
    #expect(
      try sniff(macintosh) == .init(text: "He said \u{201c}no\u{201d}.", encoding: .macintosh))
  }

  @Test func `refuses bytes that speak for no encoding`() {
    #expect(
      throws: TextError(.unknownEncoding, encoding: "UTF-8", at: Position(byteOffset: 2))
    ) { try sniff([0x61, 0x20, 0xbb, 0x20]) }
    #expect(throws: TextError.self) { try sniff([0x93, 0x61, 0x00, 0x94]) }
  }

  @Test(
    arguments: [
      (TextEncoding.latin1, [0x35, 0x20, 0xb5, 0x67], "5 µg"), (.windows1252, [0x80], "€"),
      (.macintosh, [0xa5], "•"), (.shiftJIS, [0x88, 0xe3, 0x8a, 0x77], "医学"),
      (.eucJP, [0xb0, 0xe5, 0xb3, 0xd8], "医学"), (.gb18030, [0xd2, 0xbd, 0xd1, 0xa7], "医学"),
      (.gbk, [0xd2, 0xbd, 0xd1, 0xa7], "医学"), (.utf16, [0xff, 0xfe, 0x61, 0], "a"),
      (.utf16, [0, 0x61], "a"), (.utf8, [0xef, 0xbb, 0xbf, 0xc2, 0xb5], "µ"),
    ] as [(TextEncoding, [UInt8], String)])
  func `decodes declared encodings, also byte by byte`(
    encoding: TextEncoding, bytes: [UInt8], text: String
  ) throws {
    #expect(try bytes.withUnsafeBytes { try TextDecoder.decode($0, as: encoding) } == text)
    let stream = try TranscodingStream(from: encoding)
    var output: [UInt8] = []
    for byte in bytes { try withUnsafeBytes(of: byte) { try stream.convert($0, into: &output) } }
    try stream.finish(into: &output)
    #expect(String(decoding: output, as: UTF8.self) == text)
  }

  @Test func `locates bytes that do not fit`() {
    func error(_ bytes: [UInt8], _ encoding: TextEncoding) -> TextError? {
      do {
        _ = try bytes.withUnsafeBytes { try TextDecoder.decode($0, as: encoding) }
        return nil
      } catch { return error as? TextError }
    }
    #expect(error([0x61, 0x62, 0x81, 0x63, 0x64], .windows1252)?.position.byteOffset == 2)
    #expect(error([0x61, 0x62, 0x63, 0x64, 0xc3], .utf8)?.kind == .truncated)
    #expect(error([0x61, 0x62, 0x63, 0x64, 0x88], .shiftJIS)?.kind == .truncated)
    #expect(error([0x61, 0xc0, 0xaf, 0x64, 0x88], .utf8)?.position.byteOffset == 1)
  }

  @Test func `knows encodings by the names people write`() {
    #expect(TextEncoding(name: "Latin1") == .latin1)
    #expect(TextEncoding(name: "CP1252") == .windows1252)
    #expect(TextEncoding(name: "utf8")?.name == "UTF-8")
    #expect(TextEncoding(name: "klingon") == nil)
  }

  @Test(
    arguments: [
      ([0x61, 0xc3, 0xa9], nil), ([0x61, 0xc3], 1), ([0xed, 0xa0, 0x80], 0), ([0xc0, 0x80], 0),
      ([0xf4, 0x90, 0x80, 0x80], 0), ([0xf0, 0x9f, 0x98, 0x80], nil), ([0x80], 0),
    ] as [([UInt8], Int?)])
  func `finds the first byte that is not UTF-8`(bytes: [UInt8], offset: Int?) {
    let padded = Array(repeating: UInt8(ascii: "x"), count: 40) + bytes
    #expect(bytes.withUnsafeBytes { UnicodeValidation.firstInvalidOffset(in: $0) } == offset)
    let found = padded.withUnsafeBytes { UnicodeValidation.firstInvalidOffset(in: $0) }
    #expect(found == offset.map { $0 + 40 })
  }

  @Test(.enabled(if: SharedSuite.exists("utf8"), "the UTF-8 suite is not here"))
  func `agrees with utf8tests`() throws {
    var count = 0
    // Lines are `number:valid hex:bytes` or `number:invalid hex:bytes:skipped:replaced`.
    let text = try #require(SharedSuite.bytes(SharedSuite.path("utf8/utf8tests.txt")))
    for line in text.split(separator: UInt8(ascii: "\n")) where line.first != 0x23 {
      let parts = String(decoding: line, as: UTF8.self).split(separator: ":")
      guard parts.count >= 3, parts[1].hasSuffix(" hex") else { continue }
      let digits = parts[2].filter { !$0.isWhitespace }
      let bytes = try stride(from: 0, to: digits.count, by: 2).map { place in
        let start = digits.index(digits.startIndex, offsetBy: place)
        return try #require(UInt8(digits[start...].prefix(2), radix: 16))
      }
      let bad = bytes.withUnsafeBytes { UnicodeValidation.firstInvalidOffset(in: $0) }
      #expect((bad == nil) == !parts[1].contains("invalid"), "\(parts[0])")
      count += 1
    }
    #expect(count > 100)
  }
}
