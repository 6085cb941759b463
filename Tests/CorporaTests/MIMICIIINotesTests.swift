import Records
import Testing

@testable import Corpora

struct MIMICIIINotesTests {
  @Test func `columns may stand in any order and in lower case`() throws {
    let table = "text,category,subject_id,row_id\n\"Plan:\nrest\",ECG,7,1\n"
    let records = try readings(table).compactMap(\.record)
    #expect(records.map(\.id) == ["1"])
    #expect(records.map(\.groups) == [[GroupKey(.patient, "7")]])
  }

  @Test func `a table without the columns is an error at its header`() throws {
    let error = try #require(throws: Diagnostic.self) { try readings("ROW_ID,TEXTS\n1,x\n") }
    #expect(error.message == "the header has no column 'SUBJECT_ID'")
  }

  @Test func `a row that is too short shifts nothing`() throws {
    let table = "ROW_ID,SUBJECT_ID,CATEGORY,TEXT\n1,7,ECG\n2,8,ECG,Sinus rhythm.\n"
    #expect(try readings(table).map { $0.rejection?.reason } == [.malformed, nil])
    #expect(try readings(table).last?.record?.id == "2")
  }

  @Test func `only NOTEEVENTS is read`() throws {
    let reader = try MIMICIIINotes(options: ReaderOptions())
    #expect(reader.accepts(path: "mimic/NOTEEVENTS.csv.gz"))
    #expect(!reader.accepts(path: "mimic/ADMISSIONS.csv.gz"))
  }

  private func readings(_ table: String) throws -> [Reading] {
    try MIMICIIINotes(options: ReaderOptions()).readings(of: table, path: "NOTEEVENTS.csv")
  }
}
