import Records
import Testing

@testable import Templates

struct TemplateRendererTests {
  @Test func `fills the slots of instruction, input and output`() throws {
    let set = TemplateSet(
      name: "short", task: "question-answering", system: "Be brief.",
      wordings: [.init(instruction: "Answer.", input: "Q: {question}")], output: "A: {answer}")
    let renderer = try TemplateRenderer(task: .questionAnswering, sets: [set], seed: 1)

    let rendering = renderer.render(.question("What is a fever?", "A raised temperature."), id: "a")

    let expected = Conversation(
      system: "Be brief.", instruction: "Answer.", input: "Q: What is a fever?",
      output: "A: A raised temperature.")
    #expect(
      rendering
        == .example(Example(id: "a", body: .conversation(expected)), template: "short/1"))
  }

  @Test func `writes doubled braces as single ones and leaves braces of the text alone`() throws {
    let set = TemplateSet.questions(["{{json}} {question}"])
    let renderer = try TemplateRenderer(task: .questionAnswering, sets: [set], seed: 1)

    let rendering = renderer.render(.question("Is {answer} a slot?", "no"), id: "a")

    #expect(rendering.conversation?.instruction == "{json} Is {answer} a slot?")
  }

  @Test func `gives the same record the same wording, whatever else is rendered`() throws {
    let set = TemplateSet.questions((1...8).map { "\($0): {question}" })
    let first = try TemplateRenderer(task: .questionAnswering, sets: [set], seed: 17)
    let second = try TemplateRenderer(task: .questionAnswering, sets: [set], seed: 17)
    let records = (0..<50).map { Record.question("Q\($0)?", "A", id: "r\($0)") }

    let forward = records.map { first.render($0, id: $0.id) }
    let backward = records.reversed().map { second.render($0, id: $0.id) }

    #expect(forward == backward.reversed())
    #expect(Set(forward.compactMap(\.template)).count == 8)
  }

  @Test func `gives copies of a record different wordings until all were used`() throws {
    let set = TemplateSet.questions(["a {question}", "b {question}", "c {question}"])
    let renderer = try TemplateRenderer(task: .questionAnswering, sets: [set], seed: 3)

    let names = (0..<4).map {
      renderer.render(.question("Q?", "A"), id: "q+\($0)", copy: $0).template
    }

    #expect(Set(names.prefix(3)).count == 3)
    #expect(names[0] == names[3])
  }

  @Test func `words a record in its own language, else in English`() throws {
    let sets = ["en", "ja", "zh"].map { language in
      var set = TemplateSet.questions(["\(language) {question}"], name: "short-\(language)")
      set.language = language
      return set
    }
    let renderer = try TemplateRenderer(task: .questionAnswering, sets: sets, seed: 3)

    let names = ["ja", "en", "fr", nil].map { language in
      var record = Record.question("Q?", "A")
      record.language = language
      return renderer.render(record, id: "q").template
    }

    #expect(names == ["short-ja/1", "short-en/1", "short-en/1", "short-en/1"])
  }

  @Test func `words a record in the language there is when no set is in English`() throws {
    var set = TemplateSet.questions(["質問：{question}"])
    set.language = "ja"
    let renderer = try TemplateRenderer(task: .questionAnswering, sets: [set], seed: 3)

    #expect(renderer.render(.question("Q?", "A"), id: "q").template == "short/1")
  }

  @Test func `pools the wordings of several sets`() throws {
    let sets = ["one", "two"].map { TemplateSet.questions(["\($0) {question}"], name: $0) }
    let renderer = try TemplateRenderer(task: .questionAnswering, sets: sets, seed: 3)

    let names = (0..<40).map { renderer.render(.question("Q?", "A", id: "\($0)"), id: "").template }

    #expect(Set(names) == ["one/1", "two/1"])
  }

  @Test func `passes over wordings that use a slot the record leaves empty`() throws {
    let set = TemplateSet.questions(["About {focus}: {question}", "{question}"])
    let renderer = try TemplateRenderer(task: .questionAnswering, sets: [set], seed: 3)

    for number in 0..<20 {
      let rendering = renderer.render(.question("Q?", "A", id: "r\(number)"), id: "")
      #expect(rendering.template == "short/2")
    }
  }

  @Test func `rejects a record that leaves a slot of every wording empty`() throws {
    let set = TemplateSet.questions(["About {focus}: {question}"])
    let renderer = try TemplateRenderer(task: .questionAnswering, sets: [set], seed: 3)

    let rejection = renderer.render(.question("Q?", "A"), id: "").rejection

    #expect(rejection?.reason == .missingField)
    #expect(rejection?.value == "focus")
    #expect(rejection?.stage == "render")
  }

  @Test func `lists the known slots when a pattern uses an unknown one`() {
    let problems = TemplateRenderer.problems(
      in: .questions(["{queston}"]), for: .questionAnswering)

    #expect(
      problems.map(\.description) == [
        """
        error: template set 'short': wording 1 uses unknown slot 'queston'
        hint: task 'question-answering' has question, focus, question_type here
        """
      ])
  }

  @Test(arguments: [
    ("{question", "a '{' without '}'"), ("question}", "a '}' without '{'"),
    (" ", "an empty instruction"), ("{answer}", "gives the answer away"),
  ])
  func `reports what is wrong with an instruction`(pattern: String, message: String) {
    let problems = TemplateRenderer.problems(in: .questions([pattern]), for: .questionAnswering)

    #expect(problems.count == 1)
    #expect(problems.first?.message.contains(message) == true)
  }

  @Test func `reports an output without the target`() {
    var set = TemplateSet.questions(["{question}"])
    set.output = "I do not know."

    let problems = TemplateRenderer.problems(in: set, for: .questionAnswering)

    #expect(problems.map(\.hint) == ["use {answer} in output"])
  }

  @Test func `reports a set of another task and every other problem of a set together`() {
    let other = TemplateRenderer.problems(in: .questions(["{question}"]), for: .classification)
    let several = TemplateRenderer.problems(
      in: .questions(["{a}", "{question}", "{b}"]), for: .questionAnswering)

    #expect(other.count == 1)
    #expect(several.count == 2)
  }

  @Test func `reports wordings of a plain-text set`() {
    let set = TemplateSet(
      name: "t", task: "pre-training-text", wordings: [.init(instruction: "Read.")],
      output: "{text}")

    #expect(TemplateRenderer.problems(in: set, for: .preTrainingText).count == 1)
  }
}
