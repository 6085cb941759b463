import Records
import TestSupport
import Testing

@testable import Archives

struct ArchiveLimitsTests {
  @Test(arguments: [ArchiveBuilder.Filter.gzip, .bzip2, .xz, .zstd])
  func `stops at a ratio of 100 after the first 10 MiB`(filter: ArchiveBuilder.Filter) throws {
    let bomb = try ArchiveBuilder.compressed(Self.blanks(24 << 20), filter)
    let contents = try contents(of: bomb, named: "bomb.txt")
    #expect(contents.problems == [.limitExceeded(.ratio, limit: 100)])
    #expect(contents.byteCount <= 11 << 20)
  }

  @Test func `lets 10 MiB of anything through`() throws {
    let bytes = try ArchiveBuilder.compressed(Self.blanks(9 << 20), .gzip)
    #expect(try contents(of: bytes, named: "blank.txt.gz").byteCount == 9 << 20)
  }

  @Test func `refuses the whole of an archive that is a bomb`() throws {
    let bomb = try ArchiveBuilder.zip([
      .file("a", bytes: Self.blanks(24 << 20)), .file("b", "beta"),
    ])
    let contents = try contents(of: bomb, named: "bomb.zip")
    #expect(contents.texts == [:])
    #expect(contents.entryFailures.map(\.problem) == [.limitExceeded(.ratio, limit: 100)])
    #expect(contents.archiveFailures.map(\.problem) == [.limitExceeded(.ratio, limit: 100)])
  }

  @Test func `finds a bomb in an archive inside an archive`() throws {
    let inner = try ArchiveBuilder.zip([.file("a", bytes: Self.blanks(24 << 20))])
    let outer = try ArchiveBuilder.zip([.file("inner.zip", bytes: inner)])
    #expect(
      try contents(of: outer, named: "bomb.zip").problems.contains(
        .limitExceeded(.ratio, limit: 100)))
  }

  @Test func `holds members, bare files and the run to their bytes`() throws {
    var limits = ArchiveLimits()
    limits.entryBytes = 1_000
    limits.streamBytes = 2_000
    let zip = try ArchiveBuilder.zip([.file("a", bytes: noise(1_001)), .file("b", "beta")])
    let gzip = try ArchiveBuilder.compressed(noise(2_001), .gzip)
    let fromZip = try contents(of: zip, limits: limits)
    #expect(fromZip.problems == [.limitExceeded(.entryBytes, limit: 1_000)])
    #expect(fromZip.texts == ["b": "beta"])
    #expect(
      try contents(of: gzip, limits: limits).problems == [
        .limitExceeded(.streamBytes, limit: 2_000)
      ])
    limits.entryBytes = 1_001
    limits.runBytes = 900
    #expect(
      try contents(of: zip, limits: limits).problems.first == .limitExceeded(.runBytes, limit: 900))
    #expect(try contents(of: noise(5_000), limits: limits).byteCount == 5_000)
  }

  @Test func `counts entries and empty entries`() throws {
    var limits = ArchiveLimits()
    let files = (0..<20).map { ArchiveBuilder.Member.file("\($0)", "") }
    limits.entries = 19
    #expect(
      try contents(of: ArchiveBuilder.tar(files), limits: limits).archiveFailures.map(\.problem)
        == [.limitExceeded(.entries, limit: 19)])
    limits.entries = 20
    limits.emptyEntries = 5
    let contents = try contents(of: ArchiveBuilder.zip(files), limits: limits)
    #expect(contents.paths.count == 5)
    #expect(contents.archiveFailures.map(\.problem) == [.limitExceeded(.emptyEntries, limit: 5)])
  }

  @Test func `refuses an entry with a longer name, and shortens it in messages`() throws {
    let name = String(repeating: "x", count: 5_000)
    let contents = try contents(of: ArchiveBuilder.tar([.file(name, "x"), .file("b", "beta")]))
    #expect(contents.problems == [.limitExceeded(.nameBytes, limit: 4_096)])
    #expect(contents.texts == ["b": "beta"])
    #expect(contents.entryFailures.allSatisfy { $0.description.utf8.count < 400 })
  }

  @Test(arguments: [(0, 1), (1, 0), (2, 0)])
  func `opens archives as deep as it may`(nesting: Int, refusals: Int) throws {
    var limits = ArchiveLimits()
    limits.nesting = nesting
    let inner = try ArchiveBuilder.tar([.file("x", "ex")])
    let outer = try ArchiveBuilder.tar([.file("i.tar", bytes: inner), .file("j", "jay")])
    let contents = try contents(of: outer, limits: limits)
    #expect(contents.problems.count == refusals)
    #expect(contents.texts["j"] == "jay")
    #expect(contents.texts["i.tar/x"] == (refusals == 0 ? "ex" : nil))
  }

  @Test func `undoes two compressions and no third`() throws {
    let once = try ArchiveBuilder.compressed(Array("alpha".utf8), .gzip)
    let twice = try ArchiveBuilder.compressed(once, .xz)
    #expect(try contents(of: twice, named: "a.gz.xz").texts == ["a": "alpha"])
    let error = #expect(throws: ArchiveError.self) {
      try contents(of: ArchiveBuilder.compressed(twice, .bzip2), named: "a.gz.xz.bz2")
    }
    #expect(error?.problem == .limitExceeded(.filters, limit: 2))
  }

  @Test func `does not stack a compression on itself unseen`() throws {
    var limits = ArchiveLimits()
    limits.filters = 1
    let once = try ArchiveBuilder.compressed(Array("alpha".utf8), .bzip2)
    #expect(throws: ArchiveError.self) {
      try contents(of: ArchiveBuilder.compressed(once, .bzip2), limits: limits)
    }
  }

  @Test func `holds zips inside archives in memory up to a bound`() throws {
    var limits = ArchiveLimits()
    limits.bufferedBytes = 1_000
    let inner = try ArchiveBuilder.zip([.file("a", bytes: noise(3_000))])
    let outer = try ArchiveBuilder.tar([.file("i.zip", bytes: inner)])
    #expect(
      try contents(of: outer, limits: limits).problems == [
        .limitExceeded(.bufferedBytes, limit: 1_000)
      ])
  }

  @Test func `names each limit once, with a value`() {
    let limits = ArchiveLimits()
    for name in ArchiveLimits.Name.allCases { #expect(limits[name] > 0) }
  }

  private static func blanks(_ count: Int) -> [UInt8] { [UInt8](repeating: 0x20, count: count) }
}
