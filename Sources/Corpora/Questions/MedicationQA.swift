import Formats
import Records

/// Questions of consumers about medications, with answers from trusted websites.
///
///     | Question | Focus (Drug) | Question Type | Answer | Section Title | URL |
///
/// One sheet of a workbook. The page that an answer was taken from is a tag. Questions about one drug
/// share a group.
///
/// The repository states no licence.
///
/// Format: github.com/abachaa/Medication_QA_MedInfo2019, 2019.
struct MedicationQA: CorpusReader {
  static let facts = CorpusFacts(
    name: "medicationqa", title: "MedicationQA: consumer questions about medications",
    shape: .questionAnswer, license: nil, language: "en", forms: ".xlsx",
    tasks: ["question-answering"],
    reference: "https://github.com/abachaa/Medication_QA_MedInfo2019",
    signatures: [.ending("medinfo2019-qa-medications.xlsx")])

  private let settings: ReaderSettings

  init(options: ReaderOptions) throws { settings = try .unmapped(Self.facts, options) }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return name.kind == "xlsx" && !name.isLitter
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    var outlet = ReadingOutlet()
    try EnoughReadings.ends {
      try SheetRows(columns: ["Question", "Focus (Drug)", "Question Type", "Answer"])
        .read(&entry) { row in try read(row, &outlet, into: sink) }
    }
  }

  private func read(
    _ row: SheetRow, _ outlet: inout ReadingOutlet, into sink: ReadingSink
  ) throws {
    let id = "row-\(row.number)"
    let (question, answer) = (row["Question"] ?? "", row["Answer"] ?? "")
    guard !TidyText.isBlank(question) else {
      return try outlet.reject(id, .missingField, value: "Question", to: sink)
    }
    guard !TidyText.isBlank(answer) else {
      return try outlet.reject(id, .emptyAnswer, value: "Answer", to: sink)
    }
    let drug = TidyText.line(row["Focus (Drug)"] ?? "")
    let type = TidyText.line(row["Question Type"] ?? "")
    let item = QuestionAnswer(
      question: question, answer: answer, focus: drug, questionType: type)
    let tags = [
      Tag("qtype", type), Tag("section", TidyText.line(row["Section Title"] ?? "")),
      Tag("url", TidyText.line(row["URL"] ?? "")),
    ]
    let focus = drug.isEmpty ? [] : [GroupKey(.focus, drug.lowercased())]
    try outlet.pass(
      settings.record(
        id: id, groups: [QuestionKey.group(question)] + focus,
        tags: tags.filter { !$0.value.isEmpty }, content: .questionAnswer(item)),
      to: sink)
  }
}
