import Formats
import Recipes
import Records
import TestSupport
import Testing

@testable import Pipeline

/// What a recipe's prompting leads to, from the plan to the files on disk.
struct PromptingTests {
  private let folder: TemporaryFolder

  /// 48 exam questions, two for each of 24 cases; the right options are not spread evenly.
  init() throws {
    let rows = (0..<48).map { number in
      let answer = number % 3 == 0 ? 1 + number % 4 : 1
      return """
        {"id": "q\(number)", "question": "Which is right in case \(number / 2), part \(number)?", \
        "case": "c\(number / 2)", "options": ["w\(number)", "x\(number)", "y\(number)", "z\(number)"], \
        "answer": \(answer), "why": "Since \(number) says so."}

        """
    }
    folder = try TemporaryFolder(["q.jsonl": rows.joined()])
  }

  private func recipe(
    _ prompting: String, task: String = "multiple-choice-qa", split: String = "",
    emit: String = "{dialect: messages}"
  ) throws -> String {
    try folder.write(
      """
      version: 1
      name: tiny
      seed: 17
      sources:
        - name: q
          corpus: jsonl
          path: q.jsonl
          license: CC0-1.0
          shape: multiple-choice
          fields: {id: id, group: case, question: question, options: options, answer: answer, explanation: why}
          options: {answer_base: "1"}
      split: {\(split.isEmpty ? "train: 0.6, validation: 0.2, test: 0.2" : split)}
      tasks: [{for: q, task: \(task), prompting: \(prompting)}]
      emit: [\(emit)]
      """, to: "r.yaml")
  }

  private func problems(_ recipe: String) throws -> [String] {
    do {
      _ = try BuildPipeline(
        recipe: try Recipe.load(from: recipe), recipePath: recipe, options: BuildOptions()
      ).plan()
      return []
    } catch let error as PipelineError {
      return error.diagnostics.map { $0.description.replacing("\(folder.path)/", with: "") }
    }
  }

  private func build(
    _ recipe: String, to output: String = "out", threads: Int = 2
  ) async throws -> [String: [UInt8]] {
    var options = BuildOptions(threads: threads)
    options.output = folder(output)
    _ = try await BuildPipeline(
      recipe: try Recipe.load(from: recipe), recipePath: recipe, options: options
    ).run()
    return FolderContent.files(in: folder(output))
  }

  private func rows(_ name: String, of files: [String: [UInt8]]) throws -> [JSON] {
    let text = String(decoding: files[name] ?? [], as: UTF8.self)
    return try text.split(separator: "\n").map { try JSON(parsing: String($0)) }
  }

  /// The contents of a row's messages.
  private func messages(_ row: JSON) -> [String] {
    (row["messages"]?.array ?? []).compactMap { $0["content"]?.string }
  }

  // MARK: Few-shot

  @Test func `no record of validation or test is ever an exemplar, nor one of the same case`()
    async throws
  {
    let files = try await build(recipe("{shots: 3}"))

    var splits: [String: String] = [:]
    var cases: [String: String] = [:]
    var provenance: [JSON] = []
    for split in ["train", "validation", "test"] {
      for row in try rows("provenance/\(split).jsonl", of: files) {
        let id = try #require(row["id"]?.string)
        splits[id] = split
        cases[id] = row["groups"]?.array?.first?.string
        provenance.append(row)
      }
    }
    #expect(Set(splits.values).count == 3)
    #expect(provenance.count == 48)
    for row in provenance {
      let exemplars = (row["exemplars"]?.array ?? []).compactMap(\.string)
      #expect(exemplars.count == 3)
      #expect(exemplars.allSatisfy { splits[$0] == "train" })
      #expect(exemplars.allSatisfy { cases[$0] != cases[row["id"]?.string ?? ""] })
    }
    let train = try rows("messages/train.jsonl", of: files)
    #expect(train.allSatisfy { messages($0).count == 8 })
  }

  @Test func `threads decide no exemplar`() async throws {
    let path = try recipe("{shots: 4, as: text, shuffle_options: {copies: 3}}")

    let one = try await build(path, to: "1", threads: 1)
    let many = try await build(path, to: "2", threads: 5)

    #expect(one == many)
    #expect(one["messages/train.jsonl"] != nil)
  }

