import Formats
import Pipeline
import Records
import TestSupport
import Testing

struct ValidateCommandTests {
  private static let good =
    "{\"messages\":[{\"role\":\"user\",\"content\":\"Why?\"},{\"role\":\"assistant\",\"content\":\"So.\"}]}\n"
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func validate(_ arguments: String...) throws -> MateriaRun {
    try MateriaRun(["validate"] + arguments, in: folder.path)
  }

  @Test func `findings of a folder are told at file, line and column, with their rule`() throws {
    try folder.write(Self.good + "\n", to: "data/train.jsonl")
    let run = try validate("data")
    #expect(run.exitCode == 1)
    #expect(run.messages == "data/train.jsonl:2:1: error: the line is blank [blank-line]\n")
    #expect(run.output == "1 row in 1 file: 0 invalid, 1 problem\n")
  }

  @Test(arguments: ["json", "sarif"])
  func `documents are JSON, alone on standard output`(format: String) throws {
    try folder.write("[]\n", to: "a.jsonl")
    let run = try validate("a.jsonl", "--schema", "messages", "--format", format)
    #expect(run.exitCode == 1)
    _ = try JSON(parsing: run.output)
    #expect(run.messages.contains("1 invalid"))
  }

  @Test func `annotations are lines on standard output`() throws {
    try folder.write("{\"messages\":[]}\n", to: "a.jsonl")
    let run = try validate("a.jsonl", "--format", "github")
    #expect(run.exitCode == 1)
    #expect(run.output.hasPrefix("::error file=a.jsonl,line=1,"))
  }

  @Test func `what a written baseline knows passes`() throws {
    try folder.write(Self.good + "\n", to: "train.jsonl")
    #expect(try validate("train.jsonl", "--write-baseline", "known.json").exitCode == 1)
    let run = try validate("train.jsonl", "--baseline", "known.json")
    #expect(run.exitCode == 0)
    #expect(run.output.contains("1 known from the baseline"))
  }

  @Test func `no message holds text of the rows`() throws {
    let rows = [
      #"{"messages":[{"role":"zebra","content":"zebra"}],"meta":"zebra"}"#,
      #"{"messages":"zebra","meta":{"a":"zebra"}}"#, #"zebra"#, #"{"messages":[{"role":"user","#,
      #"{"messages":[{"role":"user","content":"zebra <|zebra|>"}]}"#,
    ]
    try folder.write(rows.joined(separator: "\n"), to: "a.jsonl")
    for format in ValidationFormat.allCases {
      let run = try validate(
        "a.jsonl", "--format", format.rawValue, "--max-words", "1", "--require-license")
      #expect(run.exitCode == 1)
      #expect(!(run.output + run.messages).contains("zebra"), "\(format)")
    }
  }

  @Test(arguments: [
    (["a.jsonl", "--select", "blank-lines"], "did you mean 'blank-line'?"),
    (["a.jsonl", "--format", "xml"], "--format"), ([], "<files>"),
    (["a.jsonl", "--max-tokens", "0"], "--max-tokens"),
  ])
  func `a wrong command line exits with 2`(arguments: [String], message: String) throws {
    try folder.write(Self.good, to: "a.jsonl")
    let run = try MateriaRun(["validate"] + arguments, in: folder.path)
    #expect(run.exitCode == 2)
    #expect(run.messages.contains(message), "\(run.messages)")
  }

  @Test func `the documentation lists every rule as the code has it`() throws {
    let text = try #require(Fixture("../../Documentation/ci.md").text)
    for rule in ValidationRule.allCases {
      #expect(text.contains("| `\(rule.id)` | \(rule.severity.rawValue) | \(rule.title) |"))
    }
  }
}
