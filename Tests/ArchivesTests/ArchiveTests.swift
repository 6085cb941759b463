import Records
import TestSupport
import Testing

@testable import Archives

struct ArchiveTests {
  private static let notes: [ArchiveBuilder.Member] = [
    .folder("notes/"), .file("notes/b.txt", "beta"), .file("notes/a.txt", "alpha"),
  ]

  @Test(arguments: ["zip", "tar", "7z", "tar.gz", "tar.bz2", "tar.xz", "tar.zst"])
  func `gives the files of a container in archive order`(form: String) throws {
    let contents = try contents(of: Self.build(form), named: "notes.\(form)")
    #expect(contents.paths.sorted() == ["notes/a.txt", "notes/b.txt"])
    #expect(contents.texts == ["notes/a.txt": "alpha", "notes/b.txt": "beta"])
    #expect(contents.skippedCount == 1)
    if form != "7z" { #expect(contents.paths == ["notes/b.txt", "notes/a.txt"]) }
  }

  @Test(arguments: ["zip", "tar", "7z", "tar.gz", "tar.bz2", "tar.xz", "tar.zst"])
  func `judges by content and says that the name differs`(form: String) throws {
    let unnamed = try contents(of: Self.build(form), named: "notes")
    let misnamed = try contents(of: Self.build(form), named: form == "zip" ? "n.7z" : "n.zip")
    #expect(unnamed.texts.count == 2 && !unnamed.warnings.contains { $0.contains("named as") })
    #expect(misnamed.texts.count == 2 && misnamed.warnings.contains { $0.contains("named as") })
  }

  @Test(arguments: zip(["gz", "bz2", "xz", "zst"], Self.filters))
  func `gives a bare compressed file as one entry without the ending`(
    ending: String, filter: ArchiveBuilder.Filter
  ) throws {
    let bytes = noise(1_000_000)
    let contents = try contents(
      of: ArchiveBuilder.compressed(bytes, filter), named: "notes.csv.\(ending)")
    #expect(contents.paths == ["notes.csv"])
    #expect(contents.byteCount == 1_000_000)
    #expect(contents.texts["notes.csv"].map { Array($0.utf8) } == bytes)
  }

  @Test(arguments: Self.filters)
  func `gives an empty compressed file as an empty entry`(filter: ArchiveBuilder.Filter) throws {
    let contents = try contents(of: ArchiveBuilder.compressed([], filter), named: "empty")
    #expect(contents.texts == ["empty": ""])
  }

  @Test func `gives a plain file as one entry, by its place in the source's folder`() throws {
    let contents = try contents(of: Array("alpha".utf8), named: "folder/a.txt")
    #expect(contents.texts == ["folder/a.txt": "alpha"])
  }

  @Test func `gives an empty plain file as an empty entry`() throws {
    #expect(try contents(of: [], named: "a.txt").texts == ["a.txt": ""])
  }

  @Test func `opens archives inside an archive, one level deep`() throws {
    let inner = try ArchiveBuilder.compressed(
      ArchiveBuilder.tar([.file("x.nxml", "article")]), .gzip)
    let outer = try ArchiveBuilder.tar([
      .file("a/PMC1.tar.gz", bytes: inner),
      .file("b.csv.gz", bytes: ArchiveBuilder.compressed(Array("1,2".utf8), .gzip)),
      .file("c.zip", bytes: ArchiveBuilder.zip([.file("y.txt", "why")])),
      .file("d.7z", bytes: ArchiveBuilder.sevenZip([.file("z.txt", "zed")])),
      .file("last.txt", "end"),
    ])
    let contents = try contents(of: outer, named: "oa.tar")
    #expect(
      contents.texts == [
        "a/PMC1.tar.gz/x.nxml": "article", "b.csv": "1,2", "c.zip/y.txt": "why",
        "d.7z/z.txt": "zed", "last.txt": "end",
      ])
    #expect(contents.problems == [])
  }

  @Test func `reads an archive inside a zip without reading the members before it`() throws {
    let inner = try ArchiveBuilder.tar([.file("x.txt", "ex")])
    let outer = try ArchiveBuilder.zip([.file("i.tar", bytes: inner), .file("j.txt", "jay")])
    let contents = try contents(of: outer, members: MemberFilter(exclude: ["x.txt"]))
    #expect(contents.texts == ["j.txt": "jay"])
    #expect(contents.skipped == [SkippedEntry(path: "i.tar/x.txt", reason: .excluded)])
  }

