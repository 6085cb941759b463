import Glibc
import Records
import TestSupport
import Testing
import Tokenizers

@testable import Pipeline

struct FileValidationTests {
  private static let good = "{\"text\": \"A text.\"}\n"
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func validation(
    of paths: [String], schema: String? = "text",
    _ change: (inout ValidationSettings) -> Void = { _ in }
  ) async throws -> (result: ValidationResult, places: [String], rules: [ValidationRule]) {
    var settings = ValidationSettings(schemaName: schema)
    change(&settings)
    var places: [String] = []
    var rules: [ValidationRule] = []
    let result = try await FileValidation(settings).run(paths.map { folder($0) }) {
      places.append($0.position.description)
      rules.append($0.rule)
    }
    return (result, places, rules)
  }

  @Test func `rows that fit are counted`() async throws {
    try folder.write(Self.good + "{\"text\": \"B text.\"}\n", to: "a.jsonl")
    let found = try await validation(of: ["a.jsonl"])
    #expect(found.result.isValid)
    #expect(found.result.text == "2 rows in 1 file: all valid")
  }

  @Test func `every row that does not fit is told by its line`() async throws {
    try folder.write(
      Self.good + "{\"txt\": \"x\"}\n" + Self.good + "[1]\n{\"text\": \n", to: "a.jsonl")
    let found = try await validation(of: ["a.jsonl"]) {
      $0.selected = [.schema, .jsonSyntax]
    }
    #expect(found.result.rows == 5)
    #expect(found.result.invalidRows == 3)
    let lines = Set(found.places.map { $0.split(separator: ":")[1] })
    #expect(lines == ["2", "4", "5"])
  }

  @Test func `all problems are counted, some are told`() async throws {
    try folder.write(String(repeating: "[]\n", count: 50), to: "a.jsonl")
    let found = try await validation(of: ["a.jsonl"]) { $0.maximumProblems = 3 }
    #expect(found.places.count == 3)
    #expect(found.result.errors == 50)
  }

  @Test func `folders, compressed files and archives are looked into`() async throws {
    let rows = Array(Self.good.utf8)
    try folder.write(rows, to: "in/a.jsonl")
    try folder.write(
      try ArchiveBuilder.compressed(Array("{\"text\": \"B\"}\n".utf8), .gzip), to: "in/b.jsonl.gz")
    try folder.write(
      try ArchiveBuilder.zip([.file("x.jsonl", Self.good), .file("y.jsonl", "[]\n")]),
      to: "in/c.zip")
    let found = try await validation(of: ["in"])
    #expect(found.result.files.count == 4)
    #expect(found.result.rows == 4)
    #expect(found.places.count == 1)
    #expect(found.places.first?.contains("in/c.zip[y.jsonl]:1") == true)
  }

  @Test func `a pattern names files`() async throws {
    try folder.write(Self.good, to: "in/a.jsonl")
    try folder.write("[]\n", to: "in/b.txt")
    let found = try await validation(of: ["in/*.jsonl"])
    #expect(found.result.files.count == 1)
    #expect(found.result.isValid)
  }

  @Test func `without a schema, other files of a folder are passed over`() async throws {
    try folder.write(Self.good, to: "in/a.jsonl")
    try folder.write("{}", to: "in/settings.json")
    let found = try await validation(of: ["in"], schema: nil)
    #expect(found.result.files.map(\.format) == ["text"])
    #expect(found.result.passedOver == 1)
    #expect(found.result.isValid)
  }

  @Test func `a whole file is one document`() async throws {
    try folder.write("{\n  \"text\": \"A text.\"\n}\n", to: "a.json")
    #expect(try await validation(of: ["a.json"]) { $0.isWhole = true }.result.isValid)
    #expect(try await validation(of: ["a.json"]).result.rows == 1)
  }

  @Test func `the elements of a JSON list are rows`() async throws {
    try folder.write("[\n  {\"text\": \"One.\"},\n  {\"text\": 2}\n]\n", to: "a.json")
    let found = try await validation(of: ["a.json"])
    #expect(found.result.rows == 2)
    #expect(Set(found.places.map { $0.split(separator: ":")[1] }) == ["2"])
  }

  @Test func `nothing to check is not valid`() async throws {
    try folder.write("", to: "a.jsonl")
    #expect(try await !validation(of: ["a.jsonl"]).result.isValid)
  }

  @Test func `a schema may be a file`() async throws {
    try folder.write("{\"type\": \"array\"}", to: "own.json")
    try folder.write("[]\n", to: "a.jsonl")
    #expect(try await validation(of: ["a.jsonl"], schema: folder("own.json")).result.isValid)
  }

