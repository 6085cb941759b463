import Formats
import Records

/// Questions of the Japanese national medical licensing examination, 2018 to 2022.
///
///     {"problem_id": "112A1", "problem_text": "…はどれか。", "choices": ["…", "…", …],
///       "text_only": true, "answer": ["e"], "points": "1"}
///
/// One object a line, one file for each part of an examination (`data/2018/112-A.jsonl`); the
/// machine-made English twins (`112-A_translate.jsonl`) and tables beside them are not read. `answer`
/// names one to three choices by letter; `a or d`, where either was marked as right, names none and is
/// rejected as `unknown-label`. A question without choices asks for a number and becomes a free
/// question. Questions with `text_only` false show a picture that is not there and are rejected as
/// `needs-picture`, unless the option `pictures` is `keep`.
///
/// It is published as a test set and marked as one; `split: {official: ignore}` draws splits from it.
///
/// Format: github.com/jungokasai/IgakuQA, 2023. The questions are the Ministry of Health, Labour and
/// Welfare's.
struct IgakuQA: CorpusReader {
  static let facts = CorpusFacts(
    name: "igakuqa", title: "IgakuQA: Japanese medical licensing examination",
    shape: .multipleChoice, license: .mhlw, language: "ja", forms: ".zip, .tar.bz2 of .jsonl",
    tasks: ["multiple-choice-qa", "question-answering"],
    reference: "https://github.com/jungokasai/IgakuQA",
    options: [MissingPictures.option],
    signatures: [.json(keys: ["problem_id", "problem_text", "choices"])],
    otherShapes: [.questionAnswer])

  private let settings: ReaderSettings
  private let pictures: MissingPictures

  init(options: ReaderOptions) throws {
    settings = try .unmapped(Self.facts, options)
    pictures = try settings.choice("pictures", default: .reject)
  }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return name.kind == "jsonl" && ExamPart(stem: name.stem) != nil
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let part = ExamPart(stem: EntryName(entry.path).stem)
    let path = entry.path
    var outlet = ReadingOutlet()
    try EnoughReadings.ends {
      try JSONObjectLines.read(&entry, &outlet, into: sink) { line, outlet in
        let id = line.object["problem_id"]?.string ?? "\(path)#\(outlet.ordinal)"
        do {
          let record = try record(of: line.object, id: id, part)
          try outlet.pass(record, at: line.byteOffset, to: sink)
        } catch let problem as RowProblem {
          try outlet.reject(
            id, problem.reason, value: problem.value, at: line.byteOffset, to: sink)
        }
      }
    }
  }

  private func record(of item: JSONNode, id: String, _ part: ExamPart?) throws -> Record {
    let hasPicture = item["text_only"]?.bool == false
    guard !hasPicture || pictures == .keep else {
      throw RowProblem(reason: .needsPicture, value: "text_only")
    }
    let choices = item["choices"].map { Array($0.elements).map { $0.string ?? "" } } ?? []
    let question = ExamQuestion(
      stem: item["problem_text"]?.string ?? "", options: ExamQuestion.options(inOrder: choices))
    let answers = item["answer"].map { Array($0.elements).compactMap(\.string) } ?? []
    let content: Content =
      choices.isEmpty
      ? .questionAnswer(try calculation(question.stem, answers))
      : .multipleChoice(try question.content(answers: answers))
    let points = item["points"]?.string ?? ""
    return settings.record(
      id: id, groups: [question.group], officialSplit: .test,
      tags: (part?.tags ?? []) + (points.isEmpty ? [] : [Tag("points", points)])
        + (hasPicture ? [MissingPictures.tag] : []) + question.tags,
      content: content)
  }

  /// A question that asks for a number.
  private func calculation(_ question: String, _ answers: [String]) throws -> QuestionAnswer {
    guard !TidyText.isBlank(question) else {
      throw RowProblem(reason: .missingField, value: "question")
    }
    guard answers.count == 1, !TidyText.isBlank(answers[0]) else {
      throw RowProblem(reason: .emptyAnswer, value: "answer")
    }
    return QuestionAnswer(question: question, answer: answers[0])
  }
}

/// A part of an examination: `112-A`.
private struct ExamPart {
  let exam: Int
  let letter: String

  init?(stem: String) {
    let pieces = stem.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    guard pieces.count == 2, let exam = Int(pieces[0]), (1...999).contains(exam),
      ("A"..."Z").contains(pieces[1]), pieces[1].utf8.count == 1
    else { return nil }
    (self.exam, letter) = (exam, pieces[1])
  }

  /// The examination, its part and its year: one was held each year, the 112th in 2018.
  var tags: [Tag] {
    [Tag("exam", "\(exam)"), Tag("part", letter), Tag("year", "\(exam + 1906)")]
  }
}
