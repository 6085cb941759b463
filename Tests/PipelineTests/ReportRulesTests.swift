import Formats
import Foundation
import FoundationXML
import Records
import Schemas
import TestSupport
import Testing

@testable import Pipeline

/// Whether reports are what the formats' own rules ask for, on findings of all kinds.
struct ReportRulesTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(
      "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"bot\",\"content\":\"\"}]}\n\n[]\n"
        + "{\"messages\":[{\"role\":\"user\",\"content\":\"<|im_start|>\"},"
        + "{\"role\":\"assistant\",\"content\":\"b\"}]}\r\n{\"text\":", to: "a b/train,1 (ü).jsonl")
    try folder.write("{\"text\":\"a & <b> \\\"c\\\"\"}\n", to: "good.jsonl")
    try folder.write("", to: "test/empty.jsonl")
  }

  private func report(_ format: ValidationFormat) async throws -> String {
    var findings: [Finding] = []
    let result = try await FileValidation(ValidationSettings()).run([folder.path]) {
      findings.append($0)
    }
    #expect(Set(findings.map(\.rule)).count > 5)
    return try #require(format.document(of: result, findings: findings))
  }

  @Test func `SARIF is as SARIF 2.1.0 and GitHub ask`() async throws {
    let text = try #require(Fixture("Fixtures/validation/sarif-rules.schema.json").text)
    let schema = try Schema(compiling: Array(text.utf8), name: "sarif-rules")
    let report = try await report(.sarif)
    let document = try JSONDocument(parsing: Array(report.utf8))
    #expect(schema.problems(in: document.root).map(\.message) == [])
    let wrong = report.replacing("\"level\": \"error\"", with: "\"level\": \"fatal\"")
    #expect(!schema.isValid(try JSONDocument(parsing: Array(wrong.utf8)).root))
  }

  @Test func `JUnit is as Jenkins' schema has it`() async throws {
    let check = JUnitRules()
    let parser = XMLParser(data: Data(try await report(.junit).utf8))
    parser.delegate = check
    #expect(parser.parse())
    #expect(check.problems == [])
    #expect(check.counts == ["testsuites": 1, "testsuite": 1, "testcase": 3, "failure": 2])
  }
}

/// The rules of junit-10.xsd (Jenkins' xUnit plugin) for the elements that we write.
private final class JUnitRules: NSObject, XMLParserDelegate {
  private(set) var problems: [String] = []
  private(set) var counts: [String: Int] = [:]
  private var path: [String] = []

  /// By element: where it may stand, what it must have, what it may have.
  private static let rules:
    [String: (parents: Set<String>, required: Set<String>, allowed: Set<String>)] = [
      "testsuites": ([""], [], ["name", "time", "tests", "failures", "errors"]),
      "testsuite": (
        ["testsuites", "testsuite"], ["name", "tests", "failures", "errors"],
        ["time", "skipped", "timestamp", "hostname", "id", "package", "file"]
      ),
      "testcase": (["testsuite"], ["name"], ["time", "classname", "group"]),
      "failure": (["testcase"], [], ["type", "message"]),
      "system-out": (["testcase", "testsuite"], [], []),
    ]

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String] = [:]
  ) {
    counts[name, default: 0] += 1
    guard let rule = Self.rules[name] else { return problems.append("no element \(name)") }
    if !rule.parents.contains(path.last ?? "") { problems.append("\(name) in \(path)") }
    let given = Set(attributes.keys)
    if !rule.required.isSubset(of: given) { problems.append("\(name) lacks an attribute") }
    if !given.isSubset(of: rule.required.union(rule.allowed)) {
      problems.append("\(name) has \(given.sorted())")
    }
    path.append(name)
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) { path.removeLast() }
}
