import Formats
import Records

/// Doctor–patient conversations and the note sections made of them.
///
///     ID,section_header,section_text,dialogue
///     0,GENHX,"The patient is …","Doctor: What brings you back?
///     Patient: My chest hurts."
///
/// The files of the main dataset are official splits; the two test sets are told apart by the tag
/// `set`. The augmented sets are translations there and back of the training set: they bear the tag
/// `augmented` and share the group of the training dialogue that their id names, so that no split
/// divides them. A group of its own for the wording of a dialogue keeps equal ones together.
///
/// Format: github.com/abachaa/MTS-Dialog, 2023.
struct MTSDialog: CorpusReader {
  static let facts = CorpusFacts(
    name: "mts-dialog", title: "MTS-Dialog: conversations and note sections", shape: .dialogue,
    license: .ccBy4, language: "en", forms: ".zip of .csv",
    tasks: ["section-generation", "summarisation"],
    reference: "https://github.com/abachaa/MTS-Dialog",
    signatures: [.table(columns: ["section_header", "section_text", "dialogue"])])

  private let settings: ReaderSettings

  init(options: ReaderOptions) throws { settings = try .unmapped(Self.facts, options) }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return name.kind == "csv" && !name.isLitter
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let set = DialogueSet(name: EntryName(entry.path).stem)
    var outlet = ReadingOutlet()
    try EnoughReadings.ends {
      try TableRows(columns: Self.columns).read(&entry) { row in
        switch row {
        case .success(let row): try read(row, set, &outlet, into: sink)
        case .failure(let error):
          try outlet.reject(
            "", error.reason, value: error.value, at: error.position.byteOffset, to: sink)
        }
      }
    }
  }

  private func read(
    _ row: CSVRow, _ set: DialogueSet, _ outlet: inout ReadingOutlet, into sink: ReadingSink
  ) throws {
    let offset = row.byteOffset
    let rowID = TidyText.line(row["ID"] ?? "")
    guard !rowID.isEmpty else {
      return try outlet.reject("", .missingField, value: "ID", at: offset, to: sink)
    }
    let id = "\(set.name)-\(rowID)"
    let turns = SpokenTurns.turns(of: row["dialogue"] ?? "")
    guard !turns.isEmpty else {
      return try outlet.reject(id, .emptyText, value: "dialogue", at: offset, to: sink)
    }
    let code = TidyText.line(row["section_header"] ?? "")
    let section = NoteSection(
      code: code, header: code, text: TidyText.paragraphs(row["section_text"] ?? ""))
    let record = settings.record(
      id: id, groups: set.groups(rowID, turns), officialSplit: set.split,
      tags: [Tag("set", set.name), Tag("section", code)] + set.tags,
      content: .dialogue(Dialogue(turns: turns, target: [section])))
    try outlet.pass(record, at: offset, to: sink)
  }

  private static let columns = ["ID", "section_header", "section_text", "dialogue"]
}

/// One file of the corpus, by its name.
private struct DialogueSet {
  /// `train`, `validation`, `test1`, `test2`, `augmented`; else the file's own name.
  let name: String
  let split: Split?

  init(name stem: String) {
    let stem = stem.lowercased()
    (name, split) =
      if stem.contains("augmented") { ("augmented", .train) } else if stem.contains("trainingset") {
        ("train", .train)
      } else if stem.contains("validationset") {
        ("validation", .validation)
      } else if stem.contains("testset-1") { ("test1", .test) } else if stem.contains("testset-2") {
        ("test2", .test)
      } else { (stem, nil) }
  }

  var tags: [Tag] { name == "augmented" ? [Tag("augmented", "true")] : [] }

  /// The wording, and for the training set and its translations the dialogue's number there: the
  /// last word of ids such as `TR=EN-ES-EN 1200`.
  func groups(_ rowID: String, _ turns: [Turn]) -> [GroupKey] {
    let wording = GroupKey(.dialogue, SpokenTurns.key(of: turns))
    guard split == .train, let number = rowID.split(separator: " ").last else { return [wording] }
    return [wording, GroupKey(.dialogue, "mts-dialog/\(number)")]
  }
}
