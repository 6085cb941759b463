import Formats
import Records

/// Questions of French pharmacy examinations, many with several right answers.
///
///     [{"id": "…", "question": "…", "answers": {"a": "…", "b": "…", …}, "correct_answers": ["c", "d"],
///       "subject_name": "pharmacie", "type": "multiple", "nbr_correct_answers": 2}, …]
///
/// One array in each of `train.json`, `dev.json` and `test.json`, the official splits. Answers stand in
/// the order of their letters, which one record's file order is not. No-break spaces before `:` and `?`
/// are French typography and stay.
///
/// Format: github.com/qanastek/FrenchMedMCQA, 2022.
struct FrenchMedMCQA: CorpusReader {
  static let facts = CorpusFacts(
    name: "frenchmedmcqa", title: "FrenchMedMCQA: French pharmacy examinations",
    shape: .multipleChoice, license: .apache2, language: "fr", forms: ".7z, .zip of .json",
    tasks: ["multiple-choice-qa"], reference: "https://github.com/qanastek/FrenchMedMCQA",
    signatures: [.json(keys: ["question", "answers", "correct_answers"])])

  private let settings: ReaderSettings

  init(options: ReaderOptions) throws { settings = try .unmapped(Self.facts, options) }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return name.kind == "json" && !name.isLitter
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    var items = JSONItems()
    var outlet = ReadingOutlet()
    let path = entry.path
    let split = Split(corpusName: EntryName(path).stem)
    try EnoughReadings.ends {
      try entry.forEachChunk { chunk in
        try items.feed(chunk) { item in
          guard item.key == nil, item.value.kind == .object else {
            throw Diagnostic(
              at: Position(entry: path, byteOffset: item.byteOffset),
              "not FrenchMedMCQA: it is one array of questions")
          }
          let id = item.value["id"]?.string ?? "\(path)#\(outlet.ordinal)"
          do {
            let record = try record(of: item.value, id: id, split)
            try outlet.pass(record, at: item.byteOffset, to: sink)
          } catch let problem as RowProblem {
            try outlet.reject(
              id, problem.reason, value: problem.value, at: item.byteOffset, to: sink)
          }
        }
      }
      try items.finish()
    }
  }

  private func record(of item: JSONNode, id: String, _ split: Split?) throws -> Record {
    let question = ExamQuestion(
      stem: item["question"]?.string ?? "", options: ExamQuestion.options(of: item["answers"]))
    let content = try question.content(
      answers: item["correct_answers"]?.elements.compactMap(\.string) ?? [],
      subject: item["subject_name"]?.string ?? "")
    let type = item["type"]?.string ?? ""
    return settings.record(
      id: id, groups: [question.group], officialSplit: split,
      tags: (type.isEmpty ? [] : [Tag("type", type)]) + question.tags,
      content: .multipleChoice(content))
  }
}
