import Records
import TestSupport
import Testing

@testable import Archives

/// What is damaged is said to be damaged, with how far it was read, and is never taken for whole.
struct ArchiveDamageTests {
  @Test(arguments: zip(filters, [2_500, 2_500, 2_500, 2_500]))
  func `notices a stream cut anywhere`(filter: ArchiveBuilder.Filter, step: Int) throws {
    let whole = try ArchiveBuilder.compressed(noise(20_000), filter)
    for length in stride(from: 30, to: whole.count, by: step) + [whole.count - 1] {
      let cut = Array(whole.prefix(length))
      #expect(Self.isRefused(cut), "\(filter), \(length) of \(whole.count) bytes")
    }
  }

  // libarchive writes zstd without a checksum; the zstd tool's is in the next test.
  @Test(arguments: [ArchiveBuilder.Filter.gzip, .bzip2, .xz])
  func `notices any flipped bit in the payload`(filter: ArchiveBuilder.Filter) throws {
    let whole = try ArchiveBuilder.compressed(noise(20_000), filter)
    for offset in stride(from: 40, to: whole.count - 8, by: 311) {
      var damaged = whole
      damaged[offset] ^= 0x10
      #expect(Self.isRefused(damaged), "\(filter), byte \(offset)")
    }
  }

  @Test func `notices a flipped bit in a zstd stream that has a checksum`() throws {
    let whole: [UInt8] = [
      0x28, 0xB5, 0x2F, 0xFD, 0x04, 0x58, 0xB9, 0x00, 0x00, 0x61, 0x6C, 0x70, 0x68, 0x61, 0x20,
      0x62, 0x65, 0x74, 0x61, 0x20, 0x67, 0x61, 0x6D, 0x6D, 0x61, 0x20, 0x64, 0x65, 0x6C, 0x74,
      0x61, 0x0A, 0xA4, 0xC8, 0x20, 0xC1,
    ]
    #expect(try contents(of: whole).texts == ["input": "alpha beta gamma delta\n"])
    for offset in whole.indices.dropFirst(6) {
      var damaged = whole
      damaged[offset] ^= 0x01
      #expect(Self.isRefused(damaged), "byte \(offset)")
    }
  }

  @Test func `warns of streams without a checksum`() throws {
    let contents = try contents(of: ArchiveBuilder.compressed(Array("alpha".utf8), .zstd))
    #expect(contents.texts == ["input": "alpha"])
    #expect(contents.warnings.count == 1)
  }

  @Test(arguments: [-8, -4])
  func `checks the CRC-32 and the length of gzip`(offset: Int) throws {
    var bytes = try ArchiveBuilder.compressed(noise(600_000), .gzip)
    bytes[bytes.count + offset] ^= 1
    let contents = try contents(of: bytes, named: "a.txt.gz")
    let expected = offset == -8 ? "incorrect data check" : "incorrect length check"
    #expect(contents.problems == [.damaged(reason: expected, bytesRead: 600_000)])
    #expect(contents.texts == [:])
  }

  @Test(arguments: [-8, -4])
  func `checks the CRC-32 and the length of a gzipped tar, behind its last member`(
    offset: Int
  ) throws {
    let tar = try ArchiveBuilder.tar([.file("a.txt", bytes: noise(600_000)), .file("b", "beta")])
    var bytes = try ArchiveBuilder.compressed(tar, .gzip)
    bytes[bytes.count + offset] ^= 1
    let contents = try contents(of: bytes, named: "a.tar.gz")
    guard case .damaged(_, let count) = contents.archiveFailures.first?.problem else {
      Issue.record("no damage was found")
      return
    }
    #expect(count == tar.count)
  }

  @Test func `reads gzip members one after another, padding included`() throws {
    let member = try ArchiveBuilder.compressed(Array("alpha".utf8), .gzip)
    let padding = [UInt8](repeating: 0, count: 300_000)
    #expect(try contents(of: member + member + padding, named: "a.gz").texts == ["a": "alphaalpha"])
  }

  @Test func `refuses what follows gzip and is not gzip`() throws {
    let member = try ArchiveBuilder.compressed(Array("alpha".utf8), .gzip)
    for tail in ["x", "\0x", "\u{1F}x"] {
      let bytes = member + Array(tail.utf8)
      #expect(Self.isRefused(bytes))
    }
  }

  @Test(arguments: filters)
  func `refuses text behind a compressed stream`(filter: ArchiveBuilder.Filter) throws {
    let stream = try ArchiveBuilder.compressed(noise(20_000), filter)
    #expect(Self.isRefused(stream + Array("text behind the end".utf8)))
  }

  @Test(arguments: filters)
  func `reads compressed streams one after another`(filter: ArchiveBuilder.Filter) throws {
    let stream = try ArchiveBuilder.compressed(Array("alpha".utf8), filter)
    #expect(try contents(of: stream + stream).texts == ["input": "alphaalpha"])
  }

