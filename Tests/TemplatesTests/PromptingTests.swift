import Records
import Testing

@testable import Templates

/// Options in other orders.
struct OptionOrderTests {
  private let order = OptionOrder(seed: 17, showsExplanation: false)

  private func question(
    _ options: [String], answers: [Int] = [0], explanation: String = ""
  ) -> MultipleChoice {
    MultipleChoice(stem: "Which?", options: options, answers: answers, explanation: explanation)
  }

  /// The property that counts: whatever the order, the same texts are right.
  @Test func `leaves the right texts what they are in every order`() {
    for count in 2...6 {
      for number in 0..<60 {
        let options = (0..<count).map { "option text \($0)" }
        let answers = (0..<count).filter { (number >> $0) & 1 == 1 }
        let item = question(options, answers: answers.isEmpty ? [0] : answers)

        for places in order.orders(of: item, id: "q\(number)", copies: 5) {
          let arranged = item.arranged(in: places)

          #expect(arranged.options.sorted() == item.options.sorted())
          #expect(
            Set(arranged.answers.map { arranged.options[$0] })
              == Set(item.answers.map { item.options[$0] }))
          #expect(arranged.answers == arranged.answers.sorted())
        }
      }
    }
  }

  @Test func `gives copies different orders, as far as there are that many`() {
    let item = question(["w", "x", "y"])

    let orders = order.orders(of: item, id: "q", copies: 24)

    #expect(orders.count == 6)
    #expect(Set(orders).count == 6)
    #expect(order.orders(of: item, id: "q", copies: 2) == Array(orders.prefix(2)))
  }

  @Test func `spreads the right option over all letters`() {
    let item = question(["w", "x", "y", "z"])
    var counts = [0, 0, 0, 0]
    for number in 0..<400 {
      let places = order.orders(of: item, id: "q\(number)", copies: 1)[0]
      counts[item.arranged(in: places).answers[0]] += 1
    }

    #expect(counts.allSatisfy { (70...130).contains($0) }, "\(counts)")
  }

  @Test(arguments: [
    "All of the above", "None of these", "None", "BOTH.", "All true", "Both AB", "None of above",
    "a, b are true & c, d are false", "Both A and C", "A & B", "a, b and c", "1 and 2",
    "both 1 and 2",
    "i, ii", "Neither 1 nor 3", "Only a and d are correct", "Toutes les réponses sont exactes",
    "Aucune des propositions", "A et C", "Todas las anteriores", "Ninguna de las anteriores",
    "a y b", "ambas son correctas", "上記のすべて", "いずれも正しい", "ＡとＣ", "以上都是", "以上均不正确", "A和C",
  ])
  func `keeps the order where an option speaks of others`(option: String) {
    let item = question(["Iron", "Zinc", "Lead", option])

    #expect(order.orders(of: item, id: "q", copies: 4) == [[0, 1, 2, 3]])
  }

  @Test(arguments: [
    "4", "AB", "2.5 mg", "All nucleated cells", "Both GH and prolactin", "Vitamin A",
    "Hepatitis B and C", "Iron and zinc", "A", "10⁵/μL", "鉄と亜鉛",
    "Factor IX",
    "I",
  ])
  func `puts options that speak for themselves into any order`(option: String) {
    #expect(order.isFree(question(["Iron", "Zinc", "Lead", option])))
  }

  @Test(arguments: [
    ("Option B is wrong since it is rare.", false), ("Ans. (c) Protamine", false),
    ("A is right, B and C are not.", false), ("The first option is right.", false),
    ("选项A正确", false), ("d) is rare", false), ("Ans. a. Iron", false), ("Iron is a metal.", true),
    ("A patient with iron overload is bled.", true), ("", true),
  ])
  func `keeps the order where a shown explanation names options`(
    explanation: String, isFree: Bool
  ) {
    let item = question(["Iron", "Zinc", "Lead", "Gold"], explanation: explanation)

    #expect(OptionOrder(seed: 17, showsExplanation: true).isFree(item) == isFree)
    #expect(order.isFree(item))
  }
}

/// An explanation, then the answer.
struct ChainOfThoughtTests {
  private func rendering(
    explanation: String, answers: [Int] = [1], language: String? = nil
  ) throws -> Rendering {
    let names = ["exam-reasoning", "exam-reasoning-ja"]
    var prompting = Prompting()
    prompting.isChainOfThought = true
    let renderer = try TemplateRenderer(
      task: .multipleChoiceQA, sets: names.compactMap(TemplateFile.set(named:)), seed: 17,
      prompting: prompting)
    let item = MultipleChoice(
      stem: "Which organ makes insulin?", options: ["Liver", "Pancreas", "Spleen"],
      answers: answers, explanation: explanation)
    var record = Record.sample(.multipleChoice(item))
    record.language = language
    return renderer.render(record, id: "q")
  }

