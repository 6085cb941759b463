import Formats
import Records

/// Questions of the Chinese national medical licensing examination, with explanations.
///
///     Question,Options,Answer,Explanation
///     …是,"A 甲
///     B 乙
///     C 丙",C,…
///
/// `train.csv`, `val.csv` and `test.csv` are official splits. Options stand in one cell, one a line, each
/// behind its letter; a line without one goes on with the option before. `Answer` is a letter or several
/// in a row (`ABD`), empty for some. The test set with annotations has five columns more, which become
/// tags.
///
/// Format: github.com/williamliujl/CMExam, 2023.
struct CMExam: CorpusReader {
  static let facts = CorpusFacts(
    name: "cmexam", title: "CMExam: Chinese medical licensing examination", shape: .multipleChoice,
    license: nil, language: "zh", forms: ".csv, .zip of .csv", tasks: ["multiple-choice-qa"],
    reference: "https://github.com/williamliujl/CMExam",
    signatures: [.table(columns: columns)])

  private static let columns = ["Question", "Options", "Answer", "Explanation"]
  /// The columns of the annotated test set, with the tags that they become.
  private static let annotations = [
    ("Disease Group", "disease_group"), ("Clinical Department", "department"),
    ("Medical Discipline", "discipline"), ("Competency", "competency"),
    ("Difficulty level", "difficulty"),
  ]

  private let settings: ReaderSettings

  init(options: ReaderOptions) throws { settings = try .unmapped(Self.facts, options) }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return name.kind == "csv" && !name.isLitter
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let stem = EntryName(entry.path).stem
    let split = stem.split(separator: "_").first.flatMap { Split(corpusName: String($0)) }
    var outlet = ReadingOutlet()
    try EnoughReadings.ends {
      try TableRows(columns: Self.columns).read(&entry) { row in
        let id = "\(stem)-\(outlet.ordinal + 1)"
        switch row {
        case .success(let row):
          do {
            try outlet.pass(try record(of: row, id: id, split), at: row.byteOffset, to: sink)
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

  private func record(of row: CSVRow, id: String, _ split: Split?) throws -> Record {
    let question = ExamQuestion(
      stem: row["Question"] ?? "", options: options(in: row["Options"] ?? ""))
    let answer = (row["Answer"] ?? "").unicodeScalars.filter { !$0.properties.isWhitespace }
    let explanation = row["Explanation"] ?? ""
    let content = try question.content(
      answers: answer.map { String($0) },
      explanation: TidyText.isBlank(explanation) ? "" : explanation)
    let tags = Self.annotations.map { column, tag in Tag(tag, TidyText.line(row[column] ?? "")) }
    return settings.record(
      id: id, groups: [question.group], officialSplit: split,
      tags: tags.filter { !$0.value.isEmpty } + question.tags, content: .multipleChoice(content))
  }

  /// The options of a cell by their letters.
  private func options(in cell: String) -> [(key: String, text: String)] {
    var options: [(key: String, text: String)] = []
    for line in cell.split(whereSeparator: \.isNewline) {
      let letter = line.prefix { $0.isASCII && $0.isUppercase }
      let rest = line.dropFirst(letter.count)
      if letter.count == 1, rest.first?.isWhitespace == true {
        options.append((String(letter), String(rest).trimmed))
      } else if let last = options.indices.last {
        options[last].text += "\n" + String(line).trimmed
      }
    }
    return options
  }
}
