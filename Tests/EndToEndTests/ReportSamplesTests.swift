import Formats
import Pipeline
import TestSupport
import Testing

/// The report's samples in whole builds.
struct ReportSamplesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func report(_ settings: String) async throws -> String {
    let rows = (1...40).map { "What of ankle \($0)?,Rest the ankle \($0).\n" }.joined()
    try folder.write("q,a\n" + rows, to: "rows.csv")
    try folder.write(
      """
      version: 1
      name: samples
      sources:
        - name: rows
          corpus: table
          path: rows.csv
          license: CC0-1.0
          shape: question-answer
          fields: {question: q, answer: a}
      split: {train: 0.5, validation: 0, test: 0.5}
      tasks: [{for: rows, task: question-answering}]
      emit: [{dialect: messages}]
      \(settings)
      """, to: "r.yaml")
    _ = try await BuiltDataset.build(folder("r.yaml"), to: folder("out"))
    return folder.text(of: "out/report.html")
  }

  @Test func `holds no text unless the recipe asks`() async throws {
    let page = try await report("")
    #expect(!page.contains("Rest the ankle"))
  }

  @Test func `shows as many as asked for, of the training split only`() async throws {
    let page = try await report("report: {samples: 4}")
    #expect(page.split(separator: "Rest the ankle").count == 5)
    let held = try BuiltDataset(path: folder("out")).rows("messages/test.jsonl")
    for row in held {
      let answer = try #require(row["messages"]?.array?.last?["content"]?.string)
      #expect(!page.contains(">\(answer)<"))
    }
  }
}