  @Test func `gives office documents whole`() throws {
    let document = try ArchiveBuilder.zip([.file("[Content_Types].xml", "<Types/>")])
    let sheet = try ArchiveBuilder.zip([.file("xl/workbook.xml", "<workbook/>")])
    #expect(try contents(of: document, named: "a.bin").paths == ["a.bin"])
    #expect(try contents(of: sheet, named: "table.xlsx").byteCount == sheet.count)
    let outer = try ArchiveBuilder.zip([.file("table.xlsx", bytes: sheet)])
    #expect(try contents(of: outer).paths == ["table.xlsx"])
  }

  @Test func `reads two entries of one name as two and says so`() throws {
    let bytes = try ArchiveBuilder.tar([
      .file("same.txt", "one"), .file("same.txt", "two"), .file("SAME.txt", "three"),
    ])
    let contents = try contents(of: bytes)
    #expect(contents.paths == ["same.txt", "same.txt", "SAME.txt"])
    #expect(contents.warnings.count == 2)
  }

  @Test func `skips links and fifos and lists them`() throws {
    let bytes = try ArchiveBuilder.tar([
      .link("passwd", to: "/etc/passwd"), .fifo("pipe"), .file("good.txt", "good"),
    ])
    let contents = try contents(of: bytes)
    #expect(contents.paths == ["good.txt"])
    #expect(contents.skipped.map(\.path) == ["passwd", "pipe"])
    #expect(contents.skipped.allSatisfy { $0.reason == .notAFile })
  }

  @Test func `keeps names that are not UTF-8 as escaped bytes`() throws {
    let member = ArchiveBuilder.Member.file(nameBytes: [0xC4, 0xDA, 0x2E, 0x74], "x")
    #expect(try contents(of: ArchiveBuilder.tar([member])).paths == ["\\xc4\\xda.t"])
    let ascii = try ArchiveBuilder.zip([.file("aa.t", "x")])
    let renamed: [UInt8] = ascii.map { $0 == 0x61 ? 0xC4 : $0 }
    #expect(try contents(of: renamed).paths == ["\\xc4\\xc4.t"])
  }

  @Test(arguments: ["zip", "tar", "7z"])
  func `keeps names outside ASCII whatever the locale`(form: String) throws {
    let bytes = try Self.build(form, [.file("内科/é.txt", "x")])
    #expect(try contents(of: bytes).paths == ["内科/é.txt"])
  }

  @Test func `numbers entries by their place among all members`() throws {
    let folder = try ScratchFolder()
    let bytes = try ArchiveBuilder.tar([.file("README", ""), .file("a", "x"), .file("a", "y")])
    let archive = try Archive.open(path: folder.write("t.tar", bytes), displayPath: "t.tar")
    var ordinals: [Int] = []
    while let entry = try archive.nextEntry() { ordinals.append(entry.ordinal) }
    #expect(ordinals == [1, 2])
  }

  @Test func `goes on behind an entry whose consumer stopped`() throws {
    struct Enough: Error {}
    let folder = try ScratchFolder()
    let bytes = try ArchiveBuilder.zip([.file("a", bytes: noise(900_000)), .file("b", "beta")])
    let archive = try Archive.open(path: folder.write("t.zip", bytes), displayPath: "t.zip")
    let first = try #require(try archive.nextEntry())
    #expect(throws: Enough.self) { try first.forEachChunk { _ in throw Enough() } }
    var second = try #require(try archive.nextEntry())
    #expect(try second.allBytes() == Array("beta".utf8))
  }

  @Test func `counts what is read and what comes out`() throws {
    let folder = try ScratchFolder()
    let bytes = try ArchiveBuilder.compressed(noise(500_000), .gzip)
    let path = try folder.write("a.gz", bytes)
    let tally = ReadTally()
    let archive = try Archive.open(path: path, displayPath: "a.gz", tally: tally)
    while let entry = try archive.nextEntry() { try entry.forEachChunk { _ in } }
    #expect(tally.compressedBytes == bytes.count)
    #expect(tally.expandedBytes == 500_000)
  }

  private static let filters: [ArchiveBuilder.Filter] = [.gzip, .bzip2, .xz, .zstd]

  private static func build(
    _ form: String, _ members: [ArchiveBuilder.Member] = notes
  ) throws -> [UInt8] {
    switch form {
    case "zip": try ArchiveBuilder.zip(members)
    case "7z": try ArchiveBuilder.sevenZip(members)
    case "tar.gz": try ArchiveBuilder.compressed(ArchiveBuilder.tar(members), .gzip)
    case "tar.bz2": try ArchiveBuilder.compressed(ArchiveBuilder.tar(members), .bzip2)
    case "tar.xz": try ArchiveBuilder.compressed(ArchiveBuilder.tar(members), .xz)
    case "tar.zst": try ArchiveBuilder.compressed(ArchiveBuilder.tar(members), .zstd)
    default: try ArchiveBuilder.tar(members)
    }
  }
}
