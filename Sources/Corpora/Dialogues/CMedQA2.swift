import Formats
import Records

/// Questions of a Chinese health community, each with one answer or several.
///
///     question.csv:          question_id,content
///     answer.csv:            ans_id,question_id,content
///     train_candidates.txt:  question_id,pos_ans_id,neg_ans_id
///     dev_candidates.txt:    question_id,ans_id,cnt,label      (test_candidates.txt likewise)
///
/// Each answer makes a record with its question, in the order of the answers; the candidates say which
/// split a question was published in. All answers to a question are one group. An answer whose question
/// is not there is rejected as `missing-counterpart`, one whose question is in two splits as
/// `contradictory-label`.
///
/// The repository bears the text of the GPL-3.0, its description allows non-commercial research: the
/// stricter of the two is taken.
///
/// Format: github.com/zhangsheng93/cMedQA2, 2018.
struct CMedQA2: IndexingReader {
  static let facts = CorpusFacts(
    name: "cmedqa2", title: "cMedQA2: answers of a Chinese health community",
    shape: .questionAnswer, license: .researchOnly, language: "zh", forms: ".zip of .csv and .txt",
    tasks: ["question-answering"], reference: "https://github.com/zhangsheng93/cMedQA2",
    options: [.chineseEncoding],
    signatures: [.table(columns: ["ans_id", "question_id", "content"])])

  private let settings: ReaderSettings
  private let encoding: TextEncoding?
  private var questions: [String: String] = [:]
  private var splits: [String: Set<Split>] = [:]

  init(options: ReaderOptions) throws {
    settings = try .unmapped(Self.facts, options)
    encoding = try settings.encoding()
  }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return name.kind == "csv" && name.stem.hasPrefix("answer") && !name.isLitter
  }

  func indexes(path: String) -> Bool {
    let name = EntryName(path)
    guard !name.isLitter else { return false }
    return (name.kind == "csv" && name.stem.hasPrefix("question"))
      || (name.kind == "txt" && name.stem.hasSuffix("_candidates"))
  }

  mutating func index(_ entry: inout some EntryBytes) throws {
    let name = EntryName(entry.path)
    var text = ChineseText(entry, encoding: encoding)
    if name.kind == "csv" {
      try TableRows(columns: ["question_id", "content"]).read(&text) { row in
        let row = try row.get()
        questions[row["question_id"] ?? ""] = row["content"] ?? ""
      }
    } else if let split = Split(corpusName: String(name.stem.prefix { $0 != "_" })) {
      try TableRows(columns: ["question_id"]).read(&text) { row in
        splits[try row.get()["question_id"] ?? "", default: []].insert(split)
      }
    }
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    var text = ChineseText(entry, encoding: encoding)
    var outlet = ReadingOutlet()
    try EnoughReadings.ends {
      try TableRows(columns: ["ans_id", "question_id", "content"]).read(&text) { row in
        switch row {
        case .failure(let error):
          try outlet.reject(
            "", error.reason, value: error.value, at: error.position.byteOffset, to: sink)
        case .success(let row):
          let id = row["ans_id"] ?? ""
          do {
            try outlet.pass(try record(of: row, id: id), at: row.byteOffset, to: sink)
          } catch let problem as RowProblem {
            try outlet.reject(
              id, problem.reason, value: problem.value, at: row.byteOffset, to: sink)
          }
        }
      }
    }
  }

  private func record(of row: CSVRow, id: String) throws -> Record {
    guard !id.isEmpty else { throw RowProblem(reason: .missingField, value: "ans_id") }
    let number = row["question_id"] ?? ""
    guard let question = questions[number] else {
      throw RowProblem(reason: .missingCounterpart, value: "question_id")
    }
    guard !TidyText.isBlank(question) else {
      throw RowProblem(reason: .emptyText, value: "content of the question")
    }
    let answer = row["content"] ?? ""
    guard !TidyText.isBlank(answer) else {
      throw RowProblem(reason: .emptyAnswer, value: "content")
    }
    let published = splits[number] ?? []
    guard published.count <= 1 else {
      throw RowProblem(reason: .contradictoryLabel, value: "question_id in two splits")
    }
    return settings.record(
      id: id, groups: [GroupKey(.question, "cmedqa2/\(number)")], officialSplit: published.first,
      tags: [Tag("question", number)],
      content: .questionAnswer(QuestionAnswer(question: question, answer: answer)))
  }
}
