import Records
import Testing

@testable import Corpora

struct MIMICIVNotesTests {
  @Test(arguments: [
    ("mimic-iv-note/2.2/note/discharge.csv.gz", true), ("note/radiology.csv", true),
    ("note/discharge_detail.csv.gz", false), ("note/radiology_detail.csv", false),
    ("hosp/admissions.csv.gz", false),
  ])
  func `only the two tables of notes are read`(path: String, isRead: Bool) throws {
    #expect(try MIMICIVNotes(options: ReaderOptions()).accepts(path: path) == isRead)
  }

  @Test func `placeholders may be written by the label before them`() throws {
    let table = "note_id,subject_id,text\n7-DS-1,7,\"Attending: ___.\nPlan:\nSee ___\"\n"
    let reader = try MIMICIVNotes(options: ReaderOptions(options: ["placeholders": "type"]))
    let record = try #require(try reader.readings(of: table, path: "discharge.csv").first?.record)
    guard case .note(let note) = record.content else { return #expect(Bool(false)) }
    #expect(note.sections.map(\.text) == ["[NAME].", "See ___"])
  }

  @Test func `sections may be joined to the four of SOAP`() throws {
    let table = "note_id,subject_id,text\n7-DS-1,7,\"CC: x\nPMH: y\nPlan: z\"\n"
    let reader = try MIMICIVNotes(options: ReaderOptions(options: ["sections": "soap"]))
    let record = try #require(try reader.readings(of: table, path: "discharge.csv").first?.record)
    guard case .note(let note) = record.content else { return #expect(Bool(false)) }
    #expect(note.sections.map(\.code) == ["subjective", "assessment_and_plan"])
  }
}