  @Test func `says how much of a cut gzip was read`() throws {
    let whole = try ArchiveBuilder.compressed(noise(1_000_000), .gzip)
    let contents = try contents(of: Array(whole.dropLast(2)), named: "a.gz")
    #expect(contents.problems == [.truncated(bytesRead: 1_000_000)])
    #expect(
      contents.entryFailures.first?.description.hasPrefix(
        "a.gz: error: content is cut short: it ends after 1000000 bytes") == true)
  }

  @Test(arguments: ["store", "deflate"])
  func `loses only the damaged member of a zip`(method: String) throws {
    let payload = noise(5_000, seed: 7)
    let whole = try ArchiveBuilder.zip(
      [.file("a", "alpha"), .file("m", bytes: payload), .file("z", "omega")],
      options: "zip:compression=\(method)")
    var damaged = whole
    for offset in 2_000..<2_040 { damaged[offset] ^= 0xFF }
    let contents = try contents(of: damaged, named: "t.zip")
    #expect(contents.paths == ["a", "m", "z"])
    #expect(contents.texts == ["a": "alpha", "z": "omega"])
    #expect(contents.entryFailures.map(\.position.entry) == ["m"])
    #expect(contents.archiveFailures == [])
  }

  @Test func `refuses a zip without its directory`() throws {
    let whole = try ArchiveBuilder.zip([.file("a", bytes: noise(500))])
    #expect(Self.isRefused(Array(whole.dropLast(30))))
  }

  @Test func `notices members that share their place in a zip`() throws {
    var bytes = try ArchiveBuilder.zip([.file("a", "alpha"), .file("b", "betas")])
    let end = bytes.count - 22
    bytes[end + 8] = 9
    bytes[end + 10] = 9
    let contents = try contents(of: bytes, named: "t.zip")
    #expect(contents.texts.count == 2)
    #expect(contents.archiveFailures.count == 1)
  }

  @Test func `notices a tar cut inside a member`() throws {
    let whole = try ArchiveBuilder.tar([.file("a", "alpha"), .file("b", bytes: noise(5_000))])
    let contents = try contents(of: Array(whole.prefix(4_000)), named: "t.tar")
    #expect(contents.texts == ["a": "alpha"])
    #expect(contents.entryFailures.map(\.position.entry) == ["b"])
  }

  @Test func `warns of a tar that ends without its end marker`() throws {
    let whole = try ArchiveBuilder.tar([.file("a", "alpha"), .file("b", "beta")])
    let end = try #require(whole.lastIndex { $0 != 0 })
    let contents = try contents(of: Array(whole.prefix(end / 512 * 512 + 512)), named: "t.tar")
    #expect(contents.texts.count == 2)
    #expect(contents.warnings.count == 1)
  }

  @Test func `warns of data behind a tar's end marker`() throws {
    let one = try ArchiveBuilder.tar([.file("a", "alpha")])
    let contents = try contents(of: one + one, named: "t.tar")
    #expect(contents.paths == ["a"])
    #expect(contents.warnings.count == 1)
  }

  @Test(arguments: [3, 40, 300])
  func `refuses damaged 7z archives`(offset: Int) throws {
    let whole = try ArchiveBuilder.sevenZip([.file("a", bytes: noise(600)), .file("b", "beta")])
    var bytes = whole
    bytes[offset == 3 ? bytes.count - 3 : offset] ^= 0xFF
    let result = try? contents(of: bytes, named: "t.7z")
    #expect(result?.problems.isEmpty != true)
  }

  @Test func `refuses a 7z that claims more folders than it has room for`() throws {
    let table: [UInt8] = [1, 4, 6, 0, 1, 9, 5, 0, 7, 0x0B, 0xF0, 0xFF, 0xFF, 0xFF, 0x03, 0]
    let magic: [UInt8] = [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4, 0, 0, 0, 0]
    let place: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, UInt8(table.count), 0, 0, 0, 0, 0, 0, 0]
    let error = #expect(throws: ArchiveError.self) {
      try contents(of: magic + place + [0, 0, 0, 0] + table)
    }
    #expect(error?.description.contains("claims 67108863 folders") == true)
  }

  @Test func `goes on behind a damaged archive inside an archive`() throws {
    let inner = try ArchiveBuilder.compressed(ArchiveBuilder.tar([.file("x", "ex")]), .gzip)
    let outer = try ArchiveBuilder.tar([
      .file("1.tar.gz", bytes: Array(inner.dropLast(6))), .file("2.tar.gz", bytes: inner),
      .file("3.tar.gz", "no archive"), .file("last", "end"),
    ])
    let contents = try contents(of: outer, named: "t.tar")
    #expect(contents.texts["2.tar.gz/x"] == "ex")
    #expect(contents.texts["last"] == "end")
    #expect(contents.problems.count == 2)
    #expect(contents.problems.contains(.notAnArchive(claimed: "gzip")))
  }

  private static let filters: [ArchiveBuilder.Filter] = [.gzip, .bzip2, .xz, .zstd]

  private static func isRefused(_ bytes: [UInt8]) -> Bool {
    guard let contents = try? contents(of: bytes, named: "a.txt") else { return true }
    return !contents.problems.isEmpty && contents.texts.isEmpty
  }
}

private func + (stride: StrideTo<Int>, more: [Int]) -> [Int] { Array(stride) + more }
