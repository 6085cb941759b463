import Formats
import Testing

struct JSONLinesTests {
  /// A line with its content as text.
  private struct Line: Equatable {
    var text: String
    var number: Int
    var byteOffset: Int
  }

  private func lines(of text: String, chunk: Int) throws -> [Line] {
    let bytes = Array(text.utf8)
    var lines = JSONLines()
    var found: [Line] = []
    func record(_ line: JSONLine) {
      found.append(
        Line(
          text: String(decoding: line.bytes, as: UTF8.self), number: line.number,
          byteOffset: line.byteOffset))
    }
    for start in stride(from: 0, to: bytes.count, by: chunk) {
      try Array(bytes[start..<min(start + chunk, bytes.count)]).withUnsafeBytes {
        try lines.feed($0, record)
      }
    }
    try lines.finish(record)
    return found
  }

  @Test(arguments: [1, 2, 3, 7, 100])
  func `gives the same lines whatever the chunks`(chunk: Int) throws {
    let text = "\u{feff}{\"a\":1}\r\n\n \t\r\n[2]\n\"é\""
    #expect(
      try lines(of: text, chunk: chunk) == [
        Line(text: "{\"a\":1}", number: 1, byteOffset: 3),
        Line(text: "[2]", number: 4, byteOffset: 17),
        Line(text: "\"é\"", number: 5, byteOffset: 21),
      ])
  }

  @Test func `gives nothing for an empty stream`() throws {
    #expect(try lines(of: "", chunk: 1).isEmpty)
    #expect(try lines(of: "\u{feff}", chunk: 1).isEmpty)
  }

  @Test(arguments: [4, 64])
  func `refuses a line above the limit, and says which`(chunk: Int) throws {
    var lines = JSONLines(maximumLineBytes: 10)
    let bytes = Array("[1]\n[1,2,3,4,5,6]\n".utf8)
    let error = #expect(throws: JSONError.self) {
      for start in stride(from: 0, to: bytes.count, by: chunk) {
        try Array(bytes[start..<min(start + chunk, bytes.count)]).withUnsafeBytes {
          try lines.feed($0) { _ in }
        }
      }
    }
    #expect(error?.kind == .tooLong(maximumBytes: 10))
    #expect(error?.line == 2)
    #expect(error?.byteOffset == 4)
  }

  @Test func `places errors inside a line by the file's line and byte`() throws {
    var lines = JSONLines()
    let bytes = Array("[1]\n[1,x]\n".utf8)
    let error = #expect(throws: JSONError.self) {
      try bytes.withUnsafeBytes { chunk in
        try lines.feed(chunk) { _ = try JSONDocument(parsing: $0) }
      }
    }
    #expect(error?.line == 2)
    #expect(error?.column == 4)
    #expect(error?.byteOffset == 7)
  }
}
