import Formats
import Records

/// Questions of Chinese patients and doctors' answers, of six departments.
///
///     department,title,ask,answer
///     心血管科,高血压患者能吃党参吗？,我有高血压这两天……,高血压病人可以口服党参的。……
///
/// and the same as lines of text, a question after its title, then its answer:
///
///     高血压患者能吃党参吗？,我有高血压这两天……
///     高血压病人可以口服党参的。……
///
/// GB18030 as published, or UTF-8. A question is its title and what was asked, a line each; a title
/// that says all of it stands alone. The same question asked again, with the same or another answer, is
/// one group. In text, the line after a question is its answer; a question that no line follows at once
/// is rejected as `missing-counterpart`. Titles end at the first comma of ASCII. The department, which
/// for text is its file's name (also one in CP936), is the tag `department`.
///
/// Format: github.com/Toyhom/Chinese-medical-dialogue-data, 2019.
struct ChineseMedicalDialogue: CorpusReader {
  static let facts = CorpusFacts(
    name: "chinese-medical-dialogue", title: "Chinese medical dialogue data (CMD)",
    shape: .questionAnswer, license: .mit, language: "zh", forms: ".zip of .csv and .txt",
    tasks: ["question-answering"],
    reference: "https://github.com/Toyhom/Chinese-medical-dialogue-data",
    options: [.chineseEncoding],
    signatures: [.table(columns: ["department", "title", "ask", "answer"])])

  private let settings: ReaderSettings
  private let encoding: TextEncoding?

  init(options: ReaderOptions) throws {
    settings = try .unmapped(Self.facts, options)
    encoding = try settings.encoding()
  }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return ["csv", "txt"].contains(name.kind) && !name.isLitter
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let name = EntryName(entry.path)
    let stem = ChineseName.readable(name.stem)
    var text = ChineseText(entry, encoding: encoding)
    var outlet = ReadingOutlet()
    try EnoughReadings.ends {
      if name.kind == "csv" {
        try readTable(&text, stem, &outlet, into: sink)
      } else {
        try readLines(&text, stem, &outlet, into: sink)
      }
    }
  }

  private func readTable(
    _ text: inout ChineseText<some EntryBytes>, _ stem: String, _ outlet: inout ReadingOutlet,
    into sink: ReadingSink
  ) throws {
    try TableRows(columns: ["department", "title", "ask", "answer"]).read(&text) { row in
      switch row {
      case .failure(let error):
        try outlet.reject(
          "", error.reason, value: error.value, at: error.position.byteOffset, to: sink)
      case .success(let row):
        let asked = AskedQuestion(
          id: "\(stem)-\(row.number)", place: "line \(row.line)", byteOffset: row.byteOffset,
          title: row["title"] ?? "", ask: row["ask"] ?? "", department: row["department"] ?? "")
        try hand(asked, answer: row["answer"] ?? "", &outlet, into: sink)
      }
    }
  }

  /// Pairs of lines that follow one another; blank lines stand between pairs or do not.
  private func readLines(
    _ text: inout ChineseText<some EntryBytes>, _ stem: String, _ outlet: inout ReadingOutlet,
    into sink: ReadingSink
  ) throws {
    var lines = JSONLines()
    var question: (number: Int, asked: AskedQuestion)?
    func take(_ line: JSONLine) throws {
      let words = String(decoding: line.bytes, as: UTF8.self)
      if let open = question, open.number + 1 == line.number {
        question = nil
        return try hand(open.asked, answer: words, &outlet, into: sink)
      }
      try lose(question?.asked, &outlet, into: sink)
      let parts = words.utf8.split(separator: UInt8(ascii: ","), maxSplits: 1)
        .map { String($0) ?? "" }
      let asked = AskedQuestion(
        id: "\(stem)-line-\(line.number)", place: "line \(line.number)",
        byteOffset: line.byteOffset, title: parts.first ?? "",
        ask: parts.count > 1 ? parts[1] : "", department: stem)
      question = (line.number, asked)
    }
    try text.forEachChunk { try lines.feed($0) { try take($0) } }
    try lines.finish { try take($0) }
    try lose(question?.asked, &outlet, into: sink)
  }

  private func lose(
    _ asked: AskedQuestion?, _ outlet: inout ReadingOutlet, into sink: ReadingSink
  ) throws {
    guard let asked else { return }
    try outlet.reject(
      asked.id, .missingCounterpart, value: "\(asked.place) has no answer", at: asked.byteOffset,
      to: sink)
  }

  private func hand(
    _ asked: AskedQuestion, answer: String, _ outlet: inout ReadingOutlet, into sink: ReadingSink
  ) throws {
    guard let question = asked.question else {
      return try outlet.reject(
        asked.id, .emptyText, value: asked.place, at: asked.byteOffset, to: sink)
    }
    guard !TidyText.isBlank(answer) else {
      return try outlet.reject(
        asked.id, .emptyAnswer, value: asked.place, at: asked.byteOffset, to: sink)
    }
    let department = asked.department
    try outlet.pass(
      settings.record(
        id: asked.id, groups: [QuestionKey.group(question)],
        tags: TidyText.isBlank(department) ? [] : [Tag("department", department)],
        content: .questionAnswer(QuestionAnswer(question: question, answer: answer))),
      at: asked.byteOffset, to: sink)
  }
}

/// A question as it stands in either form.
private struct AskedQuestion {
  let id: String
  let place: String
  let byteOffset: Int
  let title: String
  let ask: String
  let department: String

  /// Title and what was asked; nil when both are blank.
  var question: String? {
    let parts = [title, ask].filter { !TidyText.isBlank($0) }
    guard let first = parts.first else { return nil }
    return parts.allSatisfy { $0 == first } ? first : parts.joined(separator: "\n")
  }
}
