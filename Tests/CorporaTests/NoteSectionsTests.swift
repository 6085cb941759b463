import Records
import Testing

@testable import Corpora

struct NoteSectionsTests {
  @Test func `a heading may stand alone or before its text`() {
    let sections = NoteSections.sections(of: "HPI: cough\nsince May\n\nAllergies:\nNone\n")
    #expect(
      sections == [
        NoteSection(code: "GENHX", header: "HPI", text: "cough\nsince May"),
        NoteSection(code: "ALLERGY", header: "Allergies", text: "None"),
      ])
  }

  @Test func `what stands before the first heading is a section without one`() {
    let sections = NoteSections.sections(of: "Seen today.\nPlan: tea")
    #expect(sections.map(\.header) == ["", "Plan"])
  }

  @Test(arguments: [
    "Disp:*30 Tablet(s)*", "DISP: 30", "Sig: One (1) Tablet", "at 10:30: better", "Dear Dr. Who:",
    "[**Hospital: 1**] note", "BP: 120/80", "the plan: tea",
    "He said that all of it was this one plan: tea", "WBC-5: low", "HR:80",
  ])
  func `is no heading`(line: String) {
    #expect(NoteSections.sections(of: "x\n" + line).map(\.header) == [""])
  }

  @Test(arguments: [
    ("A/P:", "ASSESSMENT"), ("Assessment and Plan:", "ASSESSMENT"),
    ("ASSESSMENT & PLAN:", "ASSESSMENT"),
    ("Past Medical History:", "PASTMEDICALHX"), ("SOCIAL HISTORY:", "FAM/SOCHX"),
    ("Physical Exam:", "EXAM"), ("ED Course:", "EDCOURSE"), ("DISPOSITION:", "DISPOSITION"),
    ("OB/GYN HISTORY:", "GYNHX"), ("Brief Hospital Course:", ""), ("WARD ROUND REMARKS:", ""),
  ])
  func `is a heading with its code`(line: String, code: String) {
    let sections = NoteSections.sections(of: line + "\ntext")
    #expect(sections == [NoteSection(code: code, header: String(line.dropLast()), text: "text")])
  }

  @Test func `a heading inside a de-identification tag is none`() {
    let note = "Seen by [**Name\nPlan: 1**] today\nPlan: tea"
    #expect(
      NoteSections.sections(of: note) == [
        NoteSection(text: "Seen by [**Name\nPlan: 1**] today"),
        NoteSection(code: "PLAN", header: "Plan", text: "tea"),
      ])
  }

  @Test func `joining the sections loses nothing but white space`() {
    let lines = [
      "Plan: tea", "PLAN:", "", "  ", "Disp:*30*", "[**Name", "A/P:", "**] x", "HPI :  y", " a: b",
      "Allergies:\r", "é: ü", "ROS: neg. ", ":", "WARD ROUND:", "\tVitals:\t37 °C",
    ]
    var state: UInt64 = 42
    for _ in 0..<500 {
      var note: [String] = []
      for _ in 0..<12 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        note.append(lines[Int(state >> 33) % lines.count])
      }
      let text = note.joined(separator: "\n")
      let joined = NoteSections.sections(of: text).joinedText
      #expect(joined.filter { !$0.isWhitespace } == text.filter { !$0.isWhitespace })
    }
  }

  @Test func `every code is one of the twenty of MTS-Dialog`() {
    let codes = Set(NoteHeadings.codes.values)
    #expect(codes.count == 20)
    #expect(NoteHeadings.codes.keys.allSatisfy { $0 == NoteSections.normalised($0.utf8) })
  }
}
