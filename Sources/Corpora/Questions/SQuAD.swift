import Records

/// Any set of questions in the JSON of SQuAD 1.1 or 2.0, each answered by a span of its passage.
///
/// What is read how, `SpanQuestions` says. The files `train…` and `dev…` are official splits; the
/// questions of one document, or of one article where there is no `document_id`, share a group.
///
/// Format: rajpurkar.github.io/SQuAD-explorer, 2018.
struct SQuAD: CorpusReader {
  static let facts = CorpusFacts(
    name: "squad", title: "Any questions on passages in SQuAD's form", shape: .questionAnswer,
    license: nil, language: nil, forms: ".json", tasks: ["extractive-qa", "question-answering"],
    reference: "https://rajpurkar.github.io/SQuAD-explorer", options: SpanQuestions.options)

  private let questions: SpanQuestions

  init(options: ReaderOptions) throws {
    questions = try SpanQuestions(.unmapped(Self.facts, options))
  }

  func accepts(path: String) -> Bool { SpanQuestions.accepts(path: path) }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    try questions.read(&entry, into: sink)
  }
}
