import Records
import Testing

struct DiagnosticTests {
  @Test(arguments: [
    (Position(), ""),
    (Position(file: "a.yaml", line: 14, column: 5), "a.yaml:14:5"),
    (Position(file: "a.zip", entry: "b/c.xml", line: 3), "a.zip[b/c.xml]:3"),
    (Position(file: "a.zip", entry: "c.csv", record: 7), "a.zip[c.csv]: record 7"),
    (Position(file: "a.csv", record: 7, line: 9, column: 1), "a.csv:9:1 (record 7)"),
    (Position(file: "a.gz", byteOffset: 512), "a.gz: byte 512"),
    (Position(file: "a.xml", entry: "a.xml", line: 2), "a.xml:2"),
  ])
  func `a place reads as far as it is known`(position: Position, text: String) {
    #expect(position.description == text)
  }

  @Test func `context fills in what is unknown and replaces nothing`() {
    let place = Position(entry: "b.xml", line: 3).within(file: "a.zip", entry: "other.xml")
    #expect(place == Position(file: "a.zip", entry: "b.xml", line: 3))
  }

  @Test func `a message has place, weight, wording and hint`() {
    let problem = Diagnostic(
      at: Position(file: "a.yaml", line: 14, column: 5), "'spilt' is not a known key",
      hint: "did you mean 'split'?")
    #expect(
      problem.description == """
        a.yaml:14:5: error: 'spilt' is not a known key
        hint: did you mean 'split'?
        """)
  }

  @Test func `a message without place and hint is one line`() {
    #expect(Diagnostic("no text", severity: .warning).description == "warning: no text")
    #expect(Diagnostic("no text", severity: .note).description == "note: no text")
  }
}
