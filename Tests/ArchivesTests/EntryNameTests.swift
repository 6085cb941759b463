import Testing

@testable import Archives

struct EntryNameTests {
  @Test(arguments: [
    ("notes/a.txt", "notes/a.txt"), ("café/内科.txt", "café/内科.txt"),
    ("esc\u{1B}[2J", "esc\\u{1b}[2J"), ("a\nb", "a\\u{a}b"),
    ("bidi\u{202E}txt", "bidi\\u{202e}txt"),
    ("zero\u{200B}width", "zero\\u{200b}width"), ("", ""),
  ])
  func `escapes what a terminal would obey`(name: String, shown: String) {
    #expect(EntryName.escaped(name) == shown)
  }

  @Test func `escapes bytes that are not UTF-8 one by one`() {
    let bytes: [UInt8] = [0x41, 0xC4, 0xDA, 0x42, 0xE5, 0x86]
    #expect(bytes.withUnsafeBytes { EntryName.escaped($0) } == "A\\xc4\\xdaB\\xe5\\x86")
  }

  @Test func `drops the dots that tar writes in front`() {
    #expect(EntryName.withoutDotPrefix("././notes/a.txt") == "notes/a.txt")
    #expect(EntryName.withoutDotPrefix("../a.txt") == "../a.txt")
  }
}
