import Formats
import Records

/// Clinical notes of MIMIC-III, one record per row of NOTEEVENTS.
///
///     "ROW_ID","SUBJECT_ID","HADM_ID","CHARTDATE","CHARTTIME","STORETIME","CATEGORY",
///       "DESCRIPTION","CGID","ISERROR","TEXT"
///     174,22532,167853,"2151-08-04",,,"Discharge summary","Report",,,"Admission Date: [**2151-7-16**] …
///
/// Columns may stand in any order, and their names in lower case as in the demo; texts are quoted,
/// over many lines, and may have CRLF ends. Notes that a clinician marked as wrong (`ISERROR` 1) are
/// rejected as `error-note`. The text is split by `NoteSections`; the group is the patient. Tags
/// `category`, `description` and `admission` are there to filter by (`include_tags`).
///
/// The option `placeholders: type` makes `[HOSPITAL]` of `[**Hospital1 18**]`.
///
/// Format: mimic.mit.edu/docs/iii/tables/noteevents, version 1.4.
struct MIMICIIINotes: CorpusReader {
  static let facts = CorpusFacts(
    name: "mimic-iii-notes", title: "MIMIC-III clinical notes (NOTEEVENTS)", shape: .note,
    license: .physioNetCredentialed, language: "en", forms: ".csv, .csv.gz",
    tasks: ["note-summarisation", "note-section-generation", "pre-training-text"],
    isSensitive: true,
    reference: "https://mimic.mit.edu/docs/iii/tables/noteevents",
    options: NoteForm.options,
    signatures: [.table(columns: ["SUBJECT_ID", "HADM_ID", "CATEGORY", "TEXT"])])

  private let settings: ReaderSettings
  private let form: NoteForm

  init(options: ReaderOptions) throws {
    settings = try .unmapped(Self.facts, options)
    form = try NoteForm(settings)
  }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return name.kind == "csv" && !name.isLitter && name.stem.lowercased().contains("noteevents")
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    var outlet = ReadingOutlet()
    let format = CSVFormat(maximumFieldBytes: 16 << 20)
    try EnoughReadings.ends {
      try TableRows(columns: Self.columns, format: format, takesLowercase: true).read(&entry) {
        row in
        switch row {
        case .success(let row): try read(row, &outlet, into: sink)
        case .failure(let error):
          try outlet.reject(
            "", error.reason, value: error.value, at: error.position.byteOffset, to: sink)
        }
      }
    }
  }

  private func read(
    _ row: CSVRow, _ outlet: inout ReadingOutlet, into sink: ReadingSink
  ) throws {
    let offset = row.byteOffset
    let id = cell("ROW_ID", of: row)
    let patient = cell("SUBJECT_ID", of: row)
    for (name, value) in [("ROW_ID", id), ("SUBJECT_ID", patient)] where value.isEmpty {
      return try outlet.reject(id, .missingField, value: name, at: offset, to: sink)
    }
    guard cell("ISERROR", of: row) != "1" else {
      return try outlet.reject(id, .errorNote, at: offset, to: sink)
    }
    let text = value("TEXT", of: row)
    guard !TidyText.isBlank(text) else {
      return try outlet.reject(id, .emptyText, at: offset, to: sink)
    }
    let time = cell("CHARTTIME", of: row)
    let note = Note(
      sections: form.sections(of: text, minimumRule: 3),
      category: cell("CATEGORY", of: row),
      patient: patient, admission: cell("HADM_ID", of: row),
      time: time.isEmpty ? cell("CHARTDATE", of: row) : time)
    let tags = [
      Tag("category", note.category), Tag("description", cell("DESCRIPTION", of: row)),
      Tag("admission", note.admission),
    ].filter { !$0.value.isEmpty }
    try outlet.pass(
      settings.record(
        id: id, groups: [GroupKey(.patient, patient)], tags: tags, content: .note(note)),
      at: offset, to: sink)
  }

  /// A cell without the blanks that CATEGORY has at its end (`Nursing `, `Physician `).
  private func cell(_ name: String, of row: CSVRow) -> String {
    TidyText.line(value(name, of: row))
  }

  private func value(_ name: String, of row: CSVRow) -> String {
    row[name] ?? row[name.lowercased()] ?? ""
  }

  private static let columns = ["ROW_ID", "SUBJECT_ID", "CATEGORY", "TEXT"]
}
