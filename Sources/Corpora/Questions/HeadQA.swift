import Formats
import Records

/// Questions of the examinations for specialised posts in Spanish healthcare, in Spanish and English.
///
///     {"version": "1.0", "language": "en", "exams": {"Cuaderno_2013_1_B": {"name": "…", "year": "2013",
///       "category": "biology", "data": [{"qid": "1", "qtext": "…", "ra": "3", "image": "",
///         "answers": [{"aid": 1, "atext": "…"}, …]}]}}}
///
/// `train_HEAD_EN.json`, `dev_…` and `test_…` are official splits, made by year; files with `_EN` in
/// their name are the English ones. `ra` is the `aid` of the right answer. The two languages of a
/// question share a group. Questions that show a picture are rejected as `needs-picture`, unless the
/// option `pictures` is `keep`.
///
/// Format: github.com/aghie/head-qa, 2019.
struct HeadQA: CorpusReader {
  static let facts = CorpusFacts(
    name: "head-qa", title: "HEAD-QA: Spanish healthcare examinations", shape: .multipleChoice,
    license: .mit, language: nil, forms: ".json, .zip of .json", tasks: ["multiple-choice-qa"],
    reference: "https://github.com/aghie/head-qa", options: [MissingPictures.option],
    signatures: [.json(keys: ["version", "exams"])])

  private let settings: ReaderSettings
  private let pictures: MissingPictures

  init(options: ReaderOptions) throws {
    settings = try .unmapped(Self.facts, options)
    pictures = try settings.choice("pictures", default: .reject)
  }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return name.kind == "json" && !name.isLitter
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let path = entry.path
    let words = EntryName(path).stem.lowercased().split { !$0.isLetter }.map(String.init)
    let document = try JSONDocument(parsing: try entry.allBytes())
    guard let exams = document.root["exams"], exams.kind == .object else {
      throw Diagnostic(at: Position(entry: path), "not HEAD-QA: the root has no object 'exams'")
    }
    let stated = document.root["language"]?.string.flatMap(LanguageCode.subtag)
    let language = stated ?? (words.contains("en") ? "en" : "es")
    let split = words.lazy.compactMap { Split(corpusName: $0) }.first
    var outlet = ReadingOutlet()
    try EnoughReadings.ends {
      for member in exams.members {
        let exam = Exam(
          name: member.name, node: member.value, language: language, split: split)
        for item in member.value["data"].map({ Array($0.elements) }) ?? [] {
          try read(item, of: exam, &outlet, into: sink)
        }
      }
    }
  }

  private func read(
    _ item: JSONNode, of exam: Exam, _ outlet: inout ReadingOutlet, into sink: ReadingSink
  ) throws {
    let number = item["qid"]?.tidyText ?? "\(outlet.ordinal)"
    let id = "\(exam.language)/\(exam.name)/\(number)"
    do {
      let record = try record(of: item, id: id, number, exam)
      try outlet.pass(record, at: item.byteOffset, to: sink)
    } catch let problem as RowProblem {
      try outlet.reject(id, problem.reason, value: problem.value, at: item.byteOffset, to: sink)
    }
  }

  private func record(
    of item: JSONNode, id: String, _ number: String, _ exam: Exam
  ) throws -> Record {
    let hasPicture = !(item["image"]?.tidyText ?? "").isEmpty
    guard !hasPicture || pictures == .keep else {
      throw RowProblem(reason: .needsPicture, value: "image")
    }
    let question = ExamQuestion(
      stem: item["qtext"]?.string ?? "",
      options: (item["answers"].map { Array($0.elements) } ?? []).map { answer in
        (answer["aid"]?.tidyText ?? "", answer["atext"]?.string ?? "")
      })
    let right = item["ra"]?.tidyText ?? ""
    let content = try question.content(
      answers: right.isEmpty ? [] : [right], subject: exam.category)
    return settings.record(
      id: id, language: exam.language,
      groups: [GroupKey(.question, "head-qa/\(exam.name)/\(number)"), question.group],
      officialSplit: exam.split,
      tags: exam.tags + (hasPicture ? [MissingPictures.tag] : []) + question.tags,
      content: .multipleChoice(content))
  }

  /// An examination and what is true of all its questions.
  private struct Exam {
    let name: String
    let category: String
    let language: String
    let split: Split?
    let tags: [Tag]

    init(name: String, node: JSONNode, language: String, split: Split?) {
      self.name = name
      self.language = language
      self.split = split
      category = node["category"]?.tidyText ?? ""
      let facts = [("exam", name), ("year", node["year"]?.tidyText), ("category", category)]
      tags = facts.compactMap { name, value in value.map { Tag(name, $0) } }
        .filter { !$0.value.isEmpty }
    }
  }
}

extension JSONNode {
  /// The text of a string or number on one line; nil for anything else.
  fileprivate var tidyText: String? { scalarText.map { TidyText.line($0) } }
}