  @Test
  func `a training set without enough exemplars stops the build, and says how many there are`()
    async throws
  {
    let path = try recipe("{shots: 3}", split: "train: 0, validation: 0.5, test: 0.5")

    let error = await #expect(throws: PipelineError.self) { try await build(path) }

    #expect(error?.exitCode == 1)
    #expect(
      error?.diagnostic.message
        == "task 'multiple-choice-qa' wants 3 exemplars, and the training records give 0")
  }

  @Test func `the preview shows worked examples too`() async throws {
    let path = try recipe("{shots: 2}")
    let preview = try await Preview.of(
      RecipeDraft.load(from: path), recipePath: path, options: BuildOptions(), count: 1)

    guard case .conversation(let conversation) = try #require(preview.items.first).example.body
    else { return }
    #expect(conversation.history.count == 4)
  }

  // MARK: Options

  @Test func `every copy of a question has the same right text behind its letter`() async throws {
    let files = try await build(recipe("{shuffle_options: {copies: 4}}"))

    let rows = try rows("messages/train.jsonl", of: files)
    let ids = try self.rows("provenance/train.jsonl", of: files).compactMap { $0["id"]?.string }
    var letters: Set<Character> = []
    for (row, id) in zip(rows, ids) {
      let number = try #require(Int(id.prefix { $0 != "+" }.dropFirst("q:q".count)))
      let right = ["w", "x", "y", "z"][number % 3 == 0 ? number % 4 : 0] + "\(number)"
      let turns = messages(row)
      #expect(turns[1].dropFirst(3) == right)
      #expect(turns[0].contains("\(turns[1])"), "the option has another letter in the request")
      letters.formUnion(turns[1].prefix(1))
    }
    #expect(letters == ["A", "B", "C", "D"])
    let train = Set(ids.map { $0.prefix { $0 != "+" } })
    #expect(ids.count == 4 * train.count)
    let test = try self.rows("provenance/test.jsonl", of: files)
    #expect(test.allSatisfy { $0["id"]?.string?.contains("+") == false })
  }

  // MARK: Self-consistency

  @Test func `votes keep the traces that agree, and every vote is written`() async throws {
    try folder.write(
      """
      {"id": "q1", "samples": ["One. The answer is: A", "Two. The answer is: A", "The answer is: B"]}
      {"id": "q:q2", "text": "Three. The answer is: A"}
      {"id": "q4", "samples": ["The answer is: A", "The answer is: B"]}
      {"id": "q5", "samples": ["The answer is: C"]}

      """, to: "samples.jsonl")
    let files = try await build(
      recipe(
        "{self_consistency: {samples: samples.jsonl, keep: all}}",
        split: "train: 1, validation: 0, test: 0"))

    let outputs = try rows("messages/train.jsonl", of: files).map { messages($0)[1] }
    #expect(
      outputs == ["One. The answer is: A", "Two. The answer is: A", "Three. The answer is: A"])
    let ids = try rows("provenance/train.jsonl", of: files).compactMap { $0["id"]?.string }
    #expect(ids == ["q:q1", "q:q1+1", "q:q2"])
    let votes = try rows("votes.jsonl", of: files)
    #expect(votes.count == 48)
    #expect(
      votes[1]
        == JSON.object([
          .init("id", .string("q:q1")), .init("task", .string("multiple-choice-qa")),
          .init("gold", .string("A")),
          .init("votes", .object([.init("A", .number("2")), .init("B", .number("1"))])),
          .init("unreadable", .number("0")), .init("verdict", .string("agrees")),
        ]))
    #expect(
      [0, 2, 4, 5].map { votes[$0]["verdict"]?.string } == [
        "no-samples", "agrees", "tie", "against-gold",
      ])
    let reasons = try rows("rejected.jsonl", of: files).compactMap { $0["reason"]?.string }
    #expect(reasons.filter { $0 == "no-samples" }.count == 44)
    #expect(reasons.contains("vote-tie") && reasons.contains("vote-against-gold"))
    #expect(
      String(decoding: files["recipe.lock.yaml"] ?? [], as: UTF8.self).contains("samples.jsonl"))
  }

  @Test(arguments: [
    ("{\"samples\": [\"x\"]}", "samples.jsonl:1: error: the row has no 'id'"),
    ("{\"id\": 1, \"text\": \"x\"}\n{\"id\": 2}", "samples.jsonl:2: error: the row has no samples"),
    ("{\"id\": 1, \"samples\": [1]}", "samples.jsonl:1: error: the row has no samples"),
  ])
  func `a row of samples that cannot be used is told with its line`(
    text: String, message: String
  ) throws {
    try folder.write(text, to: "samples.jsonl")
    let path = try recipe("{self_consistency: {samples: samples.jsonl}}")
    do {
      _ = try BuildPipeline(
        recipe: try Recipe.load(from: path), recipePath: path, options: BuildOptions()
      ).plan()
      Issue.record("has a plan")
    } catch let error as PipelineError {
      #expect(error.diagnostics.count == 1)
      #expect(error.diagnostic.description.hasPrefix(message), "\(error.diagnostic)")
    }
  }

  // MARK: Problems

  @Test func `what a task cannot be prompted with is told at its place`() throws {
    #expect(
      try problems(
        recipe("{chain_of_thought: true}", task: "pre-training-text", emit: "{dialect: text}"))
        == [
          "r.yaml:13:54: error: task 'pre-training-text' has no requests of its own that could be prompted"
        ]
    )
    #expect(
      try problems(
        recipe("{shuffle_options: true, self_consistency: {samples: q.jsonl}}")
      ).last?.hasPrefix(
        "r.yaml:13:55: error: 'shuffle_options' and 'self_consistency' do not go together") == true)
    #expect(
      try problems(recipe("{self_consistency: {samples: none.jsonl}}")) == [
        """
        r.yaml:13:84: error: cannot open 'none.jsonl': no such file or directory
        hint: the path of sampled answers starts from the recipe's folder
        """
      ])
    #expect(
      try problems(
        recipe("{shots: 2}", emit: "{dialect: prompt-completion, form: standard}")) == [
          """
          r.yaml:14:18: error: dialect 'prompt-completion' cannot hold examples of task \
          'multiple-choice-qa': the standard form has no place for earlier turns
          hint: put worked examples into the request, with 'as: text'
          """
        ])
  }

  @Test func `a template set without reasons is told where reasons are asked for`() throws {
    let path = try recipe(
      "{chain_of_thought: true}, templates: [{name: bare, wordings: [{instruction: \"{question}\"}], output: \"{letter}\"}]"
    )

    #expect(
      try problems(path) == [
        """
        r.yaml:13:55: error: template set 'bare' gives no reasons for a chain of thought
        hint: use {explanation} in output, and the answer behind it
        """
      ])
  }
}
