/// The four parts of a note that ACI-Bench divides its sections into.
///
/// Format: github.com/wyim/aci-bench, 2023 (`section_tagger.py`).
package enum SOAPGroup: String, Sendable, CaseIterable {
  case subjective
  case objectiveExam = "objective_exam"
  case objectiveResults = "objective_results"
  case assessmentAndPlan = "assessment_and_plan"

  /// The group of a section by its code, one of the 20 of MTS-Dialog, else by its heading.
  package init?(of section: NoteSection) {
    guard
      let group = SOAPGroup(rawValue: section.code) ?? Self.byCode[section.code]
        ?? Self.byHeading[section.header.lowercased()]
    else { return nil }
    self = group
  }

  package var title: String {
    switch self {
    case .subjective: "Subjective"
    case .objectiveExam: "Objective exam"
    case .objectiveResults: "Objective results"
    case .assessmentAndPlan: "Assessment and plan"
    }
  }

  private static let byCode: [String: SOAPGroup] = [
    "CC": .subjective, "GENHX": .subjective, "PASTMEDICALHX": .subjective,
    "PASTSURGICAL": .subjective, "FAM/SOCHX": .subjective, "ALLERGY": .subjective,
    "MEDICATIONS": .subjective, "ROS": .subjective, "GYNHX": .subjective,
    "OTHER_HISTORY": .subjective, "IMMUNIZATIONS": .subjective,
    "EXAM": .objectiveExam,
    "LABS": .objectiveResults, "IMAGING": .objectiveResults, "PROCEDURES": .objectiveResults,
    "ASSESSMENT": .assessmentAndPlan, "PLAN": .assessmentAndPlan,
    "DIAGNOSIS": .assessmentAndPlan, "DISPOSITION": .assessmentAndPlan,
    "EDCOURSE": .assessmentAndPlan,
  ]

  private static let byHeading: [String: SOAPGroup] = [
    "s": .subjective, "subjective": .subjective,
    "o": .objectiveExam, "objective": .objectiveExam,
    "results": .objectiveResults,
  ]
}

extension [NoteSection] {
  /// The sections of each group as one, where its first stood; the others stay as they are.
  ///
  /// A section alone in its group keeps its heading in the text as well.
  package func joinedBySOAPGroup() -> [NoteSection] {
    var joined: [NoteSection] = []
    var seen: Set<SOAPGroup> = []
    for section in self {
      guard let group = SOAPGroup(of: section) else {
        joined.append(section)
        continue
      }
      guard seen.insert(group).inserted else { continue }
      let members = filter { SOAPGroup(of: $0) == group }
      joined.append(
        NoteSection(code: group.rawValue, header: group.title, text: members.joinedText))
    }
    return joined
  }
}
