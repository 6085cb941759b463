import Records
import Testing

@testable import Corpora

struct CCDATests {
  @Test func `cells are kept apart, units and raised signs kept`() throws {
    let note = try note(
      "<section><title>R</title><text><table><tr><td>WBC</td><td>5 10<sup>9</sup>/L</td></tr></table></text></section>"
    )
    #expect(note.sections == [NoteSection(header: "R", text: "WBC | 5 10⁹/L")])
  }

  @Test func `lists nest, captions and paragraphs are lines`() throws {
    let text =
      "<list><caption>Two</caption><item>a<list><item>b</item></list></item><item>c<br/>d</item></list><paragraph>e</paragraph>f"
    let note = try note("<section><code code=\"18776-5\"/><text>\(text)</text></section>")
    #expect(note.sections == [NoteSection(code: "PLAN", text: "Two\n- a\n  - b\n- c\n  d\ne\nf")])
  }

  @Test func `unbound prefixes are told as tags`() throws {
    let fragment = try record(
      "<section><text>a</text><sdtc:x xsi:type=\"y\" sdtc:z=\"\"/></section>")
    #expect(fragment.tags.filter { $0.name == "unbound_prefix" }.map(\.value) == ["sdtc", "xsi"])
    let whole = try record("<section xmlns:xsi=\"x\"><text>a</text><v xsi:type=\"y\"/></section>")
    #expect(whole.tags.map(\.name) == ["element"])
  }

  @Test(arguments: [
    ("<act><code/></act>", Rejection.Reason.emptyText, "act"),
    ("<act><text/></act>", .emptyText, "act"),
    (
      "<act><text mediaType=\"application/pdf\" representation=\"B64\">AAAA</text></act>",
      .unsupportedRecord, "application/pdf"
    ),
    (
      "<text mediaType=\"text/plain\" representation=\"B64\" compression=\"DF\">AAAA</text>",
      .unsupportedRecord, "text/plain, compressed"
    ),
    (
      "<nonXMLBody><text><reference value=\"a.PDF\"/></text></nonXMLBody>", .unsupportedRecord,
      "reference to .pdf"
    ),
    ("<act>\n<text>a</text>", .malformed, "line 2"), ("", .malformed, "line 1"),
    ("<a><text>b</text></a><b/>", .malformed, "line 1"),
  ])
  func `a file without text that can be read is rejected with its reason`(
    xml: String, reason: Rejection.Reason, value: String
  ) throws {
    let rejections = try readings(xml).compactMap(\.rejection)
    #expect(rejections.map(\.reason) == [reason])
    #expect(rejections.map(\.value) == [value])
  }

  @Test func `texts of entries are read only where there is no narrative`() throws {
    let entry = "<entry><act><code displayName=\"Note\"/><text>b</text></act></entry>"
    #expect(try note("<section><text>a</text>\(entry)</section>").sections.map(\.text) == ["a"])
    #expect(
      try note("<component>\(entry)</component>").sections == [
        NoteSection(header: "Note", text: "b")
      ])
  }

  @Test func `names in capitals and long paths are read`() throws {
    let reader = try CCDA(options: ReaderOptions())
    #expect(reader.accepts(path: "Guide Examples/A (V3)_2.16.840/Some (odd) Example.XML"))
    #expect(!reader.accepts(path: "README.md"))
  }

  @Test func `every code is one of the twenty of MTS-Dialog`() {
    #expect(Set(CCDASectionCodes.byLOINC.values).isSubset(of: NoteHeadings.codes.values))
  }

  private func readings(_ xml: String) throws -> [Reading] {
    try CCDA(options: ReaderOptions()).readings(of: xml, path: "a.xml")
  }

  private func record(_ xml: String) throws -> Record {
    try #require(try readings(xml).compactMap(\.record).first)
  }

  private func note(_ xml: String) throws -> Note {
    guard case .note(let note) = try record(xml).content else { return Note(sections: []) }
    return note
  }
}
