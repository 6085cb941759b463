import Records

// The tasks over clinical conversations and notes.

extension TrainingTask {
  /// Conversation → one section of the note.
  static let sectionGeneration = TrainingTask(
    "section-generation", title: "Write a note section from a conversation", shapes: [.dialogue],
    material: ["section_header", "dialogue"], targets: ["section"], templates: "note-section"
  ) { content in
    guard case .dialogue(let dialogue) = content else { return .doesNotFit("shape") }
    guard !dialogue.transcript.isBlank else { return .emptyText("dialogue") }
    guard let section = dialogue.target.first else { return .noTarget("section") }
    // A whole note is a target of summarisation; which of its sections to ask for is not ours to
    // guess.
    guard dialogue.target.count == 1 else {
      return .doesNotFit("\(dialogue.target.count) sections")
    }
    guard !section.text.isBlank else { return .noTarget("section") }
    let header = SectionName.of(section)
    guard !header.isBlank else { return .refused(.missingField, value: "section_header") }
    return .slots([header, dialogue.transcript, section.text])
  }

  /// The rest of a note → its section that sums up.
  static let noteSummarisation = TrainingTask(
    "note-summarisation", title: "Write the summary section of a note", shapes: [.note],
    material: ["section_header", "note", "category"], targets: ["summary"],
    templates: "note-summary"
  ) { content in
    guard case .note(let note) = content else { return .doesNotFit("shape") }
    guard let kind = SummarySection.allCases.first(where: { $0.hasText(in: note) }) else {
      return .noTarget("summary section")
    }
    let summary = note.sections.filter { SummarySection.kind(of: $0) == kind }
    let rest = note.sections.filter { SummarySection.kind(of: $0) != kind }
    guard !rest.allSatisfy(\.text.isBlank) else { return .emptyText("note") }
    return .slots([
      kind.title, rest.joinedText, note.category, paragraphs(summary.map(\.text)),
    ])
  }

  /// The rest of a note → one of its sections.
  ///
  /// Which section is asked for is settled by the note's own text, so that over many notes every
  /// kind comes up; sections of one name are asked for together.
  static let noteSectionGeneration = TrainingTask(
    "note-section-generation", title: "Write a section of a note from the others",
    shapes: [.note], material: ["section_header", "note", "category"], targets: ["section"],
    templates: "note-section-from-note", rejectsRepeatedTarget: true
  ) { content in
    guard case .note(let note) = content else { return .doesNotFit("shape") }
    let names = note.sections.map(SectionName.of)
    let candidates = names.indices.filter { index in
      !names[index].isBlank && note.sections[index].text.hasWords(atLeast: 4)
        && !zip(names, note.sections).allSatisfy { $0 == names[index] || $1.text.isBlank }
    }
    let coded = candidates.filter { !note.sections[$0].code.isEmpty }
    let choices = coded.isEmpty ? candidates : coded
    guard !choices.isEmpty else { return .noTarget("section") }
    let hash = StableHash.of(seed: 0, purpose: "note-section", note.text)
    let name = names[choices[Int(hash % UInt64(choices.count))]]
    let section = names.indices.filter { names[$0] == name }.map { note.sections[$0].text }
    let rest = names.indices.filter { names[$0] != name }.map { note.sections[$0] }
    return .slots([name, rest.joinedText, note.category, paragraphs(section)])
  }
}

extension String {
  fileprivate func hasWords(atLeast count: Int) -> Bool {
    split(maxSplits: count, whereSeparator: \.isWhitespace).count >= count
  }
}

/// The names of note sections as a person says them.
enum SectionName {
  /// The name of a section: by its code, else its heading as written.
  static func of(_ section: NoteSection) -> String {
    byCode[section.code.uppercased()] ?? byCode[section.header.uppercased()]
      ?? (section.header.isBlank ? section.code : section.header)
  }

  /// The 20 section codes of MTS-Dialog (its README, 2023), which readers of other notes map to.
  static let byCode: [String: String] = [
    "ALLERGY": "Allergies",
    "ASSESSMENT": "Assessment",
    "CC": "Chief complaint",
    "DIAGNOSIS": "Diagnosis",
    "DISPOSITION": "Disposition",
    "EDCOURSE": "Emergency department course",
    "EXAM": "Physical examination",
    "FAM/SOCHX": "Family and social history",
    "GENHX": "History of present illness",
    "GYNHX": "Gynecologic history",
    "IMAGING": "Imaging",
    "IMMUNIZATIONS": "Immunizations",
    "LABS": "Laboratory results",
    "MEDICATIONS": "Medications",
    "OTHER_HISTORY": "Other history",
    "PASTMEDICALHX": "Past medical history",
    "PASTSURGICAL": "Past surgical history",
    "PLAN": "Plan",
    "PROCEDURES": "Procedures",
    "ROS": "Review of systems",
  ]
}

/// The sections of a note that sum the rest up, the most telling first.
enum SummarySection: CaseIterable {
  case impression
  case assessmentAndPlan
  case assessment
  case hospitalCourse
  case dischargeDiagnosis
  case summary
  case plan

  var title: String {
    switch self {
    case .impression: "Impression"
    case .assessmentAndPlan: "Assessment and plan"
    case .assessment: "Assessment"
    case .hospitalCourse: "Brief hospital course"
    case .dischargeDiagnosis: "Discharge diagnosis"
    case .summary: "Summary"
    case .plan: "Plan"
    }
  }

  /// Which of them a section is, by its heading, else its code.
  static func kind(of section: NoteSection) -> SummarySection? {
    byName[normalised(section.header)] ?? byName[normalised(section.code)]
  }

  /// Whether the note has such a section with text in it.
  func hasText(in note: Note) -> Bool {
    note.sections.contains { Self.kind(of: $0) == self && !$0.text.isBlank }
  }

  private static let byName: [String: SummarySection] = [
    "impression": .impression,
    "impressions": .impression,
    "clinical impression": .impression,
    "assessment and plan": .assessmentAndPlan,
    "impression and plan": .assessmentAndPlan,
    "a and p": .assessmentAndPlan,
    "assessment": .assessment,
    "assessments": .assessment,
    "brief hospital course": .hospitalCourse,
    "hospital course": .hospitalCourse,
    "summary of hospital course": .hospitalCourse,
    "discharge diagnosis": .dischargeDiagnosis,
    "discharge diagnoses": .dischargeDiagnosis,
    "final diagnosis": .dischargeDiagnosis,
    "final diagnoses": .dischargeDiagnosis,
    "summary": .summary,
    "plan": .plan,
  ]

  /// The name in lower case with one space between words: `ASSESSMENT/PLAN:`, `Assessment & Plan`
  /// and `assessment_and_plan` all become `assessment and plan`.
  private static func normalised(_ name: String) -> String {
    var words: [[UInt8]] = [[]]
    for byte in name.utf8 {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): words[words.count - 1].append(byte | 0x20)
      case UInt8(ascii: "/"), UInt8(ascii: "&"), UInt8(ascii: "+"):
        words += [Array("and".utf8), []]
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
        words[words.count - 1].append(byte)
      default: words.append([])
      }
    }
    return words.filter { !$0.isEmpty }.map { String(decoding: $0, as: UTF8.self) }
      .joined(separator: " ")
  }
}
