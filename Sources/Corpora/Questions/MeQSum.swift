import Formats
import Records

/// Questions of consumers to the National Library of Medicine, with short questions that sum them up.
///
///     | File                 | CHQ                                  | Summary                      |
///     | 1-131188152.xml.txt  | SUBJECT: who … MESSAGE: I need …     | Who manufactures cetirizine? |
///
/// One sheet of a workbook. Placeholders such as `[NAME]` and `[LOCATION]` stay. Questions that share a
/// summary share a group.
///
/// Format: github.com/abachaa/MeQSum, 2019.
struct MeQSum: CorpusReader {
  static let facts = CorpusFacts(
    name: "meqsum", title: "MeQSum: summaries of consumer health questions", shape: .pairedText,
    license: .ccBy4, language: "en", forms: ".xlsx", tasks: ["summarisation"],
    reference: "https://github.com/abachaa/MeQSum",
    signatures: [.ending("meqsum_acl2019_benabacha_demner-fushman.xlsx")])

  private let settings: ReaderSettings

  init(options: ReaderOptions) throws { settings = try .unmapped(Self.facts, options) }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return name.kind == "xlsx" && !name.isLitter
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    var outlet = ReadingOutlet()
    try EnoughReadings.ends {
      try SheetRows(columns: ["File", "CHQ", "Summary"]).read(&entry) { row in
        try read(row, &outlet, into: sink)
      }
    }
  }

  private func read(
    _ row: SheetRow, _ outlet: inout ReadingOutlet, into sink: ReadingSink
  ) throws {
    let file = TidyText.line(row["File"] ?? "")
    let id = file.isEmpty ? "row-\(row.number)" : file
    let (question, summary) = (row["CHQ"] ?? "", row["Summary"] ?? "")
    guard !TidyText.isBlank(question) else {
      return try outlet.reject(id, .emptyText, value: "CHQ", to: sink)
    }
    guard !TidyText.isBlank(summary) else {
      return try outlet.reject(id, .emptyAnswer, value: "Summary", to: sink)
    }
    let pair = PairedText(sourceText: question, targetText: summary)
    try outlet.pass(
      settings.record(
        id: id, groups: [QuestionKey.group(question), QuestionKey.group(summary)],
        content: .pairedText(pair)),
      to: sink)
  }
}
