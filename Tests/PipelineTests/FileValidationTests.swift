import Records
import TestSupport
import Testing

@testable import Pipeline

struct FileValidationTests {
  private static let good = "{\"text\": \"A text.\"}\n"
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func validation(
    of paths: [String], schema: String = "text", isWhole: Bool = false, maximumProblems: Int = 100
  ) throws -> (result: FileValidation.Result, places: [String]) {
    var places: [String] = []
    let result = try FileValidation(
      schemaNamed: schema, isWhole: isWhole, maximumProblems: maximumProblems
    ).run(paths.map { folder($0) }) { places.append($0.position.description) }
    return (result, places)
  }

  @Test func `rows that fit are counted`() throws {
    try folder.write(Self.good + Self.good, to: "a.jsonl")
    let found = try validation(of: ["a.jsonl"])
    #expect(found.result.isValid)
    #expect(found.result.text == "2 rows in 1 files: all valid")
  }

  @Test func `every row that does not fit is told by its line`() throws {
    try folder.write(
      Self.good + "{\"txt\": \"x\"}\n" + Self.good + "[1]\n{\"text\": \n", to: "a.jsonl")
    let found = try validation(of: ["a.jsonl"])
    #expect(found.result.rows == 5)
    #expect(found.result.invalidRows == 3)
    let lines = Set(found.places.map { $0.split(separator: ":")[1] })
    #expect(lines == ["2", "4", "5"])
  }

  @Test func `all problems are counted, some are told`() throws {
    try folder.write(String(repeating: "[]\n", count: 50), to: "a.jsonl")
    let found = try validation(of: ["a.jsonl"], maximumProblems: 3)
    #expect(found.places.count == 3)
    #expect(found.result.problems == 50)
  }

  @Test func `folders, compressed files and archives are looked into`() throws {
    let rows = Array(Self.good.utf8)
    try folder.write(rows, to: "in/a.jsonl")
    try folder.write(try ArchiveBuilder.compressed(rows, .gzip), to: "in/b.jsonl.gz")
    try folder.write(
      try ArchiveBuilder.zip([.file("x.jsonl", Self.good), .file("y.jsonl", "[]\n")]),
      to: "in/c.zip")
    let found = try validation(of: ["in"])
    #expect(found.result.files == 4)
    #expect(found.result.rows == 4)
    #expect(found.places.count == 1)
    #expect(found.places.first?.contains("in/c.zip[y.jsonl]:1") == true)
  }

  @Test func `a whole file is one document`() throws {
    try folder.write("{\n  \"text\": \"A text.\"\n}\n", to: "a.json")
    #expect(try validation(of: ["a.json"], isWhole: true).result.isValid)
    #expect(try !validation(of: ["a.json"]).result.isValid)
  }

  @Test func `nothing to check is not valid`() throws {
    try folder.write("", to: "a.jsonl")
    #expect(try !validation(of: ["a.jsonl"]).result.isValid)
  }

  @Test func `a schema may be a file`() throws {
    try folder.write("{\"type\": \"array\"}", to: "own.json")
    try folder.write("[]\n", to: "a.jsonl")
    #expect(try validation(of: ["a.jsonl"], schema: folder("own.json")).result.isValid)
  }

  @Test func `an unknown schema is told with the nearest name`() {
    let error = #expect(throws: Diagnostic.self) {
      try FileValidation(schemaNamed: "mesages", isWhole: false, maximumProblems: 1)
    }
    #expect(error?.hint == "did you mean 'messages'?")
  }
}