  @Test func `reasons before it answers`() throws {
    let conversation = try #require(try rendering(explanation: "Its beta cells do.").conversation)

    #expect(conversation.output == "Its beta cells do.\nThe answer is: B")
    #expect(conversation.prompt.contains("Let's think step by step."))
  }

  @Test func `reasons in the record's language`() throws {
    let conversation = try #require(
      try rendering(explanation: "β細胞である。", answers: [0, 1], language: "ja").conversation)

    #expect(conversation.output == "β細胞である。\n答えは：A, B")
  }

  @Test(arguments: [
    "", " \n", "None", "N/A", "none.", "[NaN]", "No explanation available.", "无", "-",
  ])
  func `rejects an explanation that is none`(text: String) throws {
    #expect(try rendering(explanation: text).rejection?.reason == .noExplanation)
  }

  @Test(arguments: [
    "Ans. is 'c' i.e., Spleen", "The correct answer is A.", "So the answer is (C).",
  ])
  func `rejects an explanation that concludes another answer`(text: String) throws {
    let rejection = try #require(try rendering(explanation: text).rejection)

    #expect(rejection.reason == .answerNotExtractable)
    #expect(rejection.value == "the explanation concludes another answer")
  }

  @Test(arguments: ["Ans. is 'b' i.e., Pancreas", "Answer A is wrong. The answer is B."])
  func `takes an explanation that concludes the answer`(text: String) throws {
    #expect(try rendering(explanation: text).example != nil)
  }

  @Test func `rejects an output whose answer cannot be taken out again`() throws {
    var prompting = Prompting()
    prompting.isChainOfThought = true
    let set = TemplateSet(
      name: "odd", task: "multiple-choice-qa", wordings: [.init(instruction: "{question}")],
      output: "{explanation} {option}")
    let renderer = try TemplateRenderer(
      task: .multipleChoiceQA, sets: [set], seed: 1, prompting: prompting)

    let rendering = renderer.render(
      .sample(try #require(suitableContent["multiple-choice-qa"])), id: "q")

    #expect(rendering.rejection?.reason == .answerNotExtractable)
  }
}

/// Worked examples before a request.
struct FewShotTests {
  private let renderer: TemplateRenderer
  private let records: [Record]

  init() throws {
    renderer = try Self.renderer(shots: 3, layout: .turns)
    records = (0..<80).map { number in
      let item = MultipleChoice(
        stem: "Question \(number)?", options: ["w\(number)", "x", "y", "z"],
        answers: [number % 10 < 7 ? 0 : number % 4])
      return .sample(.multipleChoice(item), id: "q\(number)")
    }
  }

  private static func renderer(
    shots: Int, layout: Prompting.Layout
  ) throws -> TemplateRenderer {
    var prompting = Prompting()
    prompting.shots = shots
    prompting.layout = layout
    let set = TemplateSet(
      name: "short", task: "multiple-choice-qa",
      wordings: [.init(instruction: "Choose.", input: "{question} {options}")], output: "{answer}")
    return try TemplateRenderer(
      task: .multipleChoiceQA, sets: [set], seed: 17, prompting: prompting)
  }

  /// What a record may draw on; records of one tens digit belong together.
  private func surroundings(
    _ record: Record, _ pool: ExemplarPool? = nil
  ) -> TemplateRenderer.Surroundings {
    var surroundings = TemplateRenderer.Surroundings()
    surroundings.recordID = "exam:\(record.id)"
    surroundings.component = (Int(record.id.dropFirst()) ?? 0) / 10
    surroundings.exemplars = pool
    return surroundings
  }

  private func pool(of records: some Sequence<Record>) -> ExemplarPool {
    var pool = ExemplarPool(seed: 17)
    for record in records {
      if let exemplar = renderer.exemplar(of: record, with: surroundings(record), for: pool) {
        pool.insert(exemplar)
      }
    }
    return pool
  }

  private func rendering(_ record: Record, _ pool: ExemplarPool) -> Rendering {
    renderer.render(record, id: record.id, with: surroundings(record, pool))
  }

  @Test func `draws the same, however the pool was filled`() {
    let whole = pool(of: records)
    var parts = pool(of: records[50...].reversed())
    parts.merge(pool(of: records[..<50]))

    for record in records { #expect(rendering(record, whole) == rendering(record, parts)) }
  }

  @Test func `draws neither the record itself nor what belongs to it`() {
    let pool = pool(of: records)
    for record in records {
      guard case .example(_, _, let drawn) = rendering(record, pool) else {
        Issue.record("\(record.id) was rejected")
        continue
      }
      let exemplars = drawn.map(\.id)
      let own = (Int(record.id.dropFirst()) ?? 0) / 10
      #expect(exemplars.count == 3)
      #expect(Set(exemplars).count == 3)
      #expect(exemplars.allSatisfy { (Int($0.dropFirst("exam:q".count)) ?? 0) / 10 != own })
    }
  }

  @Test func `balances the letters of the exemplars`() {
    let pool = pool(of: records)
    for record in records {
      guard let turns = rendering(record, pool).conversation?.history else { continue }
      let letters = turns.filter { $0.role == .assistant }.map { $0.text.prefix(1) }
      #expect(Set(letters).count == 3, "\(letters)")
    }
  }

  @Test func `puts worked examples into earlier turns`() throws {
    let conversation = try #require(rendering(records[3], pool(of: records)).conversation)

    #expect(
      conversation.history.map(\.role) == [.user, .assistant, .user, .assistant, .user, .assistant])
    #expect(
      conversation.history.allSatisfy { $0.role == .assistant || $0.text.hasPrefix("Choose.") })
    #expect(conversation.prompt.hasPrefix("Choose.\n\nQuestion 3?"))
  }

  @Test func `puts worked examples into one text with the request`() throws {
    let renderer = try Self.renderer(shots: 2, layout: .text)
    let rendering = renderer.render(
      records[3], id: "q3", with: surroundings(records[3], pool(of: records)))

    let conversation = try #require(rendering.conversation)
    #expect(conversation.history.isEmpty)
    let parts = conversation.prompt.components(of: "\n\n---\n\n")
    #expect(parts.count == 3)
    #expect(parts[2].hasPrefix("Choose.\n\nQuestion 3?"))
    #expect(parts.dropLast().allSatisfy { $0.hasPrefix("Choose.\n\nQuestion") })
  }

  @Test func `rejects a record that has too few exemplars, and says how many there are`() {
    let rejection = rendering(records[3], pool(of: records[..<12])).rejection

    #expect(rejection?.reason == .tooFewExemplars)
    #expect(rejection?.value == "2 of 3")
  }

  @Test func `draws exemplars of the record's language`() {
    let others = records[10...].map { record in
      var record = record
      record.language = "ja"
      return record
    }

    #expect(rendering(records[3], pool(of: others)).rejection?.value == "0 of 3")
  }
}