  @Test func `an unknown schema is told with the nearest name`() {
    let error = #expect(throws: Diagnostic.self) {
      try FileValidation(ValidationSettings(schemaName: "mesages"))
    }
    #expect(error?.hint == "did you mean 'messages'?")
  }

  @Test func `warnings fail only when that is asked for`() async throws {
    try folder.write(Self.good + Self.good, to: "a.jsonl")
    #expect(try await validation(of: ["a.jsonl"]).result.isValid)
    #expect(try await !validation(of: ["a.jsonl"]) { $0.isStrict = true }.result.isValid)
  }

  @Test func `an archive that breaks off is told, and what came before is checked`() async throws {
    let rows = (0..<20_000).map { "{\"text\": \"Text \($0 &* 2_654_435_761).\"}\n" }.joined()
    let packed = try ArchiveBuilder.compressed(Array(rows.utf8), .gzip)
    try folder.write(Array(packed.prefix(packed.count / 2)), to: "a.jsonl.gz")
    let found = try await validation(of: ["a.jsonl.gz"])
    #expect(found.rules.contains(.unreadable))
    #expect(found.result.errors >= 1)
  }

  /// Pieces are 1 MiB: the rows here make four, with findings on both sides of each cut.
  @Test func `findings are the same over any number of threads`() async throws {
    let filler = String(repeating: "word ", count: 200)
    var rows = ""
    for number in 0..<4200 {
      switch number % 700 {
      case 0: rows += "{\"text\": \"\"}\n"
      case 1: rows += "\n"
      case 2: rows += "{\"text\": \"\(filler)\(number - 1)\", \"late\": \(number)}\n"
      case 3: rows += "{\"text\": 7}\r\n"
      case 4: rows += "{\"text\": \"\(filler)same\"}\n"
      default: rows += "{\"text\": \"\(filler)\(number)\"}\n"
      }
    }
    try folder.write(rows, to: "train.jsonl")
    try folder.write("{\"text\": \"\(filler)same\"}\n", to: "test.jsonl")
    var found: [[Finding]] = []
    for threads in [1, 2, 5] {
      var settings = ValidationSettings()
      settings.threads = threads
      var findings: [Finding] = []
      _ = try await FileValidation(settings).run([folder("train.jsonl"), folder("test.jsonl")]) {
        findings.append($0)
      }
      found.append(findings)
    }
    #expect(found[0].count > 20)
    #expect(found[0] == found[1])
    #expect(found[0] == found[2])
    let lines = found[0].filter { $0.rule == .blankLine }.map { $0.position.line }
    #expect(lines == [2, 702, 1402, 2102, 2802, 3502])
  }

  // MARK: Baseline

  @Test func `what a baseline knows is not told again, wherever its line moved`() async throws {
    let bad = "{\"text\": \"\"}\n"
    try folder.write(Self.good + bad, to: "a.jsonl")
    let before = try await validation(of: ["a.jsonl"]) { $0.gathersBaseline = true }
    #expect(before.rules == [.emptyText])
    let baseline = try ValidationBaseline(
      parsing: Array(before.result.baseline.text.utf8), name: "known.json")
    try folder.write("{\"text\": \"New.\"}\n" + Self.good + bad + "{\"txt\": 1}\n", to: "a.jsonl")
    let after = try await validation(of: ["a.jsonl"]) { $0.baseline = baseline }
    #expect(after.result.suppressed == 1)
    #expect(after.rules.contains(.schema))
    #expect(!after.rules.contains(.emptyText))
  }

  @Test func `a baseline holds no text`() async throws {
    try folder.write("{\"text\": \"zebra\", \"quagga\": 1}\n", to: "a.jsonl")
    let found = try await validation(of: ["a.jsonl"]) { $0.gathersBaseline = true }
    #expect(found.result.baseline.rules.count == 1)
    #expect(!found.result.baseline.text.contains("zebra"))
    #expect(!found.result.baseline.text.contains("quagga"))
  }

  @Test func `a file that is no baseline is refused`() {
    #expect(throws: Diagnostic.self) {
      try ValidationBaseline(parsing: Array("{}".utf8), name: "known.json")
    }
  }

  @Test func `splits are told from folders too`() async throws {
    try folder.write(Self.good, to: "data/train/part-0.jsonl")
    try folder.write(Self.good + "{\"text\": \"Another.\"}\n", to: "data/test/part-0.jsonl")
    let found = try await validation(of: ["data"], schema: nil)
    #expect(found.rules == [.leakedRow])
    #expect(found.places.first?.contains("/data/train/part-0.jsonl:1") == true)
  }

  @Test func `tokens are counted by a tokenizer, and estimated without`() async throws {
    let text = "Aspirin aspirin aspirin."
    try folder.write("{\"text\": \"\(text)\"}\n", to: "a.jsonl")
    let file = Fixture("../TokenizersTests/Fixtures/gpt2.json").path
    var settings = ValidationSettings()
    // A cache of models keeps its files behind links.
    let link = folder("link.json")
    #expect(symlink(file, link) == 0)
    try settings.readTokenizer(at: link)
    let tokenizer = try #require(settings.tokenizer)
    let count = try TokenEncoder(tokenizer).count(of: text) + 4
    for (bound, isTooLong) in [(count, false), (count - 1, true)] {
      let found = try await validation(of: ["a.jsonl"]) {
        $0.tokenizer = tokenizer
        $0.maximumTokens = bound
      }
      #expect(found.rules.contains(.tooLong) == isTooLong)
    }
    #expect(throws: PipelineError.self) { try settings.readTokenizer(at: folder("none.json")) }
    #expect(throws: PipelineError.self) { try settings.readTokenizer(at: folder("a.jsonl")) }
  }
}
