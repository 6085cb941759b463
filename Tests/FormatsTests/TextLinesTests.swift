import Formats
import Records
import Testing

struct TextLinesTests {
  @Test(arguments: [1, 2, 3, 100])
  func `cuts lines wherever the chunks end`(length: Int) throws {
    let lines = try lines(of: "\u{feff}é\r\n\n𝔸b", length)
    #expect(lines.map(\.text) == ["é", "", "𝔸b"])
    #expect(lines.map(\.number) == [1, 2, 3])
    #expect(lines.map(\.byteOffset) == [0, 7, 8])
  }

  @Test func `a line end at the end starts no line`() throws {
    #expect(try lines(of: "a\n", 1).count == 1)
    #expect(try lines(of: "", 1).isEmpty)
  }

  @Test func `tells the byte that is not UTF-8`() throws {
    var lines = TextLines()
    let error = try #require(throws: TextError.self) {
      try ([0x61, 0x0a, 0x62, 0xff, 0x0a] as [UInt8]).withUnsafeBytes { bytes in
        try lines.feed(bytes) { _ in }
      }
    }
    #expect(error.position.byteOffset == 3)
    #expect(error.position.line == 2)
  }

  private func lines(of text: String, _ length: Int) throws -> [TextLines.Line] {
    var lines = TextLines()
    var found: [TextLines.Line] = []
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: length) {
      try bytes[start..<min(start + length, bytes.count)].withUnsafeBytes {
        try lines.feed($0) { found.append($0) }
      }
    }
    try lines.finish { found.append($0) }
    return found
  }
}
