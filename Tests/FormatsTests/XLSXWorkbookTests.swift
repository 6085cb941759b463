import Records
import TestSupport
import Testing

@testable import Formats

struct XLSXWorkbookTests {
  /// A workbook of one sheet with these rows, and these shared strings.
  private func workbook(
    _ rows: String, strings: String? = nil, parts: [ArchiveBuilder.Member] = []
  ) throws -> [UInt8] {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    let table =
      #"<Relationship Id="s" Type="\#(office)/sharedStrings" Target="sharedStrings.xml"/>"#
    var members: [ArchiveBuilder.Member] = [
      .file("[Content_Types].xml", "<Types/>"),
      .file(
        "_rels/.rels",
        #"<Relationships><Relationship Id="1" Type="\#(office)/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
      ),
      .file(
        "xl/workbook.xml",
        #"<workbook xmlns:r="\#(office)"><sheets><sheet name="Chart" r:id="c"/><sheet name="One" r:id="a"/><sheet name="Two" r:id="b"/></sheets></workbook>"#
      ),
      .file(
        "xl/_rels/workbook.xml.rels",
        #"<Relationships><Relationship Id="a" Type="\#(office)/worksheet" Target="worksheets/one.xml"/>"#
          + #"<Relationship Id="b" Type="\#(office)/worksheet" Target="/xl/worksheets/two.xml"/>"#
          + #"<Relationship Id="c" Type="\#(office)/chartsheet" Target="charts/c.xml"/>"#
          + (strings == nil ? "" : table) + "</Relationships>"),
      .file(
        "xl/worksheets/one.xml", "<worksheet><sheetData>\(rows)</sheetData></worksheet>"),
      .file(
        "xl/worksheets/two.xml",
        #"<worksheet><sheetData><row><c t="str"><v>second</v></c></row></sheetData></worksheet>"#),
    ]
    if let strings { members.append(.file("xl/sharedStrings.xml", "<sst>\(strings)</sst>")) }
    return try ArchiveBuilder.zip(members + parts)
  }

  private func rows(_ bytes: [UInt8], sheet: String? = nil) throws -> [[String]] {
    var rows: [[String]] = []
    try XLSXWorkbook(bytes).readRows(ofSheet: sheet) { row in
      rows.append(row.cells)
      return true
    }
    return rows
  }

  @Test func `every type of cell gives the text that is stored`() throws {
    let bytes = try workbook(
      #"<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2"><v>1.0E-2</v></c><c r="C2" t="b"><v>0</v></c>"#
        + #"<c r="D2" t="e"><v>#N/A</v></c><c r="E2" t="d"><v>2019-01-02</v></c>"#
        + #"<c r="F2" t="str"><f>A1&amp;"x"</f><v> x </v></c>"#
        + #"<c r="G2" t="inlineStr"><is><r><t>a</t></r><r><t xml:space="preserve"> b</t></r></is></c></row>"#,
      strings: "<si><t>zero</t></si><si><t>茶</t><rPh sb=\"0\" eb=\"1\"><t>ちゃ</t></rPh></si>")
    #expect(
      try rows(bytes) == [["茶", "1.0E-2", "FALSE", "#N/A", "2019-01-02", " x ", "a b"]])
  }

