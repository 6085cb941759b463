import Formats
import Records

/// Exam questions with four options, one headerless CSV file for each subject.
///
///     "The following is true of …",first,second,third,fourth,C
///
/// The subject and the split are said by the file's name: `anatomy_test.csv`. The five questions of
/// `dev` are those that the authors prompt with, so they are training data; `val` is for validation.
/// The files of subjects that are not medical are left out by the recipe (`members`).
///
/// Format: github.com/hendrycks/test, 2021.
struct MMLU: CorpusReader {
  static let facts = CorpusFacts(
    name: "mmlu", title: "MMLU: exam questions by subject", shape: .multipleChoice, license: .mit,
    language: "en", forms: ".tar of .csv", tasks: ["multiple-choice-qa"],
    reference: "https://github.com/hendrycks/test")

  private let settings: ReaderSettings

  init(options: ReaderOptions) throws { settings = try .unmapped(Self.facts, options) }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return name.kind == "csv" && !name.isLitter
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let stem = EntryName(entry.path).stem
    let (subject, split) = Self.subject(ofFile: stem)
    var outlet = ReadingOutlet()
    try EnoughReadings.ends {
      try TableRows(columns: [], format: CSVFormat(hasHeader: false)).read(&entry) { row in
        let id = "\(stem)-\(outlet.ordinal + 1)"
        switch row {
        case .success(let row):
          do {
            let record = try record(of: row, id: id, subject, split)
            try outlet.pass(record, at: row.byteOffset, to: sink)
          } catch let problem as RowProblem {
            try outlet.reject(
              id, problem.reason, value: problem.value, at: row.byteOffset, to: sink)
          }
        case .failure(let error):
          try outlet.reject(
            id, error.reason, value: error.value, at: error.position.byteOffset, to: sink)
        }
      }
    }
  }

  private func record(
    of row: CSVRow, id: String, _ subject: String, _ split: Split?
  ) throws -> Record {
    guard row.count == 6 else {
      throw RowProblem(
        reason: .malformed, value: "line \(row.line): \(row.count) fields of 6")
    }
    let question = ExamQuestion(
      stem: row[0], options: zip("ABCD", row.fields[1...4]).map { (String($0), $1) })
    let letter = TidyText.line(row[5])
    let content = try question.content(
      answers: letter.isEmpty ? [] : [letter],
      subject: subject.split(separator: "_").joined(separator: " "))
    return settings.record(
      id: id, groups: [question.group], officialSplit: split,
      tags: (subject.isEmpty ? [] : [Tag("subject", subject)]) + question.tags,
      content: .multipleChoice(content))
  }

  /// The subject and the split of a file by its name.
  private static func subject(ofFile stem: String) -> (subject: String, split: Split?) {
    guard let mark = stem.lastIndex(of: "_") else { return (stem, nil) }
    let subject = String(stem[..<mark])
    switch stem[stem.index(after: mark)...] {
    case "dev": return (subject, .train)
    case "val": return (subject, .validation)
    case "test": return (subject, .test)
    default: return (stem, nil)
    }
  }
}
