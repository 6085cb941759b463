import Records
import Testing

struct RecordCodecTests {
  private func decoded(_ readings: [Reading]) -> (readings: [Reading], isAtEnd: Bool) {
    var writer = SpillWriter()
    for reading in readings { writer.write(reading) }
    return writer.bytes.withUnsafeBytes { bytes in
      var reader = SpillReader(bytes)
      return (readings.map { _ in reader.readReading() }, reader.isAtEnd)
    }
  }

  private func record(_ content: Content) -> Record {
    Record(
      id: "99-1", corpus: "medquad", license: .ccBy4, language: "en",
      groups: [GroupKey(.focus, "tremor"), GroupKey(.document, "7")], officialSplit: .test,
      revision: 3, tags: [Tag("qtype", "treatment"), Tag("qtype", "")], content: content,
      provenance: Provenance(archive: "a.zip", entry: "b/c.xml", ordinal: 4, byteOffset: 512),
      source: "questions")
  }

  @Test(arguments: contentOfEveryShape)
  func `a record of any shape reads back as it was`(content: Content) {
    let reading = Reading.record(record(content))
    #expect(decoded([reading]) == ([reading], true))
  }

  @Test func `a record with nothing optional reads back as it was`() {
    let bare = Reading.record(
      Record(id: "", corpus: "", license: .unknown, content: .article(Article())))
    #expect(decoded([bare]) == ([bare], true))
  }

  @Test(arguments: License.allCases)
  func `licences and works read back`(license: License) throws {
    var record = record(contentOfEveryShape[0])
    record.licenses = Licenses(license)
    record.works = [
      Work(authors: ["Jane A Doe", ""], title: "T", publication: "P", year: 2015, address: "a"),
      Work(authors: [], title: ""),
    ]
    var both = record
    both.licenses = Licenses(license).union(Licenses(.mit))
    #expect(decoded([.record(record), .record(both)]) == ([.record(record), .record(both)], true))
  }

  @Test func `readings of every kind follow each other`() {
    let readings: [Reading] = [
      .withdrawal(id: "99000044"), .record(record(contentOfEveryShape[0])),
      .rejection(
        Rejection(
          id: "1", reason: .tooShort, stage: "filter", value: "3 words",
          provenance: Provenance(archive: "a", entry: "e", ordinal: 9))),
      .rejection(Rejection(reason: .schemaViolation)), .withdrawal(id: ""),
    ]
    #expect(decoded(readings) == (readings, true))
  }

  @Test(arguments: Rejection.Reason.allCases)
  func `every reason reads back`(reason: Rejection.Reason) {
    let reading = Reading.rejection(Rejection(reason: reason))
    #expect(decoded([reading]).readings == [reading])
  }

  @Test(arguments: License.allCases)
  func `every licence reads back`(license: License) {
    let reading = Reading.record(
      Record(id: "1", corpus: "c", license: license, content: contentOfEveryShape[5]))
    #expect(decoded([reading]).readings == [reading])
  }

  @Test(arguments: [0, 1, 127, 128, 16_384, -1, Int.max, Int.min])
  func `numbers of any size read back`(number: Int) {
    var writer = SpillWriter()
    writer.write(number)
    writer.write(Int?.none)
    writer.write(Int?.some(number))
    let read = writer.bytes.withUnsafeBytes { bytes in
      var reader = SpillReader(bytes)
      return [reader.readInt(), reader.readOptionalInt(), reader.readOptionalInt()]
    }
    #expect(read == [number, nil, number])
  }

  @Test(arguments: ["", "\u{0}", "a\r\n\u{FEFF}b", "e\u{301}é", "10⁵/μL 🧬 日本語"])
  func `texts keep every code point`(text: String) {
    var writer = SpillWriter()
    writer.write(text)
    writer.write(String?.none)
    writer.write(String?.some(text))
    let read = writer.bytes.withUnsafeBytes { bytes in
      var reader = SpillReader(bytes)
      return [reader.readString(), reader.readOptionalString(), reader.readOptionalString()]
    }
    #expect(read.map { $0.map { Array($0.utf8) } } == [Array(text.utf8), nil, Array(text.utf8)])
  }
}
