import Records
import Testing

@testable import Corpora

struct AnaforaTests {
  @Test func `offsets that only fit CRLF line ends are moved`() throws {
    let record = try read("One.\nTwo gout.\n", spans: ["10,14"])
    #expect(record?.tag("offsets") == "crlf")
    #expect(record?.annotatedText?.entities.map(\.text) == ["gout"])
  }

  @Test func `offsets that fit as they are stay`() throws {
    let record = try read("One.\nTwo gout.\n", spans: ["9,13", "5,8"])
    #expect(record?.tag("offsets") == nil)
    #expect(record?.annotatedText?.entities.map(\.text) == ["Two", "gout"])
  }

  @Test func `a unit may stand right behind its number`() throws {
    #expect(try read("Took 20mg.", spans: ["5,7", "7,9"])?.annotatedText?.entities.count == 2)
  }

  @Test func `a pattern of paths names the patient`() throws {
    let record = try read("A gout.", spans: ["2,6"], options: ["patient": "{patient}_*"])
    #expect(record?.groups == [GroupKey(.patient, "p1")])
  }

  private func read(
    _ note: String, spans: [String], options: [String: String] = [:]
  ) throws -> Record? {
    var reader = try Anafora(options: ReaderOptions(license: .cc0, options: options))
    let entities = spans.enumerated().map { index, span in
      "<entity><id>\(index)@e</id><span>\(span)</span><type>Sign</type></entity>"
    }.joined()
    let xml = "<data><annotations>\(entities)</annotations></data>"
    var entry = BufferedEntry(path: "p1_note.gold.completed.xml", bytes: Array(xml.utf8))
    try reader.index(&entry)
    return try reader.readings(of: note, path: "p1_note").first?.record
  }
}