  @Test func `cells stand where their reference says, and in turn without one`() throws {
    let bytes = try workbook(
      #"<row r="1"><c r="B1"><v>2</v></c><c><v>3</v></c><c r="AA1"><v>27</v></c></row><row/>"#
        + #"<row><c/><c><v>2</v></c></row>"#)
    let rows = try rows(bytes)
    #expect(rows.map(\.count) == [27, 2])
    #expect(rows[0][..<4] == ["", "2", "3", ""])
    #expect(rows[0][26] == "27")
    #expect(rows[1] == ["", "2"])
  }

  @Test func `escapes of characters that XML cannot hold are undone`() throws {
    let bytes = try workbook(
      #"<row><c t="inlineStr"><is><t>a_x000D_b _x005F_x000D_ _xD800_ _x12_</t></is></c></row>"#)
    #expect(try rows(bytes) == [["a\rb _x000D_ _xD800_ _x12_"]])
  }

  @Test func `sheets are found by name, charts are none`() throws {
    let bytes = try workbook(#"<row><c><v>1</v></c></row>"#)
    #expect(try XLSXWorkbook(bytes).sheetNames == ["One", "Two"])
    #expect(try rows(bytes, sheet: "Two") == [["second"]])
    let error = try #require(throws: XLSXError.self) { try rows(bytes, sheet: "Twa") }
    #expect(error.diagnostic.hint == "did you mean 'Two'?")
  }

  @Test(arguments: [
    (
      #"<row><c r="A1" t="s"><v>1</v></c></row>"#,
      XLSXError.Kind.missingString(cell: "A1", strings: 1)
    ),
    (#"<row r="3"><c r="B3"/><c r="A3"/></row>"#, .misplacedCell("A3", row: 3)),
    (#"<row><c r="XFE1"><v>1</v></c></row>"#, .misplacedCell("XFE1", row: 1)),
    (#"<row><c r="A1" t="q"><v>1</v></c></row>"#, .unknownType("q", cell: "A1")),
  ])
  func `a cell that cannot be read is an error with its place`(
    rows text: String, kind: XLSXError.Kind
  ) throws {
    let bytes = try workbook(text, strings: "<si><t>only</t></si>")
    #expect(try #require(throws: XLSXError.self) { try rows(bytes) }.kind == kind)
  }

  @Test func `a document of another kind is an error`() throws {
    let bytes = try ArchiveBuilder.zip([.file("_rels/.rels", "<Relationships/>")])
    #expect(try #require(throws: XLSXError.self) { try rows(bytes) }.kind == .noWorkbook)
    #expect(throws: ZipDocumentError.self) { try rows(Array("a,b\n1,2\n".utf8)) }
    #expect(throws: ZipDocumentError.self) { try rows([]) }
  }

  @Test func `a document that is cut or changed anywhere is an error or reads the same`() throws {
    let whole = try workbook(
      String(repeating: #"<row><c t="s"><v>0</v></c><c><v>12</v></c></row>"#, count: 40),
      strings: "<si><t>tea</t></si>")
    let expected = try rows(whole)
    for length in stride(from: 0, to: whole.count, by: 13) {
      let error = #expect(throws: (any Error).self) { try rows(Array(whole[..<length])) }
      #expect(error is any DiagnosticError)
    }
    for place in stride(from: 0, to: whole.count, by: 7) {
      var changed = whole
      changed[place] ^= 0x55
      do {
        // Bytes that only other programs look at, such as times, may change.
        #expect(try rows(changed) == expected)
      } catch {
        #expect(error is any DiagnosticError)
      }
    }
  }
}

struct ZipDocumentTests {
  @Test func `parts are found without regard to case, stored or deflated`() throws {
    let text = String(repeating: "tea ", count: 1000)
    let document = try ZipDocument(try ArchiveBuilder.zip([.file("xl/A.xml", text)]))
    #expect(try document.contents(of: "XL/a.xml") == Array(text.utf8))
    #expect(try document.contents(of: "xl/b.xml") == nil)
  }

  @Test func `a part longer than the limit is refused before it is inflated`() throws {
    let text = String(repeating: "tea ", count: 1000)
    let document = try ZipDocument(
      try ArchiveBuilder.zip([.file("a.xml", text)]), maximumPartBytes: 3999)
    let error = try #require(throws: ZipDocumentError.self) { try document.contents(of: "a.xml") }
    #expect(error.kind == .partTooLong("a.xml", limit: 3999))
  }

  @Test func `a part that is longer than the directory says is damage`() throws {
    var bytes = try ArchiveBuilder.zip([.file("a.xml", String(repeating: "tea ", count: 1000))])
    let directory = try #require(
      bytes.indices.dropLast(4).last { bytes[$0...].starts(with: [0x50, 0x4b, 0x01, 0x02]) })
    bytes[directory + 24] = 1
    bytes[directory + 25] = 0
    let document = try ZipDocument(bytes)
    let error = try #require(throws: ZipDocumentError.self) { try document.contents(of: "a.xml") }
    #expect(error.kind == .damagedPart("a.xml"))
  }
}
