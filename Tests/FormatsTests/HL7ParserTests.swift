import Testing

@testable import Formats

struct HL7ParserTests {
  @Test(arguments: ["\r", "\n", "\r\n", "\r\r", "\n\n"])
  func `segments end with any line end`(end: String) throws {
    let message = try message(["MSH|^~\\&|A||B", "PID|1||7^^^H", "OBX|1"].joined(separator: end))
    #expect(message.segments.map(\.name) == ["MSH", "PID", "OBX"])
    #expect(message.first("PID")?.text(3) == "7")
    #expect(message.first("PID")?.text(3, 4) == "H")
    #expect(message.first("PID")?.text(3, 9) == "")
    #expect(message.first("PID")?.text(30) == "")
  }

  @Test func `the fields of MSH are counted from the sign between them`() throws {
    let header = try #require(try message("MSH|^~\\&|LAB||||2024||ORU^R01|17|P|2.5").first("MSH"))
    #expect(header.text(3) == "LAB")
    #expect(header.text(9) == "ORU")
    #expect(header.text(9, 2) == "R01")
    #expect(header.text(10) == "17")
  }

  @Test func `a message may be divided by signs of its own`() throws {
    let message = try message("MSH#*+!%#LAB\nOBX#1##a*b%c!T!d+e")
    let value = try #require(message.first("OBX"))[3]
    #expect(value.repetitions.map { $0.component(1).text } == ["a", "e"])
    #expect(value.repetitions[0].component(2).subcomponent(2).text == "c%d")
  }

  @Test(arguments: [
    (#"A\T\E"#, "A&E"), (#"\F\\S\\R\\E\"#, #"|^~\"#), (#"a\.br\b"#, "a\nb"),
    (#"\X4142\c"#, "ABc"), (#"x\XC2B5\g"#, "xµg"), (#"\H\bold\N\"#, "bold"),
    (#"a\.sp2\b"#, "a\n\nb"), (#"a\.sk3\b"#, "a   b"), (#"a\.in+4\b"#, "ab"),
    (#"C:\temp\x"#, #"C:\temp\x"#), (#"\X4\"#, #"\X4\"#), (#"end\"#, #"end\"#),
    (#"\.in\"#, #"\.in\"#), ("\"\"", ""), ("  µg/dL ", "µg/dL"), (#"\Zlocal\"#, #"\Zlocal\"#),
  ])
  func `escapes become text, and what is none stays`(field: String, text: String) throws {
    let message = try message("MSH|^~\\&|A\nOBX|\(field)")
    #expect(message.first("OBX")?.text(1) == text)
  }

  @Test func `envelopes, frames and a byte order mark are taken away`() {
    let text =
      "\u{feff}FHS|^~\\&|x\rBHS|^~\\&\r\u{0b}MSH|^~\\&|1\rPID|1\r\u{1c}\r\u{0b}MSH|^~\\&|2\r\u{1c}\rBTS|2\rFTS|1"
    let messages = HL7Parser.messages(in: Array(text.utf8)).compactMap { try? $0.get() }
    #expect(messages.map { $0.segments.map(\.name) } == [["MSH", "PID"], ["MSH"]])
    #expect(messages.map { $0.segments[0].text(3) } == ["1", "2"])
    #expect(messages.map(\.byteOffset) == [24, 44])
    #expect(messages.map(\.line) == [3, 6])
  }

  @Test func `a line that starts like no segment goes on with the one before`() throws {
    let message = try message("MSH|^~\\&|A\nOBX|1|TX|||MRI of head\nMRI was clear|F\nNTE")
    #expect(message.segments.map(\.name) == ["MSH", "OBX", "NTE"])
    #expect(message.first("OBX")?.text(5) == "MRI of head\nMRI was clear")
    #expect(message.first("OBX")?.text(6) == "F")
  }

  @Test func `lines before any MSH are one error, and so is an MSH without signs`() {
    let text = "PID|1\nPV1|1\nMSH|^~\\&|A\nMSH|\nPID|2\nMSHABC\n"
    let errors = HL7Parser.messages(in: Array(text.utf8)).compactMap { result -> HL7Error? in
      guard case .failure(let error) = result else { return nil }
      return error
    }
    #expect(
      errors == [
        HL7Error(kind: .noHeader, line: 1, byteOffset: 0),
        HL7Error(kind: .noDelimiters, line: 4, byteOffset: 23),
        HL7Error(kind: .noDelimiters, line: 6, byteOffset: 34),
      ])
  }

  @Test func `no bytes are no messages`() {
    #expect(HL7Parser.messages(in: []).isEmpty)
    #expect(HL7Parser.messages(in: Array("\n \r\u{1c}".utf8)).isEmpty)
  }

  private func message(_ text: String) throws -> HL7Message {
    try #require(HL7Parser.messages(in: Array(text.utf8)).first).get()
  }
}
