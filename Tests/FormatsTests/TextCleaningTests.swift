import Testing

@testable import Formats

struct TextCleaningTests {
  @Test(arguments: [
    ("  a  b \t\r\nc  \r\r\r\n\n\nd\n\n", "a  b\nc\n\nd"), ("a\u{0}\u{7}b\u{85}c\u{9f}d", "abcd"),
    ("\ta\n  b\tc", "a\n  b\tc"), ("", ""), (" \n ", ""), ("µ – é", "µ – é"), ("a\u{7f}b", "ab"),
    ("e\u{301}", "e\u{301}"), ("a \n \n \nb", "a\n\nb"),
  ])
  func `tidies blanks, line ends and controls`(text: String, expected: String) {
    #expect(Array(TextCleaning().cleaned(text).utf8) == Array(expected.utf8))
  }

  @Test func `is idempotent`() {
    let once = TextCleaning().cleaned(" a \r\n\r\n\r\n b\u{a0}\u{1}c ")
    #expect(TextCleaning().cleaned(once) == once)
  }

  @Test func `keeps or folds wide spaces`() {
    let text = "5\u{a0}mg\u{2009}a\u{202f}b\u{2013}"
    #expect(TextCleaning().cleaned(text) == text)
    #expect(TextCleaning(wideSpaces: .folded).cleaned(text) == "5 mg a b\u{2013}")
  }

  @Test(arguments: [
    ("a &lt; b &amp;lt; c", "a < b &lt; c"), ("5 &micro;g &#181; &#xB5;", "5 µg µ µ"),
    ("R&D; &unknown; & &;", "R&D; &unknown; & &;"), ("&#0; &#xD800; &#+5;", "&#0; &#xD800; &#+5;"),
    ("plain", "plain"),
  ])
  func `decodes HTML references once`(text: String, expected: String) {
    #expect(TextCleaning.decodeHTMLEntitiesOnce(text) == expected)
  }
}
