import Records
import Testing

@testable import Stages

/// What counts as an item of a benchmark, and what only looks like one.
struct DecontaminatorTests {
  /// The rules by which a record is found in a benchmark of these items, with their scores.
  private func hits(
    of record: Record, in items: [Record],
    settings: ContaminationSettings = ContaminationSettings(),
    field: String? = nil, twins: Set<String> = [], corporaWithIDs: Set<String> = []
  ) throws -> [String] {
    var builder = ContaminationIndexBuilder(key: 17, settings: settings)
    builder.begin(ContaminationIndex.Benchmark(name: "exam", sha256: "0"))
    for item in items {
      try builder.append(item, field: field, hasCorpusIDs: corporaWithIDs.contains(item.corpus))
    }
    let decontaminator = Decontaminator(
      [Decontaminator.Reference(index: builder.finish(), twins: twins)], settings: settings,
      corporaWithIDs: corporaWithIDs)
    var printer = ContaminationPrinter()
    return decontaminator.hits(of: record, using: &printer).map {
      "\($0.rule.rawValue) \($0.item) \(Int(($0.score * 100).rounded()))"
    }
  }

  private func record(
    _ content: Content, id: String = "r", corpus: String = "jsonl", language: String? = nil,
    groups: [GroupKey] = [], source: String = "mine"
  ) -> Record {
    Record(
      id: id, corpus: corpus, license: .cc0, language: language, groups: groups, content: content,
      source: source)
  }

  private func question(
    _ text: String, _ answer: String = "yes", id: String = "r", groups: [GroupKey] = []
  ) -> Record {
    record(.questionAnswer(QuestionAnswer(question: text, answer: answer)), id: id, groups: groups)
  }

  private func exam(_ stem: String, _ options: [String], id: String = "r") -> Record {
    record(.multipleChoice(MultipleChoice(stem: stem, options: options, answers: [0])), id: id)
  }

  /// `count` different words from a place on.
  private func words(_ count: Int, from first: Int = 0) -> String {
    (first..<first + count).map { "word\($0)" }.joined(separator: " ")
  }

  // MARK: Inputs

  @Test func `the same question in other case, spaces and punctuation is found at any length`()
    throws
  {
    let items = [question("What is asthma?", id: "7")]
    #expect(try hits(of: question("WHAT  is “asthma”"), in: items) == ["question 7 100"])
    #expect(try hits(of: question("What is an asthma?"), in: items) == [])
  }

