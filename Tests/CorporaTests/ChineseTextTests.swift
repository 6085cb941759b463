import Formats
import Records
import Testing

@testable import Corpora

struct ChineseTextTests {
  private static let text = "高血压，10⁵/μL、℃，㐀𠀀。\n"

  /// The same text as the encoding has it.
  private static let gb18030: [UInt8] = [
    0xb8, 0xdf, 0xd1, 0xaa, 0xd1, 0xb9, 0xa3, 0xac, 0x31, 0x30, 0x81, 0x36, 0xad, 0x37, 0x2f, 0xa6,
    0xcc, 0x4c, 0xa1, 0xa2, 0xa1, 0xe6, 0xa3, 0xac, 0x81, 0x39, 0xee, 0x39, 0x95, 0x32, 0x82, 0x36,
    0xa1, 0xa3, 0x0a,
  ]

  @Test(arguments: [1, 3, 1 << 16, 1 << 20])
  func `GB18030 and UTF-8 give the same text in pieces of any length`(pieceLength: Int) throws {
    let text = String(repeating: Self.text, count: 4000)
    let bytes = (0..<4000).flatMap { _ in Self.gb18030 }
    #expect(bytes.count > 1 << 16)
    #expect(try self.text(of: bytes, pieceLength: pieceLength) == text)
    #expect(try self.text(of: Array(text.utf8), pieceLength: pieceLength) == text)
  }

  @Test func `bytes that do not fit what the start showed are an error with their place`() throws {
    let bytes = Array(String(repeating: "血压 ", count: 20_000).utf8) + [0xff, 0xfe]
    let error = try #require(throws: TextError.self) {
      try text(of: bytes, pieceLength: 1000)
    }
    #expect(error.position.byteOffset == bytes.count - 2)
  }

  @Test(arguments: [
    ("内科", "内科"), (#"\xc4ڿ\xc6"#, "内科"), (#"1\xff"#, #"1\xff"#), (#"a\b\x"#, #"a\b\x"#),
  ])
  func `a name in CP936 is readable again`(name: String, readable: String) {
    #expect(ChineseName.readable(name) == readable)
  }

  private func text(of bytes: [UInt8], pieceLength: Int) throws -> String {
    var entry = ChineseText(
      PiecewiseEntry(path: "x.txt", bytes: bytes, pieceLength: pieceLength), encoding: nil)
    var text: [UInt8] = []
    try entry.forEachChunk { text.append(contentsOf: $0) }
    return String(decoding: text, as: UTF8.self)
  }
}