extension String {
  /// The parts between the separators.
  fileprivate func components(of separator: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }
}

/// Votes of sampled answers.
struct VoteTests {
  private func vote(_ answers: [String], gold: Int = 1) -> Vote {
    let item = MultipleChoice(stem: "Q?", options: ["w", "x", "y"], answers: [gold])
    return Vote(
      of: answers, about: .multipleChoice(item), gold: [MultipleChoice.letter(gold)],
      form: .optionLetters)
  }

  @Test(arguments: [
    (["B", "B", "A"], Vote.Verdict.agrees), (["A", "A", "B"], .againstGold), (["A", "B"], .tie),
    ([], .noSamples), (["?", "no idea"], .unreadable), (["B", "?", "?", "?"], .agrees),
    (["A, B", "B", "B"], .agrees), (["Z", "B"], .agrees),
  ])
  func `rules by the answer that most samples give`(answers: [String], verdict: Vote.Verdict) {
    #expect(vote(answers).verdict == verdict)
  }

  @Test func `counts what no option has as unreadable`() {
    let vote = vote(["B", "Z", "hm", "The answer is: A"])

    #expect(vote.counts == ["A": 1, "B": 1])
    #expect(vote.unreadable == 2)
    #expect(vote.traces == [])
  }

  @Test func `keeps the traces that give the right answer, as the recipe says`() {
    let traces = vote(["Long reasons. The answer is: B", "B", "A", "B"]).traces

    #expect(traces == ["Long reasons. The answer is: B", "B", "B"])
    #expect(Prompting.KeptTraces.first.of(traces) == [traces[0]])
    #expect(Prompting.KeptTraces.all.of(traces) == [traces[0], "B"])
    #expect(Prompting.KeptTraces.longest.of(traces) == [traces[0]])
    #expect(Prompting.KeptTraces.shortest.of(traces) == ["B"])
  }
}
