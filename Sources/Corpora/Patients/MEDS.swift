import Formats
import Records

/// Patients' events in the Medical Event Data Standard, one timeline a patient.
///
///     data/train/0.parquet              subject_id, time, code, numeric_value, text_value, …
///     metadata/codes.parquet            code, description, parent_codes
///     metadata/subject_splits.parquet   subject_id, split: train, tuning or held_out
///
/// The rows of a subject stand together in one file, as the standard asks; a subject that comes back
/// later in a file is an error. Rows without a time are the static ones and come first. `MEDSCode` says
/// how codes are read; descriptions and parent codes of the metadata take the place of what it makes of
/// them. The MIMIC ETL's columns `unit` and `hadm_id` are read where they are. Splits are those of
/// the metadata, or else of the folder under `data`. A row without subject or code, or with a text that
/// is no UTF-8, is rejected by itself.
///
/// Format: github.com/Medical-Event-Data-Standard/meds, version 0.3.3.
struct MEDS: IndexingReader {
  static let facts = CorpusFacts(
    name: "meds", title: "MEDS: patients' events as Parquet", shape: .timeline, license: nil,
    language: "en", forms: ".parquet",
    tasks: ["pre-training-text", "ehr-summarisation", "next-diagnoses", "ehr-prediction"],
    isSensitive: true, reference: "https://github.com/Medical-Event-Data-Standard/meds",
    signatures: [.parquet(columns: ["subject_id", "time", "code"])])

  private let settings: ReaderSettings
  private var codes: [String: Description] = [:]
  private var splits: [String: Split] = [:]

  /// What the metadata says of a code.
  private struct Description {
    var display: String
    /// `LOINC/2823-3`; empty where there is none or there are several.
    var parent: String
  }

  init(options: ReaderOptions) throws { settings = try .unmapped(Self.facts, options) }

  func accepts(path: String) -> Bool {
    ParquetTable.isNamed(path) && EntryName(path).folders.last != "metadata" && !indexes(path: path)
  }

  // MARK: The metadata

  func mayHoldIndex(file: String) -> Bool { !ParquetTable.isNamed(file) || indexes(path: file) }

  func indexes(path: String) -> Bool {
    ParquetTable.isNamed(path) && ["codes", "subject_splits"].contains(EntryName(path).stem)
  }

  mutating func index(_ entry: inout some EntryBytes) throws {
    let isCodes = EntryName(entry.path).stem == "codes"
    let table = try ParquetTable(&entry)
    if isCodes { try indexCodes(table) } else { try indexSplits(table, of: entry.path) }
  }

  private mutating func indexCodes(_ table: ParquetTable) throws {
    try table.require(columns: ["code", "description"], of: "MEDS")
    try table.forEachRow(columns: ["code", "description", "parent_codes"]) { row in
      guard let code = row["code"]?.string else { return }
      let parents = row["parent_codes"]?.array?.compactMap(\.string) ?? []
      codes[code] = Description(
        display: TidyText.line(row["description"]?.string ?? ""),
        parent: parents.count == 1 ? parents[0] : "")
    }
  }

  private mutating func indexSplits(_ table: ParquetTable, of path: String) throws {
    try table.require(columns: ["subject_id", "split"], of: "MEDS")
    try table.forEachRow(columns: ["subject_id", "split"]) { row in
      guard let subject = row["subject_id"]?.text, let name = row["split"]?.string else { return }
      guard let split = Self.split(named: name) else {
        throw Diagnostic(
          at: Position(entry: path, record: row.number + 1),
          "the split of a subject is none of train, tuning and held_out")
      }
      splits[subject] = split
    }
  }

  private static func split(named name: String) -> Split? {
    switch name {
    case "tuning": .validation
    case "held_out": .test
    default: Split(corpusName: name)
    }
  }

  // MARK: The events

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let path = entry.path
    let table = try ParquetTable(&entry)
    try table.require(columns: ["subject_id", "time", "code"], of: "MEDS")
    let folderSplit = EntryName(path).folders.last.flatMap(Self.split)
    var outlet = ReadingOutlet()
    var seen: Set<String> = []
    var patient = Patient(subject: "")
    try EnoughReadings.ends {
      try table.forEachRow(columns: Self.columns) { row in
        let subject = row["subject_id"]?.text ?? ""
        let code = row["code"]?.string ?? ""
        guard row.invalidText == nil, !subject.isEmpty, !code.isEmpty else {
          let missing = subject.isEmpty ? "subject_id" : "code"
          return try outlet.reject(
            "\(path)#\(row.number)", row.invalidText == nil ? .missingField : .invalidEncoding,
            value: row.invalidText ?? missing, to: sink)
        }
        if subject != patient.subject {
          try pass(patient, folderSplit, &outlet, into: sink)
          guard seen.insert(subject).inserted else {
            throw Self.scattered(Position(entry: path, record: row.number + 1))
          }
          patient = Patient(subject: subject)
        }
        patient.take(event(of: row, code: code), code: code)
      }
      try pass(patient, folderSplit, &outlet, into: sink)
    }
  }

  private static let columns: Set = [
    "subject_id", "time", "code", "numeric_value", "text_value", "unit", "hadm_id",
  ]

  private func event(of row: ParquetRow, code text: String) -> Event {
    let code = MEDSCode(text)
    let described = codes[text]
    var event = Event(
      kind: code.kind, time: row["time"]?.string ?? "", code: code.code, system: code.system,
      display: code.display, unit: row["unit"]?.string ?? code.unit,
      encounter: row["hadm_id"]?.text ?? "")
    if let described, !described.display.isEmpty {
      event.display = code.displayed(described.display)
    }
    if let parent = MEDSCode.parent(described?.parent ?? "") {
      (event.system, event.code) = parent
    }
    event.value = Self.value(row["numeric_value"]?.numberText, row["text_value"]?.string ?? "")
    if event.kind == .other, !event.value.isEmpty { event.kind = .observation }
    return event
  }

  /// The number without a fraction of zero, and the words that say what it stands for.
  private static func value(_ number: String?, _ text: String) -> String {
    let text = text.trimmed
    guard var number else { return text }
    if number.hasSuffix(".0") { number.removeLast(2) }
    return text.isEmpty ? number : "\(number) (\(text))"
  }

  private func pass(
    _ patient: Patient, _ folderSplit: Split?, _ outlet: inout ReadingOutlet,
    into sink: ReadingSink
  ) throws {
    guard !patient.subject.isEmpty else { return }
    try outlet.pass(
      settings.record(
        id: patient.subject, groups: [GroupKey(.patient, patient.subject)],
        officialSplit: splits[patient.subject] ?? folderSplit, content: .timeline(patient.timeline)),
      to: sink)
  }

  private static func scattered(_ position: Position) -> Diagnostic {
    Diagnostic(
      at: position, "a subject has rows here and earlier in the file, with others between them",
      hint: "sort the file by subject_id and time, as MEDS asks")
  }
}

/// The events of one subject as they come.
private struct Patient {
  let subject: String
  private var facts: [Tag] = []
  private var events: [Event] = []

  init(subject: String) { self.subject = subject }

  mutating func take(_ event: Event, code: String) {
    if code.hasPrefix("GENDER//") { facts.append(Tag("sex", String(code.dropFirst(8)))) }
    if code == "MEDS_BIRTH" { facts.append(Tag("birth_date", String(event.time.prefix(10)))) }
    events.append(event)
  }

  var timeline: Timeline {
    Timeline(patient: subject, facts: facts, events: events.inTimeOrder())
  }
}
