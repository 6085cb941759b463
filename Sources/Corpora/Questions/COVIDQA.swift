import Records

/// Questions of experts on articles about COVID-19, each answered by a span of the article.
///
/// What is read how, `SpanQuestions` says. A passage is a whole article of up to 67,000 characters, so
/// windows are cut; 234 of the 1,380 offsets are one to three characters off and are repaired.
///
/// Format: github.com/deepset-ai/COVID-QA (`200423_covidQA.json`), 2020.
struct COVIDQA: CorpusReader {
  static let facts = CorpusFacts(
    name: "covid-qa", title: "COVID-QA: questions on articles about COVID-19",
    shape: .questionAnswer, license: .apache2, language: "en", forms: ".json, .json.gz",
    tasks: ["extractive-qa", "question-answering"],
    reference: "https://github.com/deepset-ai/COVID-QA", options: SpanQuestions.options,
    signatures: [.ending("covidqa.json")])

  private let questions: SpanQuestions

  init(options: ReaderOptions) throws {
    questions = try SpanQuestions(.unmapped(Self.facts, options))
  }

  func accepts(path: String) -> Bool { SpanQuestions.accepts(path: path) }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    try questions.read(&entry, into: sink)
  }
}
