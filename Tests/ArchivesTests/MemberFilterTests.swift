import TestSupport
import Testing

@testable import Archives

struct MemberFilterTests {
  private static let members: [ArchiveBuilder.Member] = [
    .file("README.md", "read"), .file("a.txt", "alpha"), .file("a.ann", "T1"),
    .file("x/b.txt", "beta"), .file("__MACOSX/._a.txt", "fork"), .file("x/.hidden", "hidden"),
  ]

  @Test func `leaves out read-me and system files and lists them`() throws {
    let contents = try contents(of: ArchiveBuilder.zip(Self.members))
    #expect(contents.paths == ["a.txt", "a.ann", "x/b.txt"])
    #expect(contents.skipped.map(\.path) == ["README.md", "__MACOSX/._a.txt", "x/.hidden"])
    #expect(contents.skipped.allSatisfy { $0.reason == .ignoredName })
  }

  @Test(arguments: [
    (["*.txt"], [String](), ["a.txt", "x/b.txt"]),
    (["x/**"], [], ["x/b.txt"]),
    ([], ["*.ann"], ["a.txt", "x/b.txt"]),
    (["*.txt"], ["x/**"], ["a.txt"]),
    (["README.md"], [], ["README.md"]),
    (["*.md"], [], []),
  ])
  func `reads what patterns include and do not exclude`(
    include: [String], exclude: [String], paths: [String]
  ) throws {
    let filter = MemberFilter(include: include, exclude: exclude)
    let contents = try contents(of: ArchiveBuilder.tar(Self.members), members: filter)
    #expect(contents.paths == paths)
    #expect(contents.paths.count + contents.skippedCount == Self.members.count)
  }

  @Test func `reads everything when told to`() throws {
    let filter = MemberFilter(skipsIgnoredNames: false)
    #expect(try contents(of: ArchiveBuilder.tar(Self.members), members: filter).paths.count == 6)
  }

  @Test func `looks for included names in archives inside the archive`() throws {
    let inner = try ArchiveBuilder.tar([.file("x.nxml", "article"), .file("x.pdf", "pdf")])
    let outer = try ArchiveBuilder.tar([
      .file("i.tar", bytes: inner),
      .file("j.nxml.gz", bytes: ArchiveBuilder.compressed(Array("two".utf8), .gzip)),
      .file("k.csv.gz", bytes: ArchiveBuilder.compressed(Array("1,2".utf8), .gzip)),
    ])
    let contents = try contents(of: outer, members: MemberFilter(include: ["*.nxml"]))
    #expect(contents.texts == ["i.tar/x.nxml": "article", "j.nxml": "two"])
    #expect(contents.skipped.map(\.path) == ["i.tar/x.pdf", "k.csv.gz"])
  }
}
