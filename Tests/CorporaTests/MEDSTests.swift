import Foundation
import Records
import Testing

@testable import Corpora

struct MEDSTests {
  @Test func `a subject whose rows are scattered is an error with the row`() throws {
    let entry = try apartEntry("meds-scattered.parquet")
    let error = try #require(throws: Diagnostic.self) {
      try MEDS(options: ReaderOptions()).readings(of: entry)
    }
    #expect(error.position == Position(entry: entry.path, record: 3))
    #expect(error.hint == "sort the file by subject_id and time, as MEDS asks")
  }

  @Test func `events are put in the order of time, static ones first`() throws {
    let entry = try apartEntry("meds-unordered.parquet")
    let record = try MEDS(options: ReaderOptions()).readings(of: entry).first?.record
    guard case .timeline(let timeline) = record?.content else {
      Issue.record("there is no timeline")
      return
    }
    #expect(timeline.events.map(\.time) == ["", "2100-01-01T00:00:00", "2100-01-03T00:00:00"])
  }

  @Test func `a file without MEDS' columns is an error that names one`() throws {
    let error = try #require(throws: Diagnostic.self) {
      try MEDS(options: ReaderOptions()).readings(of: apartEntry("medqa.parquet"))
    }
    #expect(error.message == "not MEDS: the Parquet file has no column 'subject_id'")
  }

  @Test func `metadata is indexed, not read, and found without opening shards`() throws {
    let reader = try MEDS(options: ReaderOptions())
    #expect(reader.accepts(path: "data/train/0.parquet"))
    #expect(!reader.accepts(path: "metadata/codes.parquet"))
    #expect(!reader.accepts(path: "metadata/other.parquet"))
    #expect(!reader.accepts(path: "metadata/dataset.json"))
    #expect(reader.indexes(path: "x/metadata/subject_splits.parquet"))
    #expect(reader.mayHoldIndex(file: "metadata/codes.parquet"))
    #expect(reader.mayHoldIndex(file: "meds.zip"))
    #expect(!reader.mayHoldIndex(file: "data/train/0.parquet"))
  }

  @Test(arguments: [
    ("LAB//50971//mEq/L", Event.Kind.observation, "LAB", "50971", "mEq/L", "LAB 50971"),
    ("LAB//223901//UNK", .observation, "LAB", "223901", "", "LAB 223901"),
    (
      "SUBJECT_FLUID_OUTPUT//226559//ml", .observation, "SUBJECT_FLUID_OUTPUT", "226559", "ml",
      "Subject fluid output 226559"
    ),
    ("DIAGNOSIS//ICD//9//7291", .diagnosis, "ICD-9-CM", "729.1", "", "Diagnosis 729.1"),
    (
      "PROCEDURE//ICD//10//0DJ08ZZ", .procedure, "ICD-10-PCS", "0DJ08ZZ", "",
      "Procedure 0DJ08ZZ"
    ),
    ("PROCEDURE//START//224275", .procedure, "PROCEDURE", "224275", "", "Procedure 224275, start"),
    (
      "MEDICATION//STOP//Glucagon", .medication, "", "MEDICATION//STOP//Glucagon", "",
      "Glucagon, stop"
    ),
    (
      "MEDICATION//Senna//Not Given", .medication, "", "MEDICATION//Senna//Not Given", "",
      "Senna, Not Given"
    ),
    (
      "INFUSION_START//225158", .medication, "INFUSION", "225158", "",
      "Infusion 225158, start"
    ),
    (
      "ICU_DISCHARGE//Unit (MICU/SICU)", .encounter, "", "ICU_DISCHARGE//Unit (MICU/SICU)", "",
      "ICU discharge: Unit (MICU/SICU)"
    ),
    ("Blood Pressure", .other, "", "Blood Pressure", "", "Blood Pressure"),
    ("LAB", .observation, "", "LAB", "", "LAB"),
    ("//", .other, "", "//", "", ""),
  ])
  func `codes are taken apart`(
    text: String, kind: Event.Kind, system: String, code: String, unit: String, display: String
  ) {
    let parts = MEDSCode(text)
    #expect(parts.kind == kind)
    #expect(parts.system == system)
    #expect(parts.code == code)
    #expect(parts.unit == unit)
    #expect(parts.display == display)
  }

  @Test func `a parent code has the usual name of its system`() {
    #expect(MEDSCode.parent("ICD10CM/I95.1")?.system == "ICD-10-CM")
    #expect(MEDSCode.parent("LOINC/2823-3")?.code == "2823-3")
    #expect(MEDSCode.parent("LOINC") == nil)
    #expect(MEDSCode.parent("") == nil)
  }
}

/// A file that is part of no reader's fixture.
func apartEntry(_ name: String) throws -> BufferedEntry {
  let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures/apart/\(name)")
  return BufferedEntry(path: name, bytes: Array(try Data(contentsOf: file)))
}
