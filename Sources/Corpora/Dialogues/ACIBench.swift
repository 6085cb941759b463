import Formats
import Records

/// Visits between doctor and patient, with the whole note or a part of it.
///
///     dataset,encounter_id,dialogue,note
///     virtassist,D2N001,"[doctor] hi , martha . how are you ?
///     [patient] i'm doing okay .","CHIEF COMPLAINT
///
///     Annual exam. …"
///
///     {"data": [{"src": "[doctor] …", "tgt": "…", "file": "D2N001-virtassist-objective_results"}]}
///
/// The tables of `challenge_data` hold whole notes, its JSON files whole notes (`train_full.json`,
/// `valid.json`) and the four parts that the challenge scores (`…_subjective`, `…_objective_exam`,
/// `…_objective_results`, `…_assessment_and_plan`); the tables of `src_experiment_data` the same visits
/// by another transcription. A part is one section, named; a whole note is one section without a
/// heading, kept as it was written. JSON files of `src_experiment_data_json` number visits otherwise and
/// are not read.
///
/// All that is of one visit shares a group. `train`, `valid` and the three test sets
/// (`clinicalnlp_taskB_test1`, `clinicalnlp_taskC_test2`, `clef_taskC_test3`) are official splits; `set`,
/// `dataset` (aci, virtassist, virtscribe) and what `…_metadata.csv` says of patients and complaints
/// are tags.
///
/// Format: github.com/wyim/aci-bench, 2023.
struct ACIBench: IndexingReader {
  static let facts = CorpusFacts(
    name: "aci-bench", title: "ACI-Bench: visits and their notes", shape: .dialogue,
    license: .ccBy4, language: "en", forms: ".csv, .json",
    tasks: ["note-generation", "section-generation", "dialogue-response"],
    reference: "https://github.com/wyim/aci-bench",
    signatures: [.table(columns: ["dataset", "encounter_id", "dialogue", "note"])])

  private let settings: ReaderSettings
  /// What the metadata say of each visit.
  private var visits: [String: [Tag]] = [:]

