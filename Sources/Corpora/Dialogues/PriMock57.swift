import Formats
import Records

/// Mock consultations in primary care, with the notes that the doctors wrote.
///
///     transcripts/day1_consultation01_doctor.TextGrid, …_patient.TextGrid
///     notes/day1_consultation01.json
///     {"day": 1, "consultation": 1, "presenting_complaint": "…", "note": "…", "highlights": ["…"]}
///
/// Doctor and patient lie in two files, which are merged by the times at which utterances begin, the
/// doctor's first at equal times; each utterance is a turn. A consultation is read where its note is,
/// one without a note where its doctor's transcript is; one without either transcript is rejected as
/// `missing-counterpart`. Notes stay as written, UK shorthand and all; the presenting complaint and
/// each highlight are tags.
///
/// `TranscriptTags` says what becomes of the transcribers' tags.
///
/// Format: github.com/babylonhealth/primock57, 2022.
struct PriMock57: IndexingReader {
  static let facts = CorpusFacts(
    name: "primock57", title: "PriMock57: mock primary care consultations", shape: .dialogue,
    license: .ccBy4, language: "en", forms: ".tar.gz of .TextGrid and .json",
    tasks: ["note-generation", "dialogue-response"],
    reference: "https://github.com/babylonhealth/primock57",
    options: [TranscriptTags.option],
    signatures: [
      .json(keys: ["presenting_complaint", "note", "highlights"]), .ending(".textgrid"),
    ])

  private let settings: ReaderSettings
  private let tags: TranscriptTags
  /// The utterances by consultation and side, and the consultations that have a note.
  private var utterances: [String: [Turn.Role: [TextGrid.Interval]]] = [:]
  private var notes: Set<String> = []

  init(options: ReaderOptions) throws {
    settings = try .unmapped(Self.facts, options)
    tags = try settings.choice(TranscriptTags.option.name, default: .remove)
  }

  func accepts(path: String) -> Bool { ConsultationFile(path) != nil }

  func indexes(path: String) -> Bool { accepts(path: path) }

  mutating func index(_ entry: inout some EntryBytes) throws {
    guard let file = ConsultationFile(entry.path) else { return }
    guard let side = file.side else {
      notes.insert(file.consultation)
      return
    }
    let grid = try entry.allBytes().withUnsafeBytes { try TextGrid(parsing: $0) }
    utterances[file.consultation, default: [:]][side] = grid.tiers.flatMap(\.intervals)
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    guard let file = ConsultationFile(entry.path) else { return }
    var outlet = ReadingOutlet()
    let bytes = try entry.allBytes()
    try EnoughReadings.ends {
      do {
        guard let record = try record(of: file, bytes) else { return }
        try outlet.pass(record, to: sink)
      } catch let problem as RowProblem {
        try outlet.reject(file.consultation, problem.reason, value: problem.value, to: sink)
      }
    }
  }

  /// The consultation of a note; of a transcript only where there is no note.
  private func record(of file: ConsultationFile, _ bytes: [UInt8]) throws -> Record? {
    guard let side = file.side else {
      let note = try JSONDocument(parsing: bytes).root
      return try record(of: file.consultation, note: note)
    }
    let isFirst = side == .assistant || utterances[file.consultation]?[.assistant] == nil
    guard isFirst, !notes.contains(file.consultation) else { return nil }
    return try record(of: file.consultation, note: nil)
  }

  private func record(of consultation: String, note: JSONNode?) throws -> Record {
    let turns = try turns(of: consultation)
    var target: [NoteSection] = []
    if let note {
      let text = note["note"]?.string ?? ""
      guard !TidyText.isBlank(text) else {
        throw RowProblem(reason: note["note"] == nil ? .missingField : .emptyText, value: "note")
      }
      target = [NoteSection(text: TidyText.trimmed(text))]
    }
    return settings.record(
      id: consultation, groups: [GroupKey(.dialogue, "primock57/\(consultation)")],
      tags: facts(of: note), content: .dialogue(Dialogue(turns: turns, target: target)))
  }

  private func facts(of note: JSONNode?) -> [Tag] {
    let complaint = note?["presenting_complaint"]?.string ?? ""
    let highlights = note?["highlights"]?.elements.compactMap(\.string) ?? []
    return (complaint.isEmpty ? [] : [Tag("presenting_complaint", complaint)])
      + highlights.map { Tag("highlight", $0) }
  }

  private func turns(of consultation: String) throws -> [Turn] {
    let sides = utterances[consultation] ?? [:]
    for (side, name) in Self.speakers where sides[side] == nil {
      throw RowProblem(reason: .missingCounterpart, value: "\(name)'s transcript")
    }
    let spoken = Self.speakers.enumerated().flatMap { order, speaker in
      (sides[speaker.side] ?? []).enumerated().map { place, interval in
        (
          key: (interval.start, order, place), speaker: speaker,
          text: tags.applied(to: interval.text)
        )
      }
    }
    let turns = spoken.filter { !$0.text.isEmpty }.sorted { $0.key < $1.key }.map {
      Turn(role: $0.speaker.side, speaker: $0.speaker.name, text: $0.text)
    }
    guard !turns.isEmpty else { throw RowProblem(reason: .emptyText, value: "transcripts") }
    return turns
  }

  private static let speakers: [(side: Turn.Role, name: String)] = [
    (.assistant, "Doctor"), (.user, "Patient"),
  ]
}

/// A file of the corpus, by its name: `day1_consultation01_doctor.TextGrid`.
private struct ConsultationFile {
  let consultation: String
  /// Whose transcript it is; nil for a note.
  let side: Turn.Role?

  init?(_ path: String) {
    let name = EntryName(path)
    guard !name.isLitter else { return nil }
    switch name.kind {
    case "json":
      guard name.stem.contains("consultation") else { return nil }
      (consultation, side) = (name.stem, nil)
    case "textgrid":
      guard let mark = name.stem.lastIndex(of: "_"),
        let role = SpokenTurns.role(of: String(name.stem[name.stem.index(after: mark)...]))
      else { return nil }
      (consultation, side) = (String(name.stem[..<mark]), role)
    default: return nil
    }
  }
}
