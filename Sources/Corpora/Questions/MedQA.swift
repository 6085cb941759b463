import Formats
import Records

/// Questions of the medical licensing examinations of the United States, mainland China and Taiwan.
///
///     {"question": "A junior resident …", "answer": "Tell the attending …",
///       "options": {"A": "…", "B": "…", …}, "meta_info": "step1", "answer_idx": "B"}
///
/// One object a line. Where a question comes from is said by its path only
/// (`questions/US/train.jsonl`, `Mainland`, `Taiwan`; `US/4_options/phrases_no_exclude_test.jsonl` for
/// the form with four options) and becomes the tag `region`, with the tag `script` for Chinese; a
/// question with Chinese characters is Chinese, others are English. The files `train`, `dev` and `test`
/// are official splits. The question banks (`US_qbank.jsonl`) hold all three together. Ids are made of
/// region, form, split and line. An `answer` that is not the option of `answer_idx` is rejected as
/// `contradictory-label`.
///
/// Format: github.com/jind11/MedQA, 2020.
struct MedQA: CorpusReader {
  static let facts = CorpusFacts(
    name: "medqa", title: "MedQA: licensing examinations of the US, China and Taiwan",
    shape: .multipleChoice, license: .mit, language: nil, forms: ".zip of .jsonl, .jsonl.xz",
    tasks: ["multiple-choice-qa"], reference: "https://github.com/jind11/MedQA",
    signatures: [.json(keys: ["question", "options", "answer_idx"])])

  private let settings: ReaderSettings

  init(options: ReaderOptions) throws { settings = try .unmapped(Self.facts, options) }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return name.kind == "jsonl" && !name.isLitter
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let set = QuestionSet(path: "\(entry.archive)/\(entry.path)", stem: EntryName(entry.path).stem)
    var outlet = ReadingOutlet()
    try EnoughReadings.ends {
      try JSONObjectLines.read(&entry, &outlet, into: sink) { line, outlet in
        let id = "\(set.name)-\(line.number)"
        do {
          let record = try record(of: line.object, id: id, set)
          try outlet.pass(record, at: line.byteOffset, to: sink)
        } catch let problem as RowProblem {
          try outlet.reject(
            id, problem.reason, value: problem.value, at: line.byteOffset, to: sink)
        }
      }
    }
  }

  private func record(of item: JSONNode, id: String, _ set: QuestionSet) throws -> Record {
    let question = ExamQuestion(
      stem: item["question"]?.string ?? "", options: ExamQuestion.options(of: item["options"]))
    let letter = item["answer_idx"]?.string ?? ""
    let content = try question.content(
      answers: letter.isEmpty ? [] : [letter], subject: item["meta_info"]?.string ?? "")
    let answer = item["answer"]?.string ?? ""
    guard answer.isEmpty || content.options[content.answers[0]] == answer else {
      throw RowProblem(reason: .contradictoryLabel, value: "answer")
    }
    return settings.record(
      id: id, language: language(of: question), groups: [question.group],
      officialSplit: set.split, tags: set.tags + question.tags, content: .multipleChoice(content))
  }

  /// Chinese where there is a Chinese character.
  private func language(of question: ExamQuestion) -> String {
    let isChinese = question.stem.unicodeScalars.contains { $0.properties.isIdeographic }
    return isChinese ? "zh" : "en"
  }
}

/// A file of the corpus, by its path.
private struct QuestionSet {
  /// `us-4-options-test`.
  let name: String
  let split: Split?
  let tags: [Tag]

  init(path: String, stem: String) {
    let words = Set(Self.words(of: path))
    let splitWord = Self.words(of: stem).first { Split(corpusName: $0) != nil }
    let region = Self.regions.first { words.contains($0.word) }?.region
    let isTranslated = words.contains("translated")
    let form =
      isTranslated
      ? (words.contains("en") || words.contains("2en") ? "translated-en" : "translated-zh")
      : path.contains("4_options") || stem.hasPrefix("phrases_no_exclude") ? "4-options" : nil
    name = [region?.lowercased(), form, splitWord ?? stem.lowercased()].compactMap { $0 }
      .joined(separator: "-")
    split = splitWord.flatMap { Split(corpusName: $0) }
    let script: String? =
      switch (region, form) {
      case ("Mainland", _), (_, "translated-zh"): "simplified"
      case ("Taiwan", nil): "traditional"
      default: nil
      }
    tags =
      (region.map { [Tag("region", $0)] } ?? []) + (script.map { [Tag("script", $0)] } ?? [])
  }

  private static func words(of text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  private static let regions: [(word: String, region: String)] = [
    ("mainland", "Mainland"), ("chinese", "Mainland"), ("taiwan", "Taiwan"),
    ("tw", "Taiwan"), ("us", "US"), ("usmle", "US"),
  ]
}