  init(options: ReaderOptions) throws { settings = try .unmapped(Self.facts, options) }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    guard !name.isLitter, !indexes(path: path) else { return false }
    return name.kind == "csv"
      || (name.kind == "json" && name.folders.last != "src_experiment_data_json")
  }

  func indexes(path: String) -> Bool {
    let name = EntryName(path)
    return name.kind == "csv" && name.stem.hasSuffix("_metadata") && !name.isLitter
  }

  mutating func index(_ entry: inout some EntryBytes) throws {
    try TableRows(columns: ["encounter_id"]).read(&entry) { row in
      let row = try row.get()
      let id = TidyText.line(row["encounter_id"] ?? "")
      visits[id] = Self.metadata.compactMap { column, tag in
        let value = TidyText.line(row[column] ?? "")
        return value.isEmpty ? nil : Tag(tag, value)
      }
    }
  }

  private static let metadata = [
    ("patient_gender", "patient_gender"), ("patient_age", "patient_age"),
    ("cc", "chief_complaint"), ("2nd_complaints", "other_complaints"),
  ]

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let file = VisitFile(entry.path)
    var outlet = ReadingOutlet()
    try EnoughReadings.ends {
      if file.isTable {
        try readTable(&entry, file, &outlet, into: sink)
      } else {
        try readList(&entry, file, &outlet, into: sink)
      }
    }
  }

  private func readTable(
    _ entry: inout some EntryBytes, _ file: VisitFile, _ outlet: inout ReadingOutlet,
    into sink: ReadingSink
  ) throws {
    try TableRows(columns: ["dataset", "encounter_id", "dialogue", "note"]).read(&entry) { row in
      switch row {
      case .failure(let error):
        try outlet.reject(
          "", error.reason, value: error.value, at: error.position.byteOffset, to: sink)
      case .success(let row):
        let visit = Visit(
          encounter: TidyText.line(row["encounter_id"] ?? ""),
          dataset: TidyText.line(row["dataset"] ?? ""), part: nil,
          dialogue: row["dialogue"] ?? "", note: row["note"] ?? "")
        try hand(visit, file, at: row.byteOffset, &outlet, into: sink)
      }
    }
  }

  private func readList(
    _ entry: inout some EntryBytes, _ file: VisitFile, _ outlet: inout ReadingOutlet,
    into sink: ReadingSink
  ) throws {
    let path = entry.path
    let root = try JSONDocument(parsing: try entry.allBytes()).root
    guard let list = root["data"], list.kind == .array else {
      throw Diagnostic(
        at: Position(entry: path), "not ACI-Bench: it is an object with the list 'data'")
    }
    for item in list.elements {
      let name = (item["file"]?.string ?? "").split(separator: "-", maxSplits: 2).map(String.init)
      let visit = Visit(
        encounter: name.first ?? "", dataset: name.count > 1 ? name[1] : "",
        part: name.count > 2 ? name[2] : nil, dialogue: item["src"]?.string ?? "",
        note: item["tgt"]?.string ?? "")
      try hand(visit, file, at: item.byteOffset, &outlet, into: sink)
    }
  }

  private func hand(
    _ visit: Visit, _ file: VisitFile, at offset: Int, _ outlet: inout ReadingOutlet,
    into sink: ReadingSink
  ) throws {
    let names: [String?] = [visit.encounter, file.transcription, visit.part]
    let id = names.compactMap(\.self)
      .joined(separator: "-")
    guard !visit.encounter.isEmpty else {
      let value = file.isTable ? "encounter_id" : "file"
      return try outlet.reject("", .missingField, value: value, at: offset, to: sink)
    }
    let turns = BracketedTurns.turns(of: visit.dialogue)
    guard !turns.isEmpty else {
      return try outlet.reject(id, .emptyText, value: "dialogue", at: offset, to: sink)
    }
    guard !TidyText.isBlank(visit.note) else {
      return try outlet.reject(id, .emptyText, value: "note", at: offset, to: sink)
    }
    try outlet.pass(
      record(of: visit, id: id, file, Dialogue(turns: turns, target: [visit.section])),
      at: offset, to: sink)
  }

  private func record(
    of visit: Visit, id: String, _ file: VisitFile, _ dialogue: Dialogue
  ) -> Record {
    let tags = [
      Tag("set", file.set), Tag("dataset", visit.dataset),
      Tag("transcription", file.transcription ?? ""), Tag("part", visit.part ?? "full"),
    ]
    return settings.record(
      id: id, groups: [GroupKey(.dialogue, "aci-bench/\(visit.encounter)")],
      officialSplit: file.split,
      tags: tags.filter { !$0.value.isEmpty } + (visits[visit.encounter] ?? []),
      content: .dialogue(dialogue))
  }
}

/// A row of either form.
private struct Visit {
  let encounter: String
  let dataset: String
  /// The part of the note, as the file names call it; nil for the whole.
  let part: String?
  let dialogue: String
  let note: String

  /// The part as the one section of its name; a whole note has no heading.
  var section: NoteSection {
    let text = TidyText.trimmed(note)
    guard let part else { return NoteSection(text: text) }
    let words = part.split(separator: "_").joined(separator: " ")
    return NoteSection(
      code: part.uppercased(), header: words.prefix(1).uppercased() + words.dropFirst(), text: text)
  }
}

/// A file of the corpus, by its name.
private struct VisitFile {
  let isTable: Bool
  /// `train`, `valid`, `test1`, `test2`, `test3`; else the file's own name.
  let set: String
  let split: Split?
  /// The transcription of the experiments' files (`aci_asr`); nil for those of the challenge.
  let transcription: String?

  init(_ path: String) {
    let name = EntryName(path)
    isTable = name.kind == "csv"
    let words = name.stem.split(separator: "_").map(String.init)
    set = words.first { Split(corpusName: $0) != nil || $0.hasPrefix("test") } ?? name.stem
    split = set.hasPrefix("test") ? .test : Split(corpusName: set)
    let isExperiment = name.folders.last == "src_experiment_data"
    transcription = isExperiment ? words.dropFirst().joined(separator: "_") : nil
  }
}
