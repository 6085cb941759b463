import Testing

@testable import Formats

struct UnicodeWordKeyTests {
  private func key(_ text: String) -> String {
    var key = UnicodeWordKey()
    var output: [UInt8] = [1, 2, 3]
    key.normalise(text, into: &output)
    return String(decoding: output, as: UTF8.self)
  }

  @Test(arguments: [
    ("Acute  Renal-Failure, (AKI)!", "acute renal failure aki"), ("", ""), ("...", ""),
    ("ÉTUDE de l’été", "étude de l été"), ("5 µg", "5 μg"), ("ﬁbrosis", "fibrosis"),
    ("５５５", "555"), ("so\u{ad}dium\u{200b}x", "sodiumx"), ("a_b", "a b"), ("Straße", "strasse"),
    ("x₂", "x2"), ("医学。学生", "医学 学生"), ("a – b", "a b"), (" – ", ""),
  ])
  func `folds case, width and compatibility, and keeps only words`(
    text: String, expected: String
  ) {
    #expect(Array(key(text).utf8) == Array(expected.utf8))
  }

  @Test func `composes a mark with the letter before it`() {
    #expect(Array(key("E\u{301}tude e\u{301}").utf8) == Array("étude é".utf8))
    #expect(Array(key("e\u{301}").utf8) == Array(key("é").utf8))
  }

  @Test func `gives the same as byte by byte for long ASCII`() {
    let text = String(repeating: "Abc, 12.5 x;; ", count: 2000) + "END."
    var expected = ""
    for character in text.lowercased() {
      let isWord = character.isLetter || character.isNumber
      if isWord { expected.append(character) }
      if !isWord, expected.last != " " { expected.append(" ") }
    }
    #expect(key(text) == expected.trimmingSuffix())
  }

  @Test(arguments: [
    ("病人有发热和咳嗽", true), ("the patient has fever", false), ("ผู้ป่วยมีไข้", true),
    ("患者 has 发热", true), ("the patient took 当归", false), ("", false),
  ])
  func `tells text without spaces between words`(text: String, expected: Bool) {
    var key = UnicodeWordKey()
    var output: [UInt8] = []
    key.normalise(text, into: &output)
    #expect(key.isMostlyUnspaced == expected)
  }

  @Test(arguments: [
    ("", 0), ("one", 1), ("  one two\nthree\t", 3), ("a-b c.d", 2), ("病人发热", 4),
    ("病人 has 发热。", 5), ("five\u{a0}mg", 2), ("naïve é", 2), ("12345678 9", 2),
    ("1234567 90 x\u{b}y", 4),
  ])
  func `counts words, and characters where there are no spaces`(text: String, expected: Int) {
    #expect(WordCount.words(in: text) == expected)
  }
}

extension String {
  fileprivate func trimmingSuffix() -> String { last == " " ? String(dropLast()) : self }
}
