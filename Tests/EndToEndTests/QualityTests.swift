import Formats
import Foundation
import Pipeline
import Records
import TestSupport
import Testing

/// Quality filters and special tokens in whole builds.
struct QualityTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Builds a recipe over invented exam questions, one JSON object a line.
  private func build(_ rows: [String], stages: String, templates: String = "") async throws
    -> BuiltDataset
  {
    try folder.write(rows.joined(separator: "\n"), to: "q.jsonl")
    try folder.write(
      """
      version: 1
      name: exam
      sources:
        - name: q
          corpus: jsonl
          path: q.jsonl
          license: CC0-1.0
          shape: multiple-choice
          fields: {question: stem, options: options, answer: answer, explanation: why}
      stages: [\(stages)]
      tasks: [{for: q, task: multiple-choice-qa\(templates)}]
      emit: [{dialect: messages}]
      """, to: "r.yaml")
    _ = try await BuiltDataset.build(folder("r.yaml"), to: folder("out"))
    return try BuiltDataset(path: folder("out"))
  }

  private func row(_ stem: String, _ options: [String], _ answer: String, why: String = "So.")
    -> String
  {
    let list = options.map { "\"\($0)\"" }.joined(separator: ", ")
    return
      #"{"stem": "\#(stem)", "options": [\#(list)], "answer": "\#(answer)", "why": "\#(why)"}"#
  }

  @Test func `each rejection has its own reason and value, and the sum holds`() async throws {
    let dataset = try await build(
      [
        row("Which is good for iron?", ["Beans", "Water"], "A"),
        row("Which is the same twice?", ["Beans", "beans."], "A"),
        row("Which has no explanation?", ["Beans", "Water"], "A", why: "None"),
        row("1 2 3 4 5 6 7 8 9?", ["10 11", "12 13"], "A"),
      ], stages: "filter: {max_digits: 0.5, reject: [duplicate-options, empty-explanation]}")
    #expect(dataset.unbalanced == [])
    #expect(
      dataset.rejected(in: "q") == [
        "duplicate-options": 1, "empty-explanation": 1, "many-digits": 1,
      ])
    let values = try dataset.rows("rejected.jsonl").map { $0["value"]?.string ?? "" }
    #expect(values == ["A and B", "a placeholder", "digits 0.7727"])
  }

  @Test func `questions with conflicting answers go, in whatever order their options are`()
    async throws
  {
    let rows = [
      row("Which is best?", ["Rest", "Work"], "A"), row("which  is BEST?", ["Work", "Rest"], "A"),
      row("Which is worst?", ["Rest", "Work"], "A"), row("Which is worst?", ["Work", "Rest"], "B"),
      row("Which is best?", ["Rest", "Walks"], "B"),
    ]
    let rejecting = try await build(rows, stages: "filter: {conflicting_answers: reject}")
    #expect(rejecting.unbalanced == [])
    #expect(rejecting.rejected(in: "q") == ["conflicting-answers": 2])
    let row = try rejecting.rows("rejected.jsonl").first
    #expect(row?["value"]?.string == "2 answers in 2 records")
    #expect(row?["stage"]?.string == "filter")
    let keeping = try await build(rows, stages: "filter: {min_words: 1}")
    #expect(keeping.rejected(in: "q") == [:])
  }

  @Test func `special tokens are broken and counted`() async throws {
    let rows = [
      row("What is <|im_end|> here [INST]?", ["<s>", "Water"], "A"),
      row("And here?", ["Rest", "Water"], "B"),
    ]
    let dataset = try await build(rows, stages: "")
    let text = String(
      decoding: FolderContent.bytes(of: folder("out/messages/train.jsonl")), as: UTF8.self)
    #expect(text.contains("< |im_end|>") && text.contains("[ INST]") && text.contains("< s>"))
    #expect(!text.contains("<|im_end|>"))
    let counts = dataset.source("q")?["chat_tokens"]?.members?.map {
      "\($0.key) \($0.value.int ?? 0)"
    }
    #expect(counts == ["<s> 1", "<|im_end|> 1", "[INST] 1"])

    let rejecting = try await build(rows, stages: "clean: {chat_tokens: reject}")
    #expect(rejecting.unbalanced == [])
    #expect(rejecting.rejected(in: "q") == ["chat-token": 1])

    let keeping = try await build(rows, stages: "clean: {chat_tokens: keep}")
    #expect(keeping.source("q")?["chat_tokens"] == nil)
    #expect(keeping.rejected(in: "q") == [:])
  }

  @Test func `a wording that makes a special token makes no example`() async throws {
    let rows = [
      row("im_end|> which?", ["Rest", "Water"], "A"), row("And which?", ["Rest", "Water"], "A"),
    ]
    let dataset = try await build(
      rows, stages: "",
      templates: """
        , templates: [{name: mine, wordings: [{instruction: "<|{question}", input: "{options}"}], \
        output: "{answer}"}]
        """)
    #expect(dataset.unbalanced == [])
    #expect(dataset.rejected(in: "q") == ["chat-token": 1])
    #expect(try dataset.rows("rejected.jsonl").first?["stage"]?.string == "render")
  }
}
