import Deidentification
import Records
import Testing

@testable import Pipeline

struct TextPiecesTests {
  private func pieces(_ text: String) throws -> [String] {
    let deidentifier = TextDeidentifier()
    var pieces = TextPieces { deidentifier.findings(in: $0).findings.map(\.range) }
    var found: [String] = []
    let bytes = Array(text.utf8)
    try bytes.withUnsafeBytes { raw in
      for start in stride(from: 0, to: raw.count, by: 64 << 10) {
        let chunk = UnsafeRawBufferPointer(rebasing: raw[start..<min(raw.count, start + 64 << 10)])
        try pieces.feed(chunk) { found.append($0.text) }
      }
    }
    try pieces.finish { found.append($0.text) }
    return found
  }

  @Test(arguments: [" ", "\n"])
  func `pieces make the text, and none ends in an identifier or right after its cue`(
    blank: String
  ) throws {
    let words = ["filler", "Mr. John Smith", "of", "é", "MRN 00412377", "617-555-0142", "went"]
    let text = (0..<140_000).map { words[($0 * $0 + $0 / 7) % words.count] }
      .joined(separator: blank)
    let pieces = try pieces(text)
    #expect(pieces.count > 1)
    #expect(pieces.joined() == text)
    for (piece, next) in zip(pieces, pieces.dropFirst()) {
      #expect(!["Mr.", "John", "MRN"].contains { piece.hasSuffix($0 + blank) })
      #expect(!["John", "Smith", "00412377", "555"].contains { next.hasPrefix($0) })
    }
  }

  @Test func `bytes that are not UTF-8 are told, and what stands around them is looked at`() throws
  {
    var pieces = TextPieces { _ in [] }
    let bytes: [UInt8] = Array("one\ntwo ".utf8) + [0xE9, 0x0A]
    var found: [TextPieces.Piece] = []
    try bytes.withUnsafeBytes { raw in try pieces.feed(raw) { found.append($0) } }
    try pieces.finish { found.append($0) }
    #expect(found.map(\.text) == ["one\ntwo \u{FFFD}\n"])
    #expect(found[0].problem?.position.line == 2)
    #expect(found[0].problem?.position.byteOffset == 8)
  }
}
