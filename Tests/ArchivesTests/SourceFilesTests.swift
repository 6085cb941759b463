import Records
import Testing

@testable import Archives

struct SourceFilesTests {
  private let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
    for name in [
      "c/b.xml.gz", "c/a.xml.gz", "c/a.xml.gz.md5", "c/README.md", "c/x/Z.xml.gz", "c/x/y/d.csv",
      "c/.git/config", "e/a.xml.gz",
    ] {
      try folder.write(name, "x")
    }
  }

  private func paths(_ patterns: String...) throws -> [String] {
    try SourceFiles(patterns, relativeTo: folder.path).files.map(\.displayPath)
  }

  @Test func `takes a file by its name, even one that folders skip`() throws {
    #expect(try paths("c/b.xml.gz") == ["b.xml.gz"])
    #expect(try paths("\(folder.path)/c/README.md") == ["README.md"])
  }

  @Test func `walks a folder in the order of bytes`() throws {
    #expect(try paths("c") == ["a.xml.gz", "b.xml.gz", "x/Z.xml.gz", "x/y/d.csv"])
    let skipped = try SourceFiles(["c"], relativeTo: folder.path).skipped.listed
    #expect(skipped.map(\.path) == [".git", "README.md", "a.xml.gz.md5"])
  }

  @Test func `expands patterns within a folder and across folders`() throws {
    #expect(try paths("c/*.xml.gz") == ["a.xml.gz", "b.xml.gz"])
    #expect(try paths("c/**/*.xml.gz") == ["a.xml.gz", "b.xml.gz", "x/Z.xml.gz"])
    #expect(try paths("[ce]/a.xml.gz") == ["c/a.xml.gz", "e/a.xml.gz"])
    #expect(try paths("c/x/?/*") == ["y/d.csv"])
  }

  @Test func `lists a file once and tells files of one name apart`() throws {
    #expect(try paths("c/b.xml.gz", "c/*.xml.gz") == ["b.xml.gz", "a.xml.gz"])
    #expect(try paths("c/a.xml.gz", "e/a.xml.gz") == ["c/a.xml.gz", "e/a.xml.gz"])
  }

  @Test func `takes a file whose name looks like a pattern as it is`() throws {
    try folder.write("odd[1].csv", "x")
    #expect(try paths("odd[1].csv") == ["odd[1].csv"])
  }

  @Test func `follows links that stay in the folder and no others`() throws {
    try folder.link("l/inside.csv", to: "real/a.csv")
    try folder.write("l/real/a.csv", "x")
    try folder.link("l/outside.csv", to: "../c/x/y/d.csv")
    try folder.link("l/loop", to: ".")
    try folder.link("l/dangling", to: "nowhere")
    let files = try SourceFiles(["l"], relativeTo: folder.path)
    #expect(files.files.map(\.displayPath) == ["inside.csv"])
    #expect(files.skipped.count(of: .notAFile) == 3)
    #expect(files.skipped.count(of: .duplicate) == 1)
  }

  @Test(arguments: [
    ("missing.gz", "cannot open 'missing.gz': no such file"),
    ("c/*.zip", "cannot open 'c/*.zip': no file matches"),
    ("nowhere/*.gz", "cannot open 'nowhere/*.gz': its folder does not exist"),
    ("empty", "cannot open 'empty': the folder holds no file to read"),
    ("far/*", "cannot open 'far/*': no file matches but links out of the folder, left out"),
  ])
  func `says what was looked for`(pattern: String, message: String) throws {
    try folder.write("empty/LICENSE", "x")
    try folder.write("far/LICENSE", "x")
    try folder.link("far/d.csv", to: "../c/x/y/d.csv")
    let error = #expect(throws: ArchiveError.self) { try paths(pattern) }
    #expect(error?.diagnostic.message == message)
  }
}
