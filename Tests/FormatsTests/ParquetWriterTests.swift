import Formats
import Synchronization
import TestSupport
import Testing

struct ParquetWriterTests {
  private typealias Field = ParquetWriterField

  private static let fields = [
    Field("id", .text), Field("count", .integer), Field("flag", .flag), Field("tags", .list(.text)),
    Field(
      "messages",
      .list(.structure([Field("role", .text), Field("content", .text), Field("weight", .integer)]))),
    Field("history", .list(.list(.text))),
    Field(
      "meta",
      .structure([Field("source", .text), Field("deep", .structure([Field("n", .integer)]))])),
  ]

  private static let notes = ParquetWriter.Notes(
    writer: "materia version 0", entries: [("huggingface", "{}")])

  /// A file of rows, handed over as they become due.
  private static func file(
    _ rows: [JSON], _ compression: ParquetWriter.Compression = .zstd, fields: [Field] = fields
  ) throws -> [UInt8] {
    let writer = ParquetWriter(fields, compression, notes)
    var bytes: [UInt8] = []
    for row in rows {
      var json = JSONWriter()
      json.value(row)
      writer.append(try JSONDocument(parsing: json.take()).root)
      bytes += writer.take()
    }
    return bytes + writer.finish()
  }

  private static func rows(of file: [UInt8]) throws -> [JSON] {
    var rows: [JSON] = []
    try ParquetFile(file).forEachRow { rows.append($0.object) }
    return rows
  }

  @Test(arguments: ParquetWriter.Compression.allCases)
  func `reads back what was written, whatever is null or empty`(
    compression: ParquetWriter.Compression
  ) throws {
    var random = RandomRows(state: 11)
    let rows = (0..<3000).map { _ in random.row() }

    let file = try Self.file(rows, compression)

    #expect(try Self.rows(of: file) == rows)
    #expect(try Self.file(rows, compression) == file)
  }

  @Test func `writes a file without rows`() throws {
    let file = try Self.file([])

    #expect(try ParquetFile(file).rowCount == 0)
    // Regression: the list of the columns' orders was empty, which other readers refuse.
    let leaves = 10
    let order: [UInt8] = [0x1C, 0, 0]
    let orders = [UInt8(leaves << 4 | 0x0C)] + Array(repeatElement(order, count: leaves).joined())
    #expect(file.dropLast(8).suffix(orders.count + 1) == (orders + [0])[...])
    #expect(try Self.rows(of: file).isEmpty)
  }

  @Test func `reads a file in parts as it reads it whole`() throws {
    var random = RandomRows(state: 5)
    let rows = (0..<200).map { _ in random.row() }
    let file = try Self.file(rows)

    var read: [JSON] = []
    let parts = try ParquetFile(count: file.count) { Array(file[$0]) }
    try parts.forEachRow { read.append($0.object) }

    #expect(read == rows)
  }

  @Test func `goes on without a dictionary when texts get many or long`() throws {
    let few = (0..<70_000).map { _ in JSON.string("user") }
    let many = (0..<3000).map { JSON.string("text \($0)") }
    let long = [JSON.string(String(repeating: "long ", count: 100)), .string("short"), .null]
    for texts in [few + many + long, long + few, many + long] {
      let rows = texts.map { JSON.object([JSON.Member("text", $0)]) }

      let file = try Self.file(rows, .none, fields: [Field("text", .text)])

      #expect(try Self.rows(of: file) == rows)
    }
  }

  @Test func `starts row groups before they get too large to hold`() throws {
    let text = String(repeating: "0123456789abcdef", count: 1 << 16)
    let rows = (0..<80).map { number in
      JSON.object([JSON.Member("text", .string("\(number) \(text)"))])
    }

    let file = try Self.file(rows, fields: [Field("text", .text)])
    let largest = Mutex(0)
    let parts = try ParquetFile(count: file.count) {
      let range = $0
      largest.withLock { $0 = max($0, range.count) }
      return Array(file[range])
    }
    var count = 0
    try parts.forEachRow { _ in count += 1 }

    #expect(count == rows.count)
    #expect(largest.withLock { $0 } < file.count / 2)
  }

  /// Rows of the fields above.
  private struct RandomRows {
    var state: UInt64

    mutating func row() -> JSON {
      .object([
        JSON.Member("id", .string("r\(below(100_000))")),
        JSON.Member("count", maybe { $0.number() }),
        JSON.Member("flag", maybe { .bool($0.below(2) == 0) }),
        JSON.Member("tags", maybe { $0.list { $0.maybe { $0.text() } } }),
        JSON.Member("messages", maybe { $0.list { $0.message() } }),
        JSON.Member(
          "history", maybe { $0.list { $0.maybe { $0.list { $0.maybe { $0.text() } } } } }),
        JSON.Member("meta", maybe { $0.meta() }),
      ])
    }

    private mutating func message() -> JSON {
      .object([
        JSON.Member("role", .string(below(2) == 0 ? "user" : "assistant")),
        JSON.Member("content", maybe { $0.text() }), JSON.Member("weight", maybe { $0.number() }),
      ])
    }

    private mutating func meta() -> JSON {
      .object([
        JSON.Member("source", .string("s\(below(3))")),
        JSON.Member("deep", maybe { .object([JSON.Member("n", $0.maybe { $0.number() })]) }),
      ])
    }

    private mutating func number() -> JSON {
      .number(String(Int64(truncatingIfNeeded: next()) >> Int64(below(64))))
    }

    private mutating func text() -> JSON {
      let parts = ["a", "é", "漢", "😀", "\n", "\"", "\\", "fever "]
      return .string((0..<below(40)).map { _ in parts[below(parts.count)] }.joined())
    }

    private mutating func list(_ element: (inout RandomRows) -> JSON) -> JSON {
      let count = below(4)
      return .array((0..<count).map { _ in element(&self) })
    }

    private mutating func maybe(_ value: (inout RandomRows) -> JSON) -> JSON {
      below(4) == 0 ? .null : value(&self)
    }

    private mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    private mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 11 ^ state >> 33
    }
  }
}
