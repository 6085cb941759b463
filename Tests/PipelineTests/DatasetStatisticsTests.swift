import Formats
import Records
import TestSupport
import Testing

@testable import Pipeline
@testable import Recipes

@Suite(.serialized)
struct DatasetStatisticsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Writes a recipe over invented exam questions and tables of answers.
  private func writeRecipe() throws {
    let options = ["Rest", "Work", "Water", "Sleep"]
    let rows = (0..<40).map { number -> String in
      let list = options.map { "\"\($0) \(number / 8)\"" }.joined(separator: ", ")
      let why = number % 5 == 0 ? "None" : "It helps in \(number) of 40 cases."
      return """
        {"stem": "What helps after \(number) days of pain?", "options": [\(list)], \
        "answer": "\(["A", "B", "A", "C"][number % 4])", "why": "\(why)"}
        """
    }
    try folder.write(rows.joined(separator: "\n"), to: "q.jsonl")
    let answers = (0..<30).map { "Is it \($0)?,\($0 % 3 == 0 ? "Yes <b>it</b> is." : "No and")" }
    try folder.write("q,a\n" + answers.joined(separator: "\n"), to: "a.csv")
    try folder.write(
      """
      version: 1
      name: small
      sources:
        - name: exam
          corpus: jsonl
          path: q.jsonl
          license: CC0-1.0
          shape: multiple-choice
          fields: {question: stem, options: options, answer: answer, explanation: why}
        - name: asked
          corpus: table
          path: a.csv
          license: CC0-1.0
          shape: question-answer
          fields: {question: q, answer: a}
          filter: {field: answer, max_html: 1}
      stages: [filter: {max_digits: 0.2, reject: [empty-explanation]}]
      tasks:
        - {for: exam, task: multiple-choice-qa}
        - {for: asked, task: question-answering}
      emit: [{dialect: messages}]
      """, to: "r.yaml")
  }

  private func statistics(threads: Int) async throws -> DatasetStatistics {
    let draft = try RecipeDraft.load(from: folder("r.yaml"))
    let options = BuildOptions(threads: threads)
    return try await DatasetStatistics.of(
      BuildPipeline(draft: draft, recipePath: folder("r.yaml"), options: options),
      options: options, fields: ["answer"])
  }

  @Test func `is held to its golden file, whatever the threads`() async throws {
    try writeRecipe()
    let one = try await statistics(threads: 1).json(showsText: true)
    #expect(try await statistics(threads: 4).json(showsText: true) == one)
    _ = try JSON(parsing: Array(one.utf8))
    try expectGolden(one + "\n", matches: "Fixtures/statistics.json")
  }

  @Test func `a threshold's count is what a build with it alone rejects`() async throws {
    try writeRecipe()
    let found = try JSON(
      parsing: Array(try await statistics(threads: 2).json(showsText: false).utf8))
    let exam = try #require(found["sources"]?.array?.first { $0["name"]?.string == "exam" })
    let thresholds = exam["thresholds"]?.array ?? []
    let none = thresholds.first { $0["value"]?.string == "empty-explanation" }
    #expect(none?["rejects"]?.int == 8)
    #expect(exam["rejected"]?["empty-explanation"]?.int == 8)
    #expect(exam["read"]?.int == 40)
    #expect(exam["kept"]?.int == 32)
    #expect(exam["gold_positions"]?["A"]?.int == 20)
  }

  @Test func `text of the corpus is told only when asked for`() async throws {
    try writeRecipe()
    let found = try await statistics(threads: 2)
    let shown = found.sections(showsText: false).flatMap(\.lines).joined(separator: "\n")
    #expect(!shown.contains("Rest"))
    #expect(!found.json(showsText: false).contains("\"labels\": {\"counts"))
  }

  @Test func `fields that no shape has are told`() {
    #expect(DatasetStatistics.unknownFields(["answer", "abstract"]).isEmpty)
    #expect(DatasetStatistics.unknownFields(["anwser"]).first?.hint?.contains("answer") == true)
  }
}
