import Pipeline
import Testing

struct InspectionSniffTests {
  private func sniff(_ text: String, path: String = "entry", isWhole: Bool = true)
    -> InspectionSniff
  {
    InspectionSniff(Array(text.utf8), path: path, isWhole: isWhole)
  }

  @Test func `knows XML by its root and counts filled elements`() {
    let found = sniff(
      "<?xml version=\"1.0\"?>\n<!-- <no> -->\n<Document id='a>b'><A>x</A><A></A><B/></Document>")
    #expect(found.format == .xml(root: "Document"))
    #expect(
      found.fields
        == InspectionFields([
          .init("Document", filled: 1, of: 1), .init("A", filled: 1, of: 2),
          .init("B", filled: 0, of: 1),
        ]))
  }

  @Test func `looks behind a document type with an internal subset`() {
    let found = sniff("<!DOCTYPE a [<!ELEMENT b (#PCDATA)>]><a><b>x</b></a>")
    #expect(found.format == .xml(root: "a"))
    #expect(found.fields.names == ["a", "b"])
  }

  @Test(arguments: ["<!DOCTYPE html><html><body>x</body></html>", "<html><p>x</p></html>"])
  func `tells HTML from XML`(text: String) {
    #expect(sniff(text, path: "page.xml").format == .html)
  }

  @Test func `takes a text that begins with a word in brackets for a text`() {
    #expect(sniff("<Patient> came in with cough\nand fever\n").format == .text(encoding: "UTF-8"))
  }

  @Test func `reads UTF-16 with a mark`() {
    let text = "<?xml version=\"1.0\"?><root><a>x</a></root>"
    let bytes: [UInt8] = [0xFF, 0xFE] + text.utf8.flatMap { byte -> [UInt8] in [byte, 0] }
    let found = InspectionSniff(bytes, path: "a.xml", isWhole: true)
    #expect(found.format == .xml(root: "root"))
    #expect(found.encoding == "UTF-16LE")
  }

  @Test func `names the columns of a table and counts filled cells`() {
    let found = sniff(
      "ID,section_header,dialogue\n1,HPI,\"Doctor: a\nPatient: b, c\"\n2,,\"x \"\"y\"\"\"\n",
      path: "a.csv")
    #expect(found.format == .table(.comma))
    #expect(found.columns == ["ID", "section_header", "dialogue"])
    #expect(found.recordCount == 2)
    #expect(found.fields.all.map(\.filled) == [2, 1, 2])
  }

  @Test func `leaves the cut row out`() {
    let found = sniff("a\tb\n1\t2\n3", path: "a.tsv", isWhole: false)
    #expect(found.format == .table(.tab))
    #expect(found.recordCount == 1)
  }

  @Test func `prints no cell of a table without a header`() {
    let row = "A man of 45 comes in with a cough. What is next?,X-ray,rest,B\n"
    let found = sniff(String(repeating: row, count: 3), path: "mmlu.csv")
    #expect(found.format == .table(.comma))
    #expect(found.columns.isEmpty)
    #expect(found.fields.names == ["column 1", "column 2", "column 3", "column 4"])
  }

  @Test func `takes prose with commas for a text`() {
    let text = "Cough, fever.\nNo rash, no pain, no nausea.\nHome, with rest, and tea.\n"
    #expect(sniff(text, path: "note.txt").format == .text(encoding: "UTF-8"))
  }

  @Test func `tells JSON objects, arrays, objects by key and lines apart`() {
    #expect(sniff(#"{"a": 1, "b": {"c": 2}}"#).format == .jsonObject)
    #expect(sniff(#"[{"a": 1}, {"a": ""}]"#).format == .jsonArray)
    #expect(sniff(#"{"1": {"q": "x"}, "2": {"q": "y"}}"#).format == .jsonByKey)
    #expect(sniff("{\"a\": 1}\n{\"a\": 2}\n").format == .jsonLines)
    #expect(sniff("{\"a\": 1}\n", path: "a.jsonl").format == .jsonLines)
  }

  @Test func `counts a missing, null or empty value as not filled`() {
    let found = sniff("{\"a\": \"x\", \"b\": null}\n{\"a\": \" \"}\n{\"a\": [], \"b\": 0}\n")
    #expect(
      found.fields
        == InspectionFields([
          .init("a", filled: 1, of: 3), .init("b", filled: 1, of: 3),
        ]))
  }

  @Test func `names the keys of a JSON text that the window cuts`() {
    #expect(
      sniff(#"[{"question": "x", "answer": "y"#, isWhole: false).fields.names == [
        "question", "answer",
      ])
    #expect(sniff(#"{"data": [{"a": 1}, {"a""#, isWhole: false).fields.names == ["data"])
  }

  @Test func `finds records in the part of an array that the window shows`() {
    let found = sniff(#"[{"a": "]}"}, {"a": "\""}, {"a"#, isWhole: false)
    #expect(found.format == .jsonArray)
    #expect(found.recordCount == 2)
  }

  @Test(arguments: [
    (">chr1 test\nACGTN\nACGT\n", "FASTA"), ("@r1\nACGT\n+\nIIII\n", "FASTQ"),
    ("MSH|^~\\&|A|B\r", "HL7 v2"), ("##fileformat=VCFv4.2\n", "VCF"),
  ])
  func `knows text formats by their start`(text: String, name: String) {
    #expect(sniff(text).format == .named(name))
  }

  @Test func `knows binary formats by their magic bytes`() {
    #expect(sniff("%PDF-1.7\n").format == .binary("PDF"))
    #expect(InspectionSniff([1, 2, 0, 3, 4], path: "x", isWhole: true).format == .binary(""))
    #expect(InspectionSniff([], path: "x", isWhole: true).format == .empty)
  }

  @Test(
    arguments: [
      ([0x63, 0x61, 0x66, 0xC3, 0xA9], "UTF-8"), ([0x69, 0x74, 0x92, 0x73], "windows-1252"),
      ([0x69, 0x74, 0xD5, 0x73], "macintosh"), ([0x63, 0x61, 0x66, 0xE9], "ISO-8859-1"),
      ([0xC4, 0xDA, 0xBF, 0xC6, 0x0A], "GB18030"),
    ] as [([UInt8], String)])
  func `tells the encoding of a text`(bytes: [UInt8], name: String) {
    #expect(InspectionSniff(bytes, path: "a.txt", isWhole: true).format == .text(encoding: name))
  }

  @Test func `accepts a character that the window cuts`() {
    let found = InspectionSniff([0x61, 0xE4, 0xB8], path: "a.txt", isWhole: false)
    #expect(found.format == .text(encoding: "UTF-8"))
  }
}
