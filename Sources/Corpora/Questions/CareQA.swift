import Formats
import Records

/// Questions of Spanish healthcare examinations of 2020 to 2024, in Spanish and English.
///
///     {"exam_id": …, "question": "…", "op1": "…", "op2": "…", "op3": "…", "op4": "…", "cop": 2,
///       "year": 2024, "category": "Nursing", "unique_id": "…"}
///     {"question": "…", "answer": "…", …}
///
/// A list, or one object a line. `CareQA_en.json` and `CareQA_es.json` hold exam questions, whose `cop`
/// counts the options from 1 as their names do; `CareQA_en_open.json` holds the second form, the same
/// questions put so that they need no options. The language is in the file's name. It is published as
/// a test set and marked as one; questions that share a `unique_id` share a group.
///
/// Format: huggingface.co/datasets/HPAI-BSC/CareQA, 2025.
struct CareQA: CorpusReader {
  static let facts = CorpusFacts(
    name: "careqa", title: "CareQA: Spanish healthcare examinations, with open questions",
    shape: .multipleChoice, license: .apache2, language: nil, forms: ".json, .jsonl",
    tasks: ["multiple-choice-qa", "question-answering"],
    reference: "https://huggingface.co/datasets/HPAI-BSC/CareQA",
    signatures: [.json(keys: ["question", "op1", "op2", "op3", "op4", "cop"])],
    otherShapes: [.questionAnswer])

  private let settings: ReaderSettings

  init(options: ReaderOptions) throws { settings = try .unmapped(Self.facts, options) }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return ["json", "jsonl"].contains(name.kind) && !name.isLitter
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let stem = EntryName(entry.path).stem
    let words = stem.lowercased().split { !$0.isLetter }
    let language = words.contains("es") ? "es" : words.contains("en") ? "en" : nil
    try JSONObjectRows.read(
      &entry, into: sink,
      id: { "\(stem)/\(Self.text(of: $0.node["unique_id"]) ?? "\($0.number)")" },
      record: { row, id in
        guard row.node.kind == .object else {
          throw RowProblem(reason: .malformed, value: "no object")
        }
        return try record(of: row.node, id: id, language)
      })
  }

  private func record(of item: JSONNode, id: String, _ language: String?) throws -> Record {
    let question = ExamQuestion(
      stem: item["question"]?.string ?? "",
      options: (1...4).map { ("\($0)", item["op\($0)"]?.string ?? "") })
    let category = Self.text(of: item["category"]) ?? ""
    let content: Content =
      item["op1"] == nil
      ? .questionAnswer(try open(item, question.stem))
      : .multipleChoice(
        try question.content(
          answers: [Self.text(of: item["cop"]) ?? ""].filter { !$0.isEmpty }, subject: category))
    let twin = Self.text(of: item["unique_id"]).map { GroupKey(.question, "careqa/\($0)") }
    let tags = ["year", "category", "exam_id"].compactMap { name in
      Self.text(of: item[name]).map { Tag(name, $0) }
    }
    return settings.record(
      id: id, language: language, groups: [twin].compactMap { $0 } + [question.group],
      officialSplit: .test, tags: tags + question.tags, content: content)
  }

  /// A question without options.
  private func open(_ item: JSONNode, _ question: String) throws -> QuestionAnswer {
    let answer = item["answer"]?.string ?? ""
    guard !TidyText.isBlank(question) else {
      throw RowProblem(reason: .missingField, value: "question")
    }
    guard !TidyText.isBlank(answer) else { throw RowProblem(reason: .emptyAnswer, value: "answer") }
    return QuestionAnswer(question: question, answer: answer)
  }

  private static func text(of node: JSONNode?) -> String? {
    (node?.scalarText).flatMap { $0.isEmpty ? nil : $0 }
  }
}
