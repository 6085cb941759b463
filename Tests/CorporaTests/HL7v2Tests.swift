import Records
import Testing

@testable import Corpora

struct HL7v2Tests {
  @Test(arguments: [
    ("2024", "2024"), ("202405", "2024-05"), ("20240501", "2024-05-01"),
    ("2024050112", "2024-05-01T12:00"), ("202405011230", "2024-05-01T12:30"),
    ("20240501123015", "2024-05-01T12:30:15"), ("20240501123015.25", "2024-05-01T12:30:15.25"),
    ("202405011230+0215", "2024-05-01T12:30+02:15"),
    ("202405011230-0500", "2024-05-01T12:30-05:00"),
    ("20240501+0200", "2024-05-01"), ("", ""), ("soon", "soon"), ("202", "202"), ("20245", "20245"),
  ])
  func `times become ISO 8601 as far as they are known`(time: String, iso: String) {
    #expect(HL7Time.iso(time) == iso)
  }

  @Test func `observations keep value, unit, range, flag and status, and the encounter`() throws {
    let events = try events(
      """
      PV1|1|I|||||||||||||||||V1
      OBX|1|NM|2345-7^Glucose^LN||10.1|mmol/L|3.9-5.8|H~A|||F|||20240501
      """)
    #expect(
      events.last
        == Event(
          kind: .observation, time: "2024-05-01", code: "2345-7", system: "LOINC",
          display: "Glucose", value: "10.1", unit: "mmol/L", flag: "H, A", range: "3.9-5.8",
          status: "F", encounter: "V1"))
  }

  @Test func `lines of one text are one note, those of another are not`() throws {
    let events = try events(
      """
      OBX|1|TX|1^Report||a||||||F
      OBX|2|TX|1^Report||b~c||||||F
      OBX|3|FT|2^Letter||d\\.br\\e||||||F
      NTE|1||f
      """)
    #expect(events.map(\.value) == ["a\nb\nc", "d\ne", "f"])
    #expect(events.allSatisfy { $0.kind == .note })
  }

  @Test(arguments: [
    ("NM", "72", "72"), ("SN", ">^100", ">100"), ("SN", "1^:^128", "1:128"),
    ("CWE", "1^not seen^SCT^^^^^^None", "not seen"), ("CE", "^^^2^two^L", "two"),
    ("DT", "20240501", "2024-05-01"), ("NM", "60~120", "60; 120"), ("XPN", "Doe^Jane", "Doe Jane"),
  ])
  func `values are read by their type`(type: String, field: String, value: String) throws {
    #expect(try events("OBX|1|\(type)|1^Test||\(field)").map(\.value) == [value])
  }

  @Test func `results taken back and pictures are counted, not told`() throws {
    let readings = try readings(
      "OBX|1|NM|1^X||1|||||D\nOBX|1|NM|1^X||1||||||W\nPRB|DE|2024|1^Gout\nDG1|1||2^Flu||||||||||||||||||D\nOBX|2|ED|2^Y||^IM^PNG^Base64^AA==\nNTE|1||z"
    )
    let counts = readings.compactMap { reading -> String? in
      guard case .count(let name, let count) = reading else { return nil }
      return "\(name) \(count)"
    }
    #expect(counts == ["segments 8", "values_not_text 1", "facts_withdrawn 3"])
  }

  @Test func `a vaccine that was refused says so`() throws {
    let event = try #require(
      try events("RXA|0|1|20240501||140^Influenza^CVX|999||||||||||||||RE").first)
    #expect(event.kind == .immunization)
    #expect(event.line == "2024-05-01 immunization: Influenza (refused)")
  }

  @Test func `the events of the patients of a merge are kept apart`() throws {
    let readings = try HL7v2(options: ReaderOptions()).readings(
      of: """
        MSH|^~\\&|A|B|||2024||ADT^A40|1|P|2.4
        EVN|A40|20240501
        PID|1||7^^^M~8^^^N
        NTE|1||first
        PID|1||7^^^M
        NTE|1||first again
        PID|1||9
        NTE|1||second
        """, path: "merge.hl7")
    let records = readings.compactMap(\.record)
    #expect(records.map(\.id) == ["merge.hl7", "merge.hl7#2"])
    #expect(records[0].groups == [GroupKey(.patient, "7@M"), GroupKey(.patient, "8@N")])
    #expect(records[1].groups == [GroupKey(.patient, "9")])
  }

  private func readings(_ segments: String) throws -> [Reading] {
    let message = "MSH|^~\\&|A|B|||2024||ORU^R01|1|P|2.5\nPID|1||7\n\(segments)\n"
    return try HL7v2(options: ReaderOptions()).readings(of: message, path: "m.hl7")
  }

  private func events(_ segments: String) throws -> [Event] {
    guard case .timeline(let timeline) = try readings(segments).compactMap(\.record).first?.content
    else { return [] }
    return timeline.events
  }
}
