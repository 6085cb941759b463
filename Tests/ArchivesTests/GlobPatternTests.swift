import Testing

@testable import Archives

struct GlobPatternTests {
  @Test(arguments: [
    ("*.txt", "a.txt"), ("*.txt", "notes/a.txt"), ("?.txt", "a.txt"), ("[a-c].txt", "b.txt"),
    ("[!a-c].txt", "d.txt"), ("[]x].txt", "].txt"), ("[a-].txt", "-.txt"), ("a*b*c", "axxbyyc"),
    ("notes/*.txt", "notes/a.txt"), ("**/a.txt", "a.txt"), ("**/a.txt", "x/y/a.txt"),
    ("x/**", "x/y/z"), ("x/**/z", "x/z"), ("x/**/z", "x/a/b/z"), ("**", "x/y"),
    ("x/**/*.gz", "x/a/b/c.gz"), ("*", "a"), ("[abc", "[abc"),
    ("pubmed26n*.xml.gz", "pubmed26n0001.xml.gz"),
    ("a/**/b/**/c", "a/b/x/b/c"), ("é*", "éa"),
  ])
  func `describes a path`(pattern: String, path: String) {
    #expect(GlobPattern(pattern).matches(path))
  }

  @Test(arguments: [
    ("*.txt", "a.txt.gz"), ("?.txt", "ab.txt"), ("[a-c].txt", "d.txt"), ("[!a-c].txt", "b.txt"),
    ("notes/*.txt", "notes/x/a.txt"), ("notes/*.txt", "a.txt"), ("x/**/z", "x/y"),
    ("A.txt", "a.txt"),
    ("a*b", "a/b"), ("", "a"), ("x/*", "x"),
  ])
  func `does not describe another path`(pattern: String, path: String) {
    #expect(!GlobPattern(pattern).matches(path))
  }

  @Test func `takes no exponential time over many stars`() {
    let path = String(repeating: "a", count: 2_000)
    #expect(!GlobPattern(String(repeating: "a*", count: 40) + "b").matches(path))
  }

  @Test func `compares a single component with the whole path when asked`() {
    #expect(GlobPattern("*.txt").matchesWhole("a.txt"))
    #expect(!GlobPattern("*.txt").matchesWhole("notes/a.txt"))
  }
}
