import Foundation
import TestSupport
import Testing

@testable import Templates

struct ClinicalBERTTextTests {
  @Test(arguments: [("mended", false), ("as-published", true)])
  func `an invented note becomes the sentences of its golden file`(
    name: String, isAsPublished: Bool
  ) throws {
    let notes = try #require(Fixture("Fixtures/clinicalbert/notes.txt").text)
    let texts = notes.components(separatedBy: "=====\n").map {
      ClinicalBERTText(isAsPublished: isAsPublished).form(of: $0)
    }
    try expectGolden(
      texts.joined(separator: "\n\n") + "\n", matches: "Fixtures/clinicalbert/\(name).txt")
  }

  @Test func `the first fault: a line that starts with a number is no item, and loses no note`() {
    let note = "1. Fictinol\n2 mg daily at night"
    #expect(mended(note) == "1. Fictinol 2 mg daily at night")
    #expect(published(note) == "")
  }

  @Test func `the second fault: a line after a heading stays though no heading follows`() {
    let note = "Past Medical History:\n\nasthma\n\ngout"
    #expect(mended(note) == "Past Medical History:\nasthma\ngout")
    #expect(published(note) == "Past Medical History:\ngout")
  }

  @Test func `an answer of one line stands behind its heading`() {
    let note = "Service: MEDICINE\nAllergies:\nNone known\nAttending: Dr. Who"
    let text = "Service: MEDICINE\nAllergies: None known\nAttending: Dr. Who"
    #expect(mended(note) == text)
    #expect(published(note) == text)
  }

  @Test func `the lines of dates hold two headings each, and nothing after them is lost`() {
    let note =
      "Admission Date: [**2150-1-1**]  Discharge Date: [**2150-1-2**]\nDate of Birth: [**2100**]  Sex: F\nSeen."
    #expect(
      mended(note)
        == "Admission Date: [**2150-1-1**]\nDischarge Date: [**2150-1-2**]\nDate of Birth: [**2100**]\nSex:\nF\nSeen."
    )
    #expect(published(note) == "")
    #expect(
      published("Admission Date: a Discharge Date: b\nlost\n\nkept.")
        == "Admission Date: a\nDischarge Date:\nkept.")
  }

  @Test func `a prescription's label is no heading; a heading may have small words and brackets`() {
    let note = "History of Present Illness (brief):\ncough\nDisp: 30\nat home: tea"
    #expect(
      mended(note) == "History of Present Illness (brief):\ncough Disp: 30 at home: tea")
  }

  @Test func `placeholders are kept whole, also over a line end and as three underscores`() {
    #expect(
      mended("Seen by [**Name\nPlan: 1. Dr. X**] today.")
        == "Seen by [**Name Plan: 1. Dr. X**] today.")
    #expect(mended("___ was seen by ___. She slept.") == "___ was seen by ___.\nShe slept.")
    #expect(mended("a\n____\nb") == "a\n_____\nb")
    #expect(published("by ___ today") == "by\n_____\ntoday")
  }

  @Test(arguments: [
    (
      "He slept. She woke? Yes! [**Name**] left.",
      ["He slept.", "She woke?", "Yes!", "[**Name**] left."]
    ),
    ("Dr. Who vs. Mr. J. Smith, no. 5.", ["Dr. Who vs. Mr. J. Smith, no. 5."]),
    ("T 37.2 C. no fever", ["T 37.2 C. no fever"]), ("no pain.He left", ["no pain.", "He left"]),
    ("\"It hurts.\" She wept.", ["\"It hurts.\"", "She wept."]),
    ("x-ray clear - no change", ["x-ray clear", "- no change"]),
    ("3. Aspirin daily. Then rest.", ["3. Aspirin daily.", "Then rest."]),
    ("line one\nline two.\nNext", ["line one line two.", "Next"]), ("", []), (" \n ", []),
    ("10⁵/μL. Ja", ["10⁵/μL.", "Ja"]),
  ])
  func `prose is divided into sentences`(text: String, sentences: [String]) {
    #expect(NoteSentences().sentences(of: text) == sentences)
  }

  @Test func `as published a dash ends a sentence`() {
    #expect(NoteSentences(endsAfterDash: true).sentences(of: "clear - no") == ["clear -", "no"])
  }

  @Test func `mended, no word is lost or added, whatever the note`() {
    let lines = [
      "Admission Date: a Discharge Date: b", "Date of Birth: c Sex: d", "Plan:", "Plan: rest", "",
      "1. one", "2 mg", "2. two", "12. x", "Campus: WEST", "[**Name", "1. **] y", "- dash",
      "Disp: 3",
      "word. Word", "____", "Labs (old): 1",
    ]
    var state: UInt64 = 7
    for _ in 0..<2000 {
      var note: [String] = []
      for _ in 0..<9 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        note.append(lines[Int(state >> 33) % lines.count])
      }
      let text = note.joined(separator: "\n")
      let isKept = { (character: Character) in !character.isWhitespace && character != "_" }
      #expect(mended(text).filter(isKept) == text.filter(isKept), "\(text)")
      _ = published(text)
    }
  }

  private func mended(_ note: String) -> String {
    ClinicalBERTText(isAsPublished: false).form(of: note)
  }
  private func published(_ note: String) -> String {
    ClinicalBERTText(isAsPublished: true).form(of: note)
  }
}
