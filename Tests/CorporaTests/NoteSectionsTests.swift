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
    "He said that all of it was this one plan: tea", "WBC-5: low", "HR:80", "NKDA", "S: cough",
    "A: 36 P: 80", "PE", "Cc: a friend", "Plan", "Imp at rest", "PMH-asthma", "___", "Family",
    "Rest and plan",
  ])
  func `is no heading`(line: String) {
    #expect(NoteSections.sections(of: "x\n" + line).map(\.header) == [""])
  }

  @Test(arguments: [
    ("A/P:", "ASSESSMENT"), ("Assessment and Plan:", "ASSESSMENT"),
    ("ASSESSMENT & PLAN:", "ASSESSMENT"),
    ("Past Medical History:", "PASTMEDICALHX"), ("SOCIAL HISTORY:", "FAM/SOCHX"),
    ("Physical Exam:", "EXAM"), ("ED Course:", "EDCOURSE"), ("DISPOSITION:", "DISPOSITION"),
    ("OB/GYN HISTORY:", "GYNHX"), ("PMH:", "PASTMEDICALHX"), ("DH:", "MEDICATIONS"),
    ("SH:", "FAM/SOCHX"), ("FH:", "FAM/SOCHX"), ("O/E:", "EXAM"), ("Imp:", "ASSESSMENT"),
    ("Hx:", "GENHX"), ("PC:", "CC"), ("Ix:", "LABS"), ("Vitals:", "EXAM"),
    ("Brief Hospital Course:", ""), ("WARD ROUND REMARKS:", ""),
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

  @Test(arguments: ["ASSESSMENT AND PLAN", "Past Medical History", "PLAN", " FINAL REPORT ", "ROS"])
  func `a known heading that is all of its line needs no colon`(line: String) {
    let header = line.filter { $0 != " " || line.hasPrefix("PLAN") }
    let sections = NoteSections.sections(of: line + "\ntext")
    #expect(sections.map { $0.header.filter { $0 != " " } } == [header.filter { $0 != " " }])
    #expect(sections.map(\.text) == ["text"])
  }

  @Test(arguments: [
    ("PMH - asthma", "PMH", "asthma"), ("O/E well, chest clear", "O/E", "well, chest clear"),
    ("Imp – viral", "Imp", "viral"),
  ])
  func `British shorthand may have a dash, and O/E nothing`(
    line: String, header: String, text: String
  ) {
    let sections = NoteSections.sections(of: line)
    #expect(sections.map(\.header) == [header])
    #expect(sections.map(\.text) == [text])
  }

  @Test func `the letters of SOAP are headings where all four come in order`() {
    let sections = NoteSections.sections(of: "S: cough\nO: T 37\nA: cold\nP: tea\nS: again")
    #expect(sections.map(\.header) == ["S", "O", "A", "P", "S"])
    #expect(sections.map(\.code) == ["", "", "ASSESSMENT", "PLAN", ""])
    #expect(
      sections.map(SOAPGroup.init(of:)) == [
        .subjective, .objectiveExam, .assessmentAndPlan, .assessmentAndPlan, .subjective,
      ])
  }

  @Test(arguments: [
    ("Admission Date:  ___   Discharge Date:   ___", ["Admission Date", "Discharge Date"], "___"),
    ("Date of Birth:  ___             Sex:   ___", ["Date of Birth", "Sex"], "___"),
    ("Name:  ___     Unit No:   ___", ["Name", "Unit No"], "___"),
    (
      "Admission Date: [**2150-1-1**] Discharge Date: [**2150-1-1**]",
      ["Admission Date", "Discharge Date"], "[**2150-1-1**]"
    ),
  ])
  func `a line of a form has two headings`(line: String, headers: [String], text: String) {
    let sections = NoteSections.sections(of: line)
    #expect(sections.map(\.header) == headers)
    #expect(sections.map(\.text) == [text, text])
  }

  @Test func `a rule ends a section; a placeholder alone on its line does not`() {
    let note = "Plan:\n___\nrest\n_____________\nSeen by ___"
    let wanted = [
      NoteSection(code: "PLAN", header: "Plan", text: "___\nrest"),
      NoteSection(text: "Seen by ___"),
    ]
    #expect(NoteSections.sections(of: note, minimumRule: 10) == wanted)
    #expect(
      NoteSections.sections(of: note, minimumRule: 3).map(\.text) == ["", "rest", "Seen by ___"])
  }

  @Test func `a tag that is never closed hides no heading`() {
    #expect(NoteSections.sections(of: "x [**Name\nPlan: tea").map(\.header) == ["", "Plan"])
  }

  @Test func `the examination of a radiology report is no physical examination`() {
    let report = NoteSections.sections(of: "EXAMINATION: CT HEAD\nTECHNIQUE: plain\nFINDINGS: none")
    #expect(report.map(\.code) == ["", "", "IMAGING"])
    #expect(NoteSections.sections(of: "Examination: clear").map(\.code) == ["EXAM"])
  }

  @Test func `groups of SOAP take in their sections, headings and all`() {
    let sections = NoteSections.sections(
      of: "Service: A\nCC: cough\nExam: clear\nPMH: none\nLabs: fine\nA/P: rest\nPlan: tea")
    #expect(
      sections.joinedBySOAPGroup() == [
        NoteSection(header: "Service", text: "A"),
        NoteSection(
          code: "subjective", header: "Subjective", text: "CC:\ncough\n\nPMH:\nnone"),
        NoteSection(code: "objective_exam", header: "Objective exam", text: "Exam:\nclear"),
        NoteSection(code: "objective_results", header: "Objective results", text: "Labs:\nfine"),
        NoteSection(
          code: "assessment_and_plan", header: "Assessment and plan",
          text: "A/P:\nrest\n\nPlan:\ntea"),
      ])
  }

  @Test func `joining the sections loses nothing but white space`() {
    let lines = [
      "Plan: tea", "PLAN:", "", "  ", "Disp:*30*", "[**Name", "A/P:", "**] x", "HPI :  y", " a: b",
      "PMH - z", "O/E w",
      "PLAN", "Date of Birth: x Sex: y", "S: 1", "O: 2", "A: 3", "P: 4",
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
      let isKept = { (character: Character) in !character.isWhitespace && !":-".contains(character)
      }
      #expect(joined.filter(isKept) == text.filter(isKept))
    }
  }

  @Test func `every code is one of the twenty of MTS-Dialog`() {
    let codes = Set(NoteHeadings.codes.values)
    #expect(codes.count == 20)
    #expect(NoteHeadings.codes.keys.allSatisfy { $0 == NoteSections.normalised($0.utf8) })
  }
}
