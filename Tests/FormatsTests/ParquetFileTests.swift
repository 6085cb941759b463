import Foundation
import Records
import Testing

@testable import Formats

/// Parquet files that pyarrow wrote, and the rows that it reads from them.
struct ParquetFileTests {
  /// What `Fixtures/parquet/make.py` made: every encoding and every nesting by codec and by version of
  /// pages, and files for single quirks.
  static let written =
    ["none", "snappy", "gzip", "zstd"].flatMap { codec in
      ["v1", "v2"].flatMap { ["encodings-\(codec)-\($0)", "nested-\(codec)-\($0)"] }
    } + [
      "types", "types-format-1", "int96", "item-lists", "long-runs", "empty", "not-utf8",
    ]

  @Test(arguments: written)
  func `gives the rows that pyarrow gives`(name: String) throws {
    let rows = try ParquetFixture.rows(of: ParquetFixture.bytes(name))
    let expected = try ParquetFixture.expectedRows(name)
    #expect(rows.count == expected.count)
    for (row, line) in zip(rows, expected) { #expect(row.object == line) }
  }

  @Test func `decodes the columns that are asked for alone`() throws {
    let file = try ParquetFile(ParquetFixture.bytes("nested-snappy-v2"))
    #expect(file.columns == ["id", "tags", "person", "visits", "grid", "codes", "notes"])
    var rows: [ParquetRow] = []
    try file.forEachRow(columns: ["person", "id", "none"]) { rows.append($0) }
    #expect(rows.count == file.rowCount)
    #expect(rows[2].names == ["id", "person"])
    #expect(rows[2]["person"] == (try JSON(parsing: #"{"name": "Ada", "ages": [36, null]}"#)))
    #expect(rows[2]["tags"] == nil)
    #expect(rows.map(\.number) == Array(0..<47))
  }

  @Test func `a text that is no UTF-8 is told of, in the row it is in`() throws {
    let rows = try ParquetFixture.rows(of: ParquetFixture.bytes("not-utf8"))
    #expect(rows.map(\.invalidText) == [nil, "plain", nil, "plain"])
  }

  @Test(arguments: [
    ("brotli", "column 'id', row group 0: codec BROTLI cannot be read"),
    ("lz4-raw", "column 'id', row group 0: codec LZ4_RAW cannot be read"),
    ("encrypted-footer", "the file is encrypted Parquet, which cannot be read"),
    ("encrypted-column", "the file is encrypted Parquet, which cannot be read"),
  ])
  func `what cannot be read is named`(name: String, message: String) throws {
    let error = try #require(throws: ParquetError.self) {
      try ParquetFixture.rows(of: ParquetFixture.bytes(name))
    }
    #expect(error.diagnostic.message == message)
    #expect(error.diagnostic.hint != nil)
    #expect(error.diagnostic.position.byteOffset != nil)
  }

  @Test func `a file that is none, or ends early, says so`() throws {
    #expect(throws: ParquetError(fault: .notParquet, byteOffset: 0)) {
      try ParquetFile(Array("id,text\n1,one\n".utf8))
    }
    #expect(throws: ParquetError(fault: .notParquet, byteOffset: 0)) { try ParquetFile([]) }
    let bytes = try ParquetFixture.bytes("types")
    #expect(throws: ParquetError(fault: .noFooter, byteOffset: 4)) {
      try ParquetFile(Array(bytes.prefix(4)))
    }
    #expect(throws: ParquetError(fault: .noFooter, byteOffset: bytes.count - 9)) {
      try ParquetFile(bytes.dropLast(9))
    }
  }

  @Test func `a page that was changed does not have its checksum`() throws {
    // The first page of `item-lists`, whose pages have checksums, lies somewhere before byte 100.
    var bytes = try ParquetFixture.bytes("item-lists")
    bytes[80] ^= 1
    let error = try #require(throws: ParquetError.self) { try ParquetFixture.rows(of: bytes) }
    #expect(error.fault == .wrongChecksum)
    #expect(error.column == "id")
    #expect(error.rowGroup == 0)
  }

  @Test func `limits hold before anything is allocated`() throws {
    let bytes = try ParquetFixture.bytes("nested-gzip-v1")
    func fault(_ change: (inout ParquetLimits) -> Void) throws -> ParquetFault {
      var limits = ParquetLimits()
      change(&limits)
      return try #require(throws: ParquetError.self) {
        try ParquetFile(bytes, limits: limits).forEachRow { _ in }
      }.fault
    }
    #expect(
      try fault { $0.maximumRowElements = 3 }
        == .overLimit("elements of a row", found: 4, maximum: 3))
    #expect(
      try fault { $0.maximumDepth = 2 } == .overLimit("depth of a column", found: 3, maximum: 2))
    let page = try fault { $0.maximumPageBytes = 10 }
    guard case .overLimit("bytes of a page", _, 10) = page else {
      Issue.record("the fault is \(page)")
      return
    }
    let columns = try fault { $0.maximumColumns = 5 }
    #expect(columns == .overLimit("elements of the schema", found: 6, maximum: 5))
  }
}

/// What damage does to files: an error with a place, or rows, and never more time than a file's own.
struct ParquetDamageTests {
  @Test(arguments: ParquetFileTests.written)
  func `a file cut anywhere is an error`(name: String) throws {
    let bytes = try ParquetFixture.bytes(name)
    for length in stride(from: 0, to: bytes.count, by: 7) {
      #expect(throws: ParquetError.self) {
        try ParquetFixture.rows(of: Array(bytes.prefix(length)))
      }
    }
  }

  @Test(arguments: ParquetFileTests.written.filter { $0 != "long-runs" })
  func `a file with wrong bytes gives rows or an error with its place`(name: String) throws {
    let bytes = try ParquetFixture.bytes(name)
    var random = SeededGenerator(seed: name.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
    for _ in 0..<150 {
      var damaged = bytes
      for _ in 0...Int.random(in: 0...1, using: &random) {
        damaged[Int.random(in: 0..<bytes.count, using: &random)] = .random(
          in: 0...255, using: &random)
      }
      do {
        _ = try ParquetFixture.rows(of: damaged)
      } catch let error as ParquetError {
        #expect((0...bytes.count).contains(error.byteOffset))
        #expect(!error.diagnostic.message.isEmpty)
      }
    }
  }
}

/// Numbers that depend on a seed alone (SplitMix64).
private struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return value ^ (value >> 31)
  }
}

/// The files of `Fixtures/parquet`.
enum ParquetFixture {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures/parquet")

  static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appending(path: "\(name).parquet")))
  }

  static func rows(of bytes: [UInt8]) throws -> [ParquetRow] {
    var rows: [ParquetRow] = []
    try ParquetFile(bytes).forEachRow { rows.append($0) }
    return rows
  }

  /// The rows of a file; those that hold the same rows share one list.
  static func expectedRows(_ name: String) throws -> [JSON] {
    let shared = name == "item-lists" ? "nested" : String(name.prefix { $0 != "-" })
    let lists = ["encodings", "nested"]
    let list = lists.contains(shared) ? shared : name
    let text = try Data(contentsOf: folder.appending(path: "\(list).jsonl"))
    return try text.split(separator: UInt8(ascii: "\n")).map { try JSON(parsing: Array($0)) }
  }
}
