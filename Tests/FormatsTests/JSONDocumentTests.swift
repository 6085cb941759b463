import Formats
import Records
import Testing

struct JSONDocumentTests {
  @Test func `reads every kind of value`() throws {
    let root = try JSONDocument(
      parsing: Array(#" {"a": [null, true, false, -1.50e2, "x"], "b": {}} "#.utf8)
    ).root
    let values = try #require(root["a"])
    #expect(values.elements.map(\.kind) == [.null, .bool, .bool, .number, .string])
    #expect(values[1]?.bool == true)
    #expect(values[2]?.bool == false)
    #expect(values[3]?.numberText == "-1.50e2")
    #expect(values[3]?.double == -150)
    #expect(values[4]?.string == "x")
    #expect(root["b"]?.count == 0)
    #expect(root["c"] == nil)
    #expect(values[5] == nil)
  }

  @Test func `lists members in document order`() throws {
    let root = try JSONDocument(parsing: Array(#"{"b":1,"a":{"c":2},"":3}"#.utf8)).root
    #expect(root.members.map(\.name) == ["b", "a", ""])
    #expect(root.members.map { $0.value.int } == [1, nil, 3])
  }

  @Test(arguments: [
    (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
    (#""\u0041\u00e9\u20AC\ud83d\ude00""#, "Aé€😀"),
    ("\"Fieber 38,5\u{a0}°C 発熱 😀\"", "Fieber 38,5\u{a0}°C 発熱 😀"),
    (#""\u0000""#, "\0"),
  ])
  func `decodes strings`(source: String, text: String) throws {
    #expect(try JSONDocument(parsing: Array(source.utf8)).root.string == text)
  }

  @Test func `finds keys by their decoded text`() throws {
    let root = try JSONDocument(parsing: Array(#"{"\u0061b":1}"#.utf8)).root
    #expect(root["ab"]?.int == 1)
  }

  @Test func `refuses a number beyond the range of Double only when asked for one`() throws {
    let root = try JSONDocument(parsing: Array("[1e999,12345678901234567890]".utf8)).root
    #expect(root[0]?.double == nil)
    #expect(root[0]?.numberText == "1e999")
    #expect(root[1]?.int == nil)
    #expect(root[1]?.numberText == "12345678901234567890")
  }

  @Test(arguments: [
    ("", 1, 1), ("[1,]", 1, 4), ("{\"a\":1,}", 1, 8), ("[1\n 2]", 2, 2), ("NaN", 1, 1),
    ("[01]", 1, 2), ("[1.]", 1, 2), ("[-]", 1, 2), ("[1e]", 1, 2), ("\"a\tb\"", 1, 3),
    ("\"\\x\"", 1, 2), ("\"\\ud800\"", 1, 2), ("\"\\udc00\"", 1, 2), ("\"\\ud800\\u0041\"", 1, 2),
    ("{'a':1}", 1, 2), ("[true", 1, 6), ("1 2", 1, 3), ("{\"a\" 1}", 1, 6), ("nul", 1, 1),
    ("[\"é\", x]", 1, 7), ("\u{feff}\u{feff}1", 1, 1), ("[1}", 1, 3),
  ])
  func `refuses what is not JSON, and says where`(source: String, line: Int, column: Int) {
    let error = #expect(throws: JSONError.self) {
      try JSONDocument(parsing: Array(source.utf8))
    }
    #expect(error?.line == line)
    #expect(error?.column == column)
  }

  @Test(arguments: [
    [0x22, 0xff, 0x22], [0x22, 0xc0, 0x80, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22],
    [0x22, 0xf4, 0x90, 0x80, 0x80, 0x22], [0x22, 0xe2, 0x82, 0x22], [0x22, 0xe2],
    [0x22, 0xf0, 0x80, 0x80, 0x80, 0x22], [0x22, 0xe0, 0x80, 0x80, 0x22],
  ])
  func `refuses text that is not UTF-8`(bytes: [UInt8]) {
    let error = #expect(throws: JSONError.self) { try JSONDocument(parsing: bytes) }
    #expect(error?.kind == .invalidUTF8)
    #expect(error?.byteOffset == 1)
  }

  @Test func `refuses a key that occurs twice, however it is written`() {
    let error = #expect(throws: JSONError.self) {
      try JSONDocument(parsing: Array("{\"a\":1,\n \"\\u0061\":2}".utf8))
    }
    #expect(error?.kind == .duplicateKey(firstLine: 1, firstColumn: 2))
    #expect(error?.line == 2)
    #expect(error?.column == 2)
  }

  @Test func `finds a repeated key among very many in little time`() throws {
    let members = (0..<200_000).map { "\"PMID\($0)\":{\"n\":\($0)}" }.joined(separator: ",")
    let unique = try JSONDocument(parsing: Array("{\(members)}".utf8))
    #expect(unique.root.count == 200_000)
    let error = #expect(throws: JSONError.self) {
      try JSONDocument(parsing: Array("{\(members),\"PMID7\":0}".utf8))
    }
    #expect(error?.kind == .duplicateKey(firstLine: 1, firstColumn: 114))
  }

  @Test func `accepts nesting up to the limit and refuses more`() throws {
    func nested(_ depth: Int) -> [UInt8] {
      Array(
        (String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
    }
    _ = try JSONDocument(parsing: nested(512))
    let error = #expect(throws: JSONError.self) { try JSONDocument(parsing: nested(513)) }
    #expect(error?.kind == .tooDeep(maximum: 512))
    #expect(error?.byteOffset == 512)
    _ = try JSONDocument(parsing: nested(100_000), maximumDepth: 100_000)
  }

  @Test func `accepts a byte order mark at the start of a file only`() throws {
    let bytes: [UInt8] = [0xef, 0xbb, 0xbf] + Array("[1]".utf8)
    let root = try JSONDocument(parsing: bytes).root
    #expect(root[0]?.position.column == 2)
    #expect(root[0]?.byteOffset == 4)
    #expect(throws: JSONError.self) {
      try JSONDocument(parsing: bytes, origin: JSONOrigin(line: 2, byteOffset: 10))
    }
  }

  @Test func `places nodes by line, column in code points, and byte`() throws {
    let root = try JSONDocument(
      parsing: Array("{\n  \"é\": \"発\", \"k\": 7}".utf8),
      origin: JSONOrigin(line: 10, byteOffset: 100)
    ).root
    let node = try #require(root["k"])
    #expect(node.position.line == 11)
    #expect(node.position.column == 18)
    #expect(node.position.byteOffset == 122)
    #expect(node.byteOffset == 122)
  }

  @Test func `copies a node to a value and back to the same bytes`() throws {
    let source = #"{"a":[1.0,2e5,{"b":null}],"c":"\"\n\u0001€","d":{},"e":[],"f":[[],true]}"#
    var writer = JSONWriter()
    writer.value(try JSON(parsing: source))
    #expect(writer.text == source)
  }

  @Test func `never shows text of the document in a message`() {
    let error = #expect(throws: JSONError.self) {
      try JSONDocument(parsing: Array("{\"a\": Smith}".utf8))
    }
    #expect(error?.description == ":1:7: error: found a letter where a value is expected")
  }
}
