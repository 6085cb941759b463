import Testing

@testable import Archives

struct IgnoredNamesTests {
  @Test(arguments: [
    "LICENSE", "LICENSE.txt", "licence.md", "LICENSE-MIT", "README", "README.zh.md",
    "readme_en.txt",
    "COPYING", "NOTICE.txt", "CHANGELOG.md", "CITATION.cff", "SOURCE.md", "x/.DS_Store",
    "__MACOSX/notes/._a.txt", ".git/config", "Thumbs.db", "a/b/README.md",
  ])
  func `leaves out what lies beside the data`(path: String) {
    #expect(IgnoredNames.reason(for: path) == .ignoredName)
  }

  @Test(arguments: ["a.xml.gz.md5", "SHA256SUMS.txt", "data.sha256", "MD5SUMS"])
  func `leaves out checksums`(path: String) {
    #expect(IgnoredNames.reason(for: path) == .checksumFile)
  }

  @Test(arguments: [
    "notes/a.txt", "readmission.csv", "notice-of-retraction.xml", "license_plates.csv",
    "changes.jsonl", "a/source.xml", "md5.txt", "../up.txt",
  ])
  func `reads everything else`(path: String) {
    #expect(IgnoredNames.reason(for: path) == nil)
  }
}
