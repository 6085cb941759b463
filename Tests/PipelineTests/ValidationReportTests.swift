import Records
import TestSupport
import Testing

@testable import Pipeline

struct ValidationReportTests {
  /// Findings with what each format must escape.
  private static let findings = [
    Finding(
      rule: .blankLine, position: Position(file: "data/train 1.jsonl", line: 4, column: 1),
      message: "the line is blank", fingerprint: 0x12),
    Finding(
      rule: .columnTypes, position: Position(file: "data/train 1.jsonl", line: 7),
      message: "'a<b>&\"%' is a string here,\nand a number at line 1", fingerprint: .max),
    Finding(
      rule: .duplicateRow,
      position: Position(file: "all,of:it.zip", entry: "in/x.jsonl", line: 2),
      message: "the row repeats line 1", fingerprint: 0xabc),
  ]

  private static var result: ValidationResult {
    var result = ValidationResult()
    result.files = [
      ValidationResult.File(
        place: Position(file: "data/train 1.jsonl"), format: "messages", rows: 8, errors: 2),
      ValidationResult.File(
        place: Position(file: "all,of:it.zip", entry: "in/x.jsonl"), format: "text", rows: 2,
        warnings: 1),
      ValidationResult.File(place: Position(file: "good.jsonl"), format: "alpaca", rows: 5),
    ]
    result.rows = 15
    result.invalidRows = 1
    for finding in findings { result.counts[finding.rule.index] += 1 }
    return result
  }

  @Test(arguments: [ValidationFormat.json, .sarif, .junit])
  func `a document is as it was`(format: ValidationFormat) throws {
    let text = try #require(format.document(of: Self.result, findings: Self.findings))
    try expectGolden(text + "\n", matches: "Fixtures/validation/report.\(format.rawValue).txt")
  }

  @Test func `lines of text are as they were`() throws {
    let lines = Self.findings.map(\.diagnostic.description) + [Self.result.text]
    try expectGolden(
      lines.joined(separator: "\n") + "\n", matches: "Fixtures/validation/report.text.txt")
  }

  @Test func `annotations escape what would end them`() {
    #expect(
      Self.findings.map(ValidationAnnotation.text) == [
        "::error file=data/train 1.jsonl,line=4,col=1,title=blank-line::the line is blank",
        "::error file=data/train 1.jsonl,line=7,title=column-types::'a<b>&\"%25' is a string here,"
          + "%0Aand a number at line 1",
        "::warning file=all%2Cof%3Ait.zip,title=duplicate-row::in/x.jsonl:2: the row repeats line 1",
      ])
  }

  @Test(arguments: [("a b/ü.jsonl", "a%20b/%C3%BC.jsonl"), ("/x/y", "file:///x/y")])
  func `paths become URI references`(path: String, uri: String) {
    #expect(ValidationSARIF.uri(of: path) == uri)
  }

  @Test func `XML holds no character that it may not`() {
    #expect(ValidationJUnit.escaped("a\u{0}<\u{1b}\u{fffe}\n") == "a\u{fffd}&lt;\u{fffd}\u{fffd}\n")
  }
}
