import Formats
import Records

/// Chinese medical questions with answers, of Huatuo-26M.
///
///     {"questions": [["…", "…"]], "answers": ["…"]}
///     {"questions": ["…"], "answers": ["…"]}
///
/// JSON Lines, `train_datasets.jsonl`, `validation_datasets.jsonl` and `test_datasets.jsonl` being
/// official splits. The encyclopedia words a question in several ways, whose first is taken and whose
/// number is the tag `wordings`; the first answer is taken of several. The consultations come without
/// answers, which the publishers may not pass on: an answer that is an address is rejected as
/// `missing-counterpart`.
///
/// Format: huggingface.co/datasets/FreedomIntelligence/huatuo_encyclopedia_qa and its twins, 2023.
struct Huatuo26M: CorpusReader {
  static let facts = CorpusFacts(
    name: "huatuo-26m", title: "Huatuo-26M: Chinese encyclopedia and knowledge graph questions",
    shape: .questionAnswer, license: .apache2, language: "zh", forms: ".jsonl",
    tasks: ["question-answering"], reference: "https://github.com/FreedomIntelligence/Huatuo-26M",
    signatures: [.json(keys: ["questions", "answers"])])

  private let settings: ReaderSettings

  init(options: ReaderOptions) throws { settings = try .unmapped(Self.facts, options) }

  func accepts(path: String) -> Bool { ChatFile.accepts(path) }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let file = ChatFile(entry.path)
    try JSONObjectRows.read(&entry, into: sink, id: file.numbered) { row, id in
      let questions = try texts("questions", of: row)
      guard let question = questions.first else {
        throw RowProblem(reason: .emptyText, value: "questions")
      }
      guard let answer = try texts("answers", of: row).first else {
        throw RowProblem(reason: .emptyAnswer, value: "answers")
      }
      guard !answer.hasPrefix("http://"), !answer.hasPrefix("https://") else {
        throw RowProblem(reason: .missingCounterpart, value: "the answer is an address")
      }
      return settings.record(
        id: id, groups: [QuestionKey.group(question)], officialSplit: file.split,
        tags: [Tag("wordings", String(questions.count))],
        content: .questionAnswer(QuestionAnswer(question: question, answer: answer)))
    }
  }

  /// The texts of a list, or of the lists in it, blank ones left out.
  private func texts(_ name: String, of row: JSONObjectRows.Row) throws -> [String] {
    guard let list = row.node[name] else { throw RowProblem(reason: .missingField, value: name) }
    if let text = list.string { return TidyText.isBlank(text) ? [] : [text] }
    return list.elements.flatMap { element in
      element.string.map { [$0] } ?? element.elements.compactMap(\.string)
    }.filter { !TidyText.isBlank($0) }
  }
}
