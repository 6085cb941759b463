import Records
import Testing

@testable import Formats

struct CSVParserTests {
  private func readings(
    _ bytes: [UInt8], _ format: CSVFormat = CSVFormat(), pieces: Int = .max
  ) throws -> [Result<[String], CSVError>] {
    var parser = CSVParser(format)
    var rows: [Result<[String], CSVError>] = []
    let take = { (reading: CSVParser.Reading) in
      rows.append(reading.map(\.fields))
      return true
    }
    try bytes.withUnsafeBytes { all in
      var start = 0
      while start < all.count {
        let end = start + min(pieces, all.count - start)
        try parser.feed(UnsafeRawBufferPointer(rebasing: all[start..<end]), onRow: take)
        start = end
      }
    }
    try parser.finish(onRow: take)
    return rows
  }

  private func rows(_ text: String, _ format: CSVFormat = CSVFormat()) throws -> [[String]] {
    let whole = try readings(Array(text.utf8), format).map { try $0.get() }
    for pieces in [1, 2, 3] {
      let cut = try readings(Array(text.utf8), format, pieces: pieces).map { try $0.get() }
      #expect(cut == whole, "pieces of \(pieces)")
    }
    return whole
  }

  @Test func `reads quoted fields with delimiters, quotes and line ends`() throws {
    #expect(
      try rows("a,b\n\"x, y\",\"say \"\"ah\"\"\"\r\n\"one\r\ntwo\",\"\"\n")
        == [["x, y", "say \"ah\""], ["one\r\ntwo", ""]])
  }

  @Test func `takes any mix of line ends and skips blank lines`() throws {
    #expect(try rows("a,b\r1,2\r\n\r\n3,4\n\n\r5,6") == [["1", "2"], ["3", "4"], ["5", "6"]])
  }

  @Test func `keeps a quote inside an unquoted field`() throws {
    #expect(try rows("a,b\n5\" wound,\"x\"y\n") == [["5\" wound", "xy"]])
  }

  @Test func `takes a byte order mark away`() throws {
    var parser = CSVParser()
    try Array("\u{feff}a,b\n1,2\n".utf8).withUnsafeBytes { bytes in
      _ = try parser.feed(bytes) { reading in
        let row = try reading.get()
        #expect(row["a"] == "1")
        #expect(row.byteOffset == 7)
        return true
      }
    }
    #expect(parser.header.names == ["a", "b"])
  }

  @Test func `drops the field of a trailing delimiter`() throws {
    #expect(try rows("a,b\n1,2,\n") == [["1", "2"]])
    #expect(try rows("a,b,\n1,2,\n3,4\n") == [["1", "2"], ["3", "4"]])
  }

  @Test func `reports a ragged row and goes on`() throws {
    let readings = try readings(Array("a,b\n1\n1,2,3\n4,5\n".utf8))
    #expect(try readings[2].get() == ["4", "5"])
    let place = Position(record: 1, line: 2, byteOffset: 4)
    #expect(
      readings[0] == .failure(CSVError(.unequalFieldCount(expected: 2, found: 1), at: place)))
    guard case .failure(let error) = readings[1] else {
      Issue.record("not an error")
      return
    }
    #expect(error.kind == .unequalFieldCount(expected: 2, found: 3))
  }

  @Test func `counts lines inside quotes`() throws {
    let readings = try readings(Array("a,b\n\"x\ny\r\nz\rw\",1\n2\n".utf8), pieces: 2)
    guard case .failure(let error) = readings[1] else {
      Issue.record("not an error")
      return
    }
    #expect(error.position.line == 6)
  }

  @Test func `reports an open quote at its line`() {
    let text = "a,b\n1,2\n3,\"open\n4,5\n"
    #expect(
      throws: CSVError(
        .unterminatedQuote(limit: 1 << 20), at: Position(line: 3, byteOffset: 10))
    ) {
      try readings(Array(text.utf8))
    }
    #expect(throws: CSVError(.unterminatedQuote(limit: 4), at: Position(line: 3, byteOffset: 10))) {
      try readings(Array(text.utf8), CSVFormat(maximumFieldBytes: 4))
    }
  }

  @Test func `reports NUL and bytes that are not UTF-8 by row`() throws {
    let bytes = Array("a,b\n1,\"x\"\"".utf8) + [0xe9] + Array("\"\n2,\u{0}\n3,4\n".utf8)
    let readings = try readings(bytes)
    let place = Position(record: 1, line: 2, byteOffset: 10)
    #expect(readings[0] == .failure(CSVError(.invalidUTF8(column: 2), at: place)))
    guard case .failure(let error) = readings[1] else {
      Issue.record("not an error")
      return
    }
    #expect(error.kind == .containsNUL)
    #expect(try readings[2].get() == ["3", "4"])
  }

  @Test func `does not make a character of two fields' ends`() throws {
    let bytes = Array("a,b\n".utf8) + [0xc3, UInt8(ascii: ","), 0xa9, UInt8(ascii: "\n")]
    guard case .failure(let error) = try readings(bytes)[0] else {
      Issue.record("not an error")
      return
    }
    #expect(error.kind == .invalidUTF8(column: 1))
  }

  @Test func `refuses a column named twice`() {
    #expect(
      throws: CSVError(
        .duplicateHeader("a"), at: Position(line: 1, byteOffset: 0))
    ) {
      try readings(Array("a,b,a\n1,2,3\n".utf8))
    }
  }

  @Test func `sniffs the delimiter outside quotes`() throws {
    let format = CSVFormat(delimiter: .sniffed)
    #expect(try rows("\"a,,,b\"\tc\n1\t2\n", format) == [["1", "2"]])
    #expect(try rows("a;b\n1;2\n", format) == [["1", "2"]])
    #expect(try rows("a\n1\n", format) == [["1"]])
  }

  @Test func `reads TSV with plain quotes and without a header`() throws {
    let format = CSVFormat(delimiter: .tab, hasHeader: false, hasQuotes: false)
    #expect(try rows("\"a\tb\"\n1\t2\n", format) == [["\"a", "b\""], ["1", "2"]])
  }

  @Test func `converts a declared encoding`() throws {
    let bytes = Array("a\n5 ".utf8) + [0xb5] + Array("g\n".utf8)
    var entry = BufferedEntry(path: "a.csv", bytes: bytes)
    var fields: [String] = []
    try CSVParser.parse(&entry, encoding: .windows1252) {
      fields += try $0.get().fields
      return true
    }
    #expect(fields == ["5 µg"])
  }

  @Test(.enabled(if: SharedSuite.exists("csv-spectrum"), "csv-spectrum is not here"))
  func `agrees with csv-spectrum`() throws {
    let folder = SharedSuite.path("csv-spectrum")
    let files = SharedSuite.files("\(folder)/csvs", endings: [".csv"])
    #expect(files.count == 11)
    for file in files {
      var bytes = try #require(SharedSuite.bytes(file))
      // Some copies of the suite have lost the CRs of these files.
      if file.hasSuffix("_crlf.csv"), !bytes.contains(0x0d) {
        bytes = Array(bytes.map { $0 == 0x0a ? [0x0d, 0x0a] : [$0] }.joined())
      }
      let name = file.split(separator: "/").last.map { $0.dropLast(4) } ?? ""
      let expected = try #require(SharedSuite.bytes("\(folder)/json/\(name).json"))
      var parser = CSVParser()
      var objects: [[String: String]] = []
      let take = { (reading: CSVParser.Reading) in
        let row = try reading.get()
        let members = zip(row.header.names, row.fields)
        objects.append(Dictionary(members) { first, _ in first })
        return true
      }
      try bytes.withUnsafeBytes { _ = try parser.feed($0, onRow: take) }
      try parser.finish(onRow: take)
      let values = try #require(JSON(parsing: expected).array).map { object in
        Dictionary((object.members ?? []).map { ($0.key, $0.value.string ?? "") }) { first, _ in
          first
        }
      }
      #expect(objects == values, "\(name)")
    }
  }
}
