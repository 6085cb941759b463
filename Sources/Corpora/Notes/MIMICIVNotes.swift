import Formats
import Records

/// Discharge summaries and radiology reports of MIMIC-IV-Note, one record per row.
///
///     note_id,subject_id,hadm_id,note_type,note_seq,charttime,storetime,text
///     10000032-DS-21,10000032,22595853,DS,21,2180-05-07 00:00:00,2180-05-09 15:26:00," \nName:  ___ …"
///
/// `discharge.csv` holds discharge summaries (`DS`) and their addenda (`AD`), `radiology.csv` reports
/// (`RR`) and theirs (`AR`). What was taken out is `___`. The text is split by `NoteSections`; the
/// group is the patient. Tags `category`, `note_type` and `admission` are there to filter by.
/// `discharge_detail.csv` (authors) and `radiology_detail.csv` (examination codes) are not read.
///
/// The option `placeholders: type` writes `___` by the label before it where
/// there is one (`Unit No: [ID]`).
///
/// Format: physionet.org/content/mimic-iv-note/2.2 and mimic.mit.edu/docs/iv/modules/note. Version
/// 2.2 has 331,794 discharge and 2,321,355 radiology rows, 2.1 had more: pin the file's digest.
struct MIMICIVNotes: CorpusReader {
  static let facts = CorpusFacts(
    name: "mimic-iv-notes", title: "MIMIC-IV-Note: discharge summaries and radiology reports",
    shape: .note, license: .physioNetCredentialed, language: "en", forms: ".csv, .csv.gz",
    tasks: ["note-summarisation", "note-section-generation", "pre-training-text"],
    isSensitive: true, reference: "https://physionet.org/content/mimic-iv-note/2.2/",
    options: NoteForm.options,
    signatures: [.table(columns: ["note_id", "subject_id", "note_type", "text"])])

  private let settings: ReaderSettings
  private let form: NoteForm

  init(options: ReaderOptions) throws {
    settings = try .unmapped(Self.facts, options)
    form = try NoteForm(settings)
  }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    let stem = name.stem.lowercased()
    return name.kind == "csv" && !name.isLitter && !stem.contains("detail")
      && (stem.contains("discharge") || stem.contains("radiology"))
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    var outlet = ReadingOutlet()
    let format = CSVFormat(maximumFieldBytes: 16 << 20)
    try EnoughReadings.ends {
      try TableRows(columns: Self.columns, format: format).read(&entry) { row in
        switch row {
        case .success(let row): try read(row, &outlet, into: sink)
        case .failure(let error):
          try outlet.reject(
            "", error.reason, value: error.value, at: error.position.byteOffset, to: sink)
        }
      }
    }
  }

  private func read(_ row: CSVRow, _ outlet: inout ReadingOutlet, into sink: ReadingSink) throws {
    let offset = row.byteOffset
    let cell = { (name: String) in TidyText.line(row[name] ?? "") }
    let id = cell("note_id")
    let patient = cell("subject_id")
    for (name, value) in [("note_id", id), ("subject_id", patient)] where value.isEmpty {
      return try outlet.reject(id, .missingField, value: name, at: offset, to: sink)
    }
    let text = row["text"] ?? ""
    guard !TidyText.isBlank(text) else {
      return try outlet.reject(id, .emptyText, at: offset, to: sink)
    }
    let type = cell("note_type")
    // A line of underscores is a rule only where it is too long to be a few placeholders.
    let note = Note(
      sections: form.sections(of: text, minimumRule: 10),
      category: Self.categories[type] ?? type, patient: patient, admission: cell("hadm_id"),
      time: cell("charttime"))
    let tags = [
      Tag("category", note.category), Tag("note_type", type), Tag("admission", note.admission),
    ].filter { !$0.value.isEmpty }
    try outlet.pass(
      settings.record(
        id: id, groups: [GroupKey(.patient, patient)], tags: tags, content: .note(note)),
      at: offset, to: sink)
  }

  private static let categories = [
    "DS": "Discharge summary", "AD": "Discharge summary addendum", "RR": "Radiology report",
    "AR": "Radiology report addendum",
  ]

  private static let columns = ["note_id", "subject_id", "text"]
}
