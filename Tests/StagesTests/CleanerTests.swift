import Records
import Testing

@testable import Stages

struct CleanerTests {
  @Test(arguments: [
    ("plain text", "plain text"),
    ("one\r\ntwo\rthree", "one\ntwo\nthree"),
    ("  padded \n\n", "padded"),
    ("trailing  \t\nblanks ", "trailing\nblanks"),
    ("a\n\n\n\nb\n \n\t\nc", "a\n\nb\n\nc"),
    ("bell\u{7}, nul\u{0}, del\u{7f}, c1\u{9c}", "bell, nul, del, c1"),
    ("page\u{c}break\u{2028}line\u{85}next", "page\nbreak\nline\nnext"),
    ("\u{feff}mark", "mark"),
    ("10⁵/μL, 5 mg, “ﬁ”", "10⁵/μL, 5 mg, “ﬁ”"),
    ("  HGB   12.1\n  WBC    7.4", "HGB   12.1\n  WBC    7.4"),
    ("\u{1}", ""),
    ("", ""),
  ])
  func `tidies`(raw: String, expected: String) {
    var text = raw
    Cleaner().clean(&text)
    #expect(Array(text.utf8) == Array(expected.utf8))
  }

  @Test func `folds runs of blanks for prose`() {
    var text = "a  b\t\tc\n   d e"
    Cleaner(foldsSpaces: true).clean(&text)
    #expect(text == "a b c\nd e")
  }

  @Test(arguments: [false, true])
  func `cleaning twice is the same as once`(foldsSpaces: Bool) {
    let pieces = [
      " ", "  ", "\t", "\n", "\r", "\r\n", "\u{b}", "\u{85}", "\u{2029}", "\u{feff}", "\u{0}", "a",
      "é", "血", "…", "\u{a0}", "🩺",
    ]
    var random = SplitMix64(seed: 21)
    let cleaner = Cleaner(foldsSpaces: foldsSpaces)
    for _ in 0..<5000 {
      var once = (0..<Int.random(in: 0...14, using: &random))
        .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      cleaner.clean(&once)
      var twice = once
      cleaner.clean(&twice)
      #expect(Array(once.utf8) == Array(twice.utf8))
    }
  }

  @Test func `cleans every text of a record and leaves codes alone`() {
    let note = Note(
      sections: [NoteSection(code: "PLAN ", header: " Plan", text: "rest \r\n")],
      category: "Discharge summary ")
    var record = Record(id: "1 ", corpus: "c", license: .mit, content: .note(note))
    Cleaner().clean(&record)
    #expect(
      record.content
        == .note(
          Note(
            sections: [NoteSection(code: "PLAN ", header: "Plan", text: "rest")],
            category: "Discharge summary ")))
    #expect(record.id == "1 ")
  }
}
