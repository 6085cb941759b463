import Records
import Testing

@testable import Formats

struct XMLEncodingTests {
  private func text(_ bytes: [UInt8], pieces: Int = .max) throws -> [String] {
    try xmlRecords(bytes, pieces: pieces) { $0.text }
  }

  @Test func `reads declared single-byte encodings`() throws {
    for pieces in [1, 7, Int.max] {
      let latin = Array("<?xml version='1.0' encoding='ISO-8859-1'?><a>5 ".utf8)
      #expect(try text(latin + [0xb5] + Array("g</a>".utf8), pieces: pieces) == ["5 µg"])
      let windows = Array("<?xml version='1.0' encoding='windows-1252'?><a>".utf8)
      #expect(try text(windows + [0x93] + Array("</a>".utf8), pieces: pieces) == ["\u{201c}"])
    }
  }

  @Test func `reads UTF-16 with and without a mark`() throws {
    let source = "<?xml version='1.0' encoding='UTF-16'?><a>µ 😀</a>"
    let little = source.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    let big = source.utf16.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
    for pieces in [1, 5, Int.max] {
      #expect(try text([0xff, 0xfe] + little, pieces: pieces) == ["µ 😀"])
      #expect(try text([0xfe, 0xff] + big, pieces: pieces) == ["µ 😀"])
      #expect(try text(little, pieces: pieces) == ["µ 😀"])
    }
  }

  @Test func `takes a UTF-8 mark away and counts it`() throws {
    let bytes = [0xef, 0xbb, 0xbf] + Array("<a/>".utf8)
    #expect(try xmlRecords(bytes) { $0.byteOffset } == [3])
  }

  @Test func `refuses bytes that contradict the declaration`() throws {
    let declared = Array("<?xml version='1.0' encoding='UTF-16'?><a/>".utf8)
    guard case .encodingMismatch = try #require(xmlError(declared)).kind else {
      Issue.record("not a mismatch")
      return
    }
    let marked = [0xef, 0xbb, 0xbf] + Array("<?xml version='1.0' encoding='latin1'?><a/>".utf8)
    #expect(
      xmlError(marked)?.kind == .encodingMismatch(declared: "latin1", actual: "UTF-8"))
  }

  @Test func `refuses bytes that are not UTF-8`() throws {
    let error = try #require(xmlError(Array("<a>\n5 ".utf8) + [0xb5] + Array("g</a>".utf8)))
    #expect(error.kind == .invalidBytes(encoding: "UTF-8"))
    #expect(error.position.line == 2)
  }

  @Test func `refuses an encoding it does not know`() {
    let bytes = Array("<?xml version='1.0' encoding='EBCDIC-X'?><a/>".utf8)
    #expect(xmlError(bytes)?.kind == .unsupportedEncoding("EBCDIC-X"))
  }
}