  @Test func `an overlap at the limit is found, one below it is not`() throws {
    // 27 words are 20 n-grams of 8; each word that is changed at the end costs one.
    let items = [question(words(27), id: "7")]
    #expect(
      try hits(of: question(words(23) + " " + words(4, from: 90)), in: items) == ["ngram 7 80"])
    #expect(try hits(of: question(words(22) + " " + words(5, from: 90)), in: items) == [])
  }

  @Test func `an item that stands in a longer prompt is found, and the other way round`() throws {
    let (short, long) = (
      words(20), words(30, from: 50) + " " + words(20) + " " + words(200, from: 90)
    )
    #expect(try hits(of: question(long), in: [question(short, id: "7")]) == ["ngram 7 100"])
    #expect(try hits(of: question(short), in: [question(long, id: "7")]) == ["ngram 7 100"])
  }

  @Test func `a stock phrase is not the long question that ends in it`() throws {
    let phrase = "Which of the following is the most likely diagnosis in him?"
    let items = [question(words(40) + " " + phrase, id: "7")]
    #expect(try hits(of: question(phrase), in: items) == [])
    #expect(
      try hits(of: question("Tell me. " + phrase), in: [question(phrase, id: "8")]) == [
        "ngram 8 100"
      ])
  }

  @Test func `the n-grams of several items do not add up`() throws {
    let items = (0..<4).map { question(words(20, from: $0 * 13), id: "\($0)") }
    let spread = (0..<4).map { words(9, from: $0 * 13) }.joined(separator: " ")
    #expect(try hits(of: question(spread), in: items) == [])
  }

  @Test func `the best item is named, of equal ones the first`() throws {
    let items = [
      question(words(24) + " x", id: "near"), question(words(25), id: "same"),
      question(words(25), id: "same again"),
    ]
    #expect(
      try hits(of: question(words(25)), in: items) == ["question same 100", "ngram same 100"])
  }

  @Test func `Chinese and Japanese are compared by thirteen characters`() throws {
    let text = "六十五歳の男性が胸痛を主訴に救急車で搬入された心電図を示す"
    let items = [question(text, id: "7")]
    let changed = String(text.dropLast(3)) + "別の末"
    #expect(
      try hits(of: question("【" + text + "。】"), in: items) == ["question 7 100", "ngram 7 100"])
    #expect(try hits(of: question(changed), in: items) == ["ngram 7 82"])
    #expect(try hits(of: question(String(text.prefix(12)) + "とは何か"), in: items) == [])
    #expect(
      try hits(of: question("胸痛とは何か"), in: [question("胸痛とは、何か？", id: "8")]) == ["question 8 100"])
  }

  @Test(arguments: [
    Content.article(Article(title: "", abstract: [AbstractSection(text: "TEXT")])),
    .note(Note(sections: [NoteSection(text: "TEXT")])),
    .dialogue(Dialogue(turns: [Turn(role: .user, text: "TEXT")])),
    .questionAnswer(QuestionAnswer(question: "TEXT", answer: "")),
    .multipleChoice(MultipleChoice(stem: "TEXT", options: [], answers: [])),
    .labelledText(LabelledText(text: "TEXT")),
    .textPair(TextPair(first: "TEXT", second: "", label: "")),
    .pairedText(PairedText(sourceText: "TEXT", targetText: "")),
    .instruction(Instruction(turns: [Turn(role: .user, text: "TEXT")])),
    .annotatedText(AnnotatedText(text: "TEXT")),
    .retrieval(Retrieval(query: "TEXT", passage: "", relevance: 1)),
  ])
  func `every shape is compared by what it asks`(content: Content) throws {
    var content = content
    let text = words(20)
    if case .annotatedText = content { content = .annotatedText(AnnotatedText(text: text)) }
    content.forEachText { if $0 == "TEXT" { $0 = text } }
    #expect(
      try hits(of: record(content), in: [question(words(20), id: "7")]).contains("ngram 7 100"))
  }

  @Test func `a field takes the place of the one that asks`() throws {
    let item = record(
      .questionAnswer(
        QuestionAnswer(question: "Why?", context: [AbstractSection(text: words(20))], answer: "so")),
      id: "7")
    #expect(try hits(of: question(words(20)), in: [item]) == [])
    #expect(
      try hits(of: question(words(20)), in: [item], field: "context")
        == ["question 7 100", "ngram 7 100"])
  }

  // MARK: Options

  @Test func `a short stem is the same question only with the same options, in any order`() throws {
    let items = [exam("Which is right?", ["Iron", "Zinc", "Copper"], id: "7")]
    #expect(
      try hits(of: exam("which is RIGHT", ["copper", "Zinc.", "iron"]), in: items)
        == ["options 7 100"])
    #expect(try hits(of: exam("Which is right?", ["Iron", "Zinc", "Lead"]), in: items) == [])
    #expect(try hits(of: question("Which is right?"), in: items) == [])
  }

  @Test func `shuffled options do not hide a long stem`() throws {
    let items = [exam(words(30), ["Iron", "Zinc", "Copper"], id: "7")]
    #expect(
      try hits(of: exam(words(30), ["Zinc", "Copper", "Iron"]), in: items)
        == ["question 7 100", "options 7 100", "ngram 7 100"])
  }

  @Test func `a stem that was worded anew is found by its options at half of the overlap`() throws {
    // 11 of 23 n-grams are left.
    let items = [exam(words(30), ["Iron", "Zinc", "Copper"], id: "7")]
    let reworded = words(18) + " " + words(12, from: 90)
    #expect(
      try hits(of: exam(reworded, ["Copper", "Iron", "Zinc"]), in: items) == ["options 7 48"])
    #expect(try hits(of: exam(reworded, ["Copper", "Iron", "Lead"]), in: items) == [])
    let other = words(15) + " " + words(15, from: 90)
    #expect(try hits(of: exam(other, ["Copper", "Iron", "Zinc"]), in: items) == [])
  }

  @Test func `options of symbols are told apart`() throws {
    let items = [exam("Which sign is right?", ["+", "−"], id: "7")]
    #expect(try hits(of: exam("Which sign is right?", ["−", "+"]), in: items) == ["options 7 100"])
    #expect(try hits(of: exam("Which sign is right?", ["+", "±"]), in: items) == [])
  }

  // MARK: Answers

  @Test func `an answer of eight words is found, a shorter one is not`() throws {
    let items = [
      question("Why?", "Since the heart pumps blood to the lungs.", id: "7"),
      question("And?", "None of it."),
    ]
    #expect(
      try hits(of: question("How so?", "since the heart pumps blood to the lungs"), in: items)
        == ["target 7 100"])
    #expect(
      try hits(of: question("How so?", "Since the heart pumps blood to lungs."), in: items) == [])
    #expect(try hits(of: question("How so?", "None of it."), in: items) == [])
  }

  @Test func `a Chinese answer counts from thirty characters on`() throws {
    let long = String(repeating: "患者应当休息并多饮水", count: 3)
    let short = String(long.dropLast())
    let items = [question("为何？", long, id: "7"), question("如何？", short, id: "8")]
    #expect(try hits(of: question("？", long), in: items) == ["target 7 100"])
    #expect(try hits(of: question("？", short), in: items) == [])
  }

  @Test func `an option is no answer of its own`() throws {
    let option = words(12)
    #expect(
      try hits(of: exam("A?", [option, "b"]), in: [exam("B?", [option, "c"], id: "7")]) == [])
  }

  // MARK: Ids

  @Test func `the same id in the same corpus is the same item, in any language`() throws {
    func item(_ text: String, _ language: String, id: String = "112A1") -> Record {
      record(
        .questionAnswer(QuestionAnswer(question: text, answer: "a")), id: id, corpus: "igakuqa",
        language: language)
    }
    let items = [item("胸痛の原因はどれか", "ja")]
    let own: Set = ["igakuqa"]
    #expect(
      try hits(of: item("Which causes chest pain?", "en"), in: items, corporaWithIDs: own)
        == ["id 112A1 100"])
    #expect(
      try hits(
        of: item("Which causes chest pain?", "en", id: "112A2"), in: items, corporaWithIDs: own)
        == [])
    // Ids of a mere form, such as JSON lines, say nothing.
    #expect(try hits(of: item("Which causes chest pain?", "en"), in: items) == [])
  }

  @Test func `a source that is named a twin has the benchmark's ids`() throws {
    let items = [question("胸痛の原因はどれか", id: "112A1")]
    let twin = question("Which causes chest pain?", id: "112A1")
    #expect(try hits(of: twin, in: items, twins: ["mine"]) == ["id 112A1 100"])
    #expect(try hits(of: twin, in: items, twins: ["other"]) == [])
  }

  @Test func `translations that share a numbered question are found by it`() throws {
    func item(_ text: String, _ id: String, _ group: String) -> Record {
      record(
        .questionAnswer(QuestionAnswer(question: text, answer: "a")), id: id, corpus: "careqa",
        groups: [GroupKey(.question, group)])
    }
    let items = [item("¿Qué es?", "es-1", "careqa/8f")]
    #expect(try hits(of: item("What?", "en-9", "careqa/8f"), in: items) == ["id es-1 100"])
    #expect(try hits(of: item("What?", "en-9", "careqa/90"), in: items) == [])
  }

  @Test func `a PMID halves the overlap that is asked for, and is no proof by itself`() throws {
    let items = [question(words(30), id: "7", groups: [GroupKey(.pmid, "123")])]
    let reworded = words(18) + " " + words(12, from: 90)
    #expect(
      try hits(of: question(reworded, groups: [GroupKey(.pmid, "123")]), in: items) == ["pmid 7 48"]
    )
    #expect(try hits(of: question(reworded, groups: [GroupKey(.pmid, "124")]), in: items) == [])
    #expect(
      try hits(of: question(words(30, from: 60), groups: [GroupKey(.pmid, "123")]), in: items) == []
    )
  }

  // MARK: Settings and bounds

  @Test func `other lengths of n-grams and answers are taken`() throws {
    let settings = ContaminationSettings(ngramWords: 3, overlap: 1, targetWords: 1)
    let items = [question("one two three four five", "None", id: "7")]
    #expect(
      try hits(
        of: question("zero one two three four five six", "none"), in: items, settings: settings)
        == ["ngram 7 100", "target 7 100"])
  }

  @Test func `records without words are like nothing`() throws {
    let items = [question("", "", id: "7"), question("?!", "—", id: "8")]
    #expect(try hits(of: question("", ""), in: items) == [])
    #expect(try hits(of: question("…", "."), in: items) == [])
  }
}
