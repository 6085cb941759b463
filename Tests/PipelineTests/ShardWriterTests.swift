import Archives
import Foundation
import Records
import TestSupport
import Testing

@testable import Pipeline

struct ShardWriterTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func files(
    _ pieces: [[String]], shardRows: Int? = nil, isCompressed: Bool = false
  ) throws -> [WrittenFile] {
    let writer = ShardWriter(
      root: folder.path, stem: "messages/train", shardRows: shardRows,
      encoding: RowFileEncoding(suffix: isCompressed ? ".jsonl.gz" : ".jsonl") {
        let lines: any RowEncoder = LineRowEncoder()
        return isCompressed ? try GzipRowEncoder(lines) : lines
      }, isPrivate: false)
    for rows in pieces {
      try writer.append(Array(rows.map { $0 + "\n" }.joined().utf8), rows: rows.count)
    }
    return try writer.finish()
  }

  @Test func `one file has all rows and the digest of its bytes`() throws {
    let written = try files([["a", "b"], [], ["c"]])
    let bytes = Array("a\nb\nc\n".utf8)
    #expect(
      written == [
        WrittenFile(
          path: "messages/train.jsonl", sha256: SHA256.hex(of: bytes), byteCount: 6, rows: 3)
      ])
    #expect(folder.bytes(of: "messages/train.jsonl") == bytes)
  }

  @Test func `shards are named by their number and how many there are`() throws {
    let written = try files([["1", "2", "3"], ["4"], ["5", "6", "7"]], shardRows: 3)
    #expect(
      written.map(\.path) == [
        "messages/train-00000-of-00003.jsonl", "messages/train-00001-of-00003.jsonl",
        "messages/train-00002-of-00003.jsonl",
      ])
    #expect(written.map(\.rows) == [3, 3, 1])
    #expect(folder.names(in: "messages").count == 3)
    #expect(folder.text(of: "messages/train-00001-of-00003.jsonl") == "4\n5\n6\n")
  }

  @Test func `rows that fill a shard exactly leave no empty one`() throws {
    #expect(try files([["1", "2"], ["3", "4"]], shardRows: 2).map(\.rows) == [2, 2])
  }

  @Test(arguments: [nil, 5])
  func `without rows there is no file`(shardRows: Int?) throws {
    #expect(try files([[]], shardRows: shardRows).isEmpty)
    #expect(folder.names().isEmpty)
  }

  @Test func `gzip gives the same bytes whatever the pieces, and reads back`() throws {
    let rows = (0..<5000).map { "row \($0)" }
    let whole = try files([rows], isCompressed: true)
    let bytes = folder.bytes(of: "messages/train.jsonl.gz")
    try FileManager.default.removeItem(atPath: folder("messages"))
    let pieces = try files(rows.map { [$0] }, isCompressed: true)
    #expect(pieces == whole)
    #expect(whole.first?.rows == 5000)
    let archive = try Archive.open(
      path: folder("messages/train.jsonl.gz"), displayPath: "train.jsonl.gz")
    var entry = try #require(try archive.nextEntry())
    #expect(try entry.allBytes() == Array(rows.map { $0 + "\n" }.joined().utf8))
    // No name and no time in the header: RFC 1952, FLG and MTIME.
    #expect(bytes.prefix(8) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0])
  }
}
