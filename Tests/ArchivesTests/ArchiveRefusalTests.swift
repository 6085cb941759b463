import Records
import TestSupport
import Testing

@testable import Archives

struct ArchiveRefusalTests {
  @Test func `refuses an encrypted entry and reads the others`() throws {
    let bytes = try ArchiveBuilder.zip(
      [.file("secret.txt", "secret")], options: "zip:encryption=traditional", passphrase: "open")
    let contents = try contents(of: bytes, named: "t.zip")
    #expect(contents.problems == [.encrypted])
    #expect(
      contents.entryFailures.first?.description
        == "t.zip[secret.txt]: error: cannot read encrypted entries\nhint: decrypt it first")
  }

  @Test(arguments: foreignFormats)
  func `refuses a format that is not enabled by its name`(name: String, bytes: [UInt8]) {
    let error = #expect(throws: ArchiveError.self) { try contents(of: bytes, named: "notes.zip") }
    #expect(error?.problem == .formatNotEnabled(name))
    #expect(
      error?.description
        == "notes.zip: error: cannot read \(name) archives\nhint: repack it as .zip, .tar.gz or .7z"
    )
  }

  @Test(arguments: [
    "070707 is an id", "MZ twins, case report", "BZh is a gene", "PK levels", "begin 644 x",
    "WARC is", "!<arch", "70701,1",
  ])
  func `takes no text for an archive`(text: String) throws {
    #expect(try contents(of: Array(text.utf8), named: "a.txt").texts == ["a.txt": text])
  }

  @Test(arguments: ["a.zip", "a.tar", "a.gz", "a.tgz", "a.7z", "a.bz2", "a.xz", "a.zst"])
  func `refuses plain text that is named as an archive`(name: String) {
    let error = #expect(throws: ArchiveError.self) {
      try contents(of: Array("plain".utf8), named: name)
    }
    guard case .notAnArchive = error?.problem else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
  }

  @Test func `refuses a folder, a fifo and a missing file`() throws {
    let folder = try ScratchFolder()
    for path in [folder.path, "\(folder.path)/missing", "/dev/null"] {
      #expect(throws: ArchiveError.self) { try Archive.open(path: path, displayPath: "x") }
    }
  }

  private static let zeros = [UInt8](repeating: 0, count: 32_769)

  private static let foreignFormats: [(name: String, bytes: [UInt8])] = [
    ("rar", ascii("Rar!\u{1A}\u{07}\u{00}")),
    ("cab", ascii("MSCF\0\0\0\0")),
    ("compress (.Z)", [0x1F, 0x9D, 0x90]),
    ("lz4", [0x04, 0x22, 0x4D, 0x18]),
    ("lzop", [0x89, 0x4C, 0x5A, 0x4F, 0x00]),
    ("lrzip", ascii("LRZI\0")),
    ("ar", ascii("!<arch>\n")),
    ("xar", ascii("xar!")),
    ("cpio", ascii("070707" + String(repeating: "0", count: 70))),
    ("lha", ascii(" `-lh5-" + String(repeating: "\0", count: 20))),
    ("lzma", [0x5D, 0, 0, 0x80, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 1]),
    ("iso9660", zeros + ascii("CD001")),
  ]

  private static func ascii(_ text: String) -> [UInt8] { Array(text.utf8) }
}
