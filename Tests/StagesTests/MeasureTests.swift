import Records
import Testing

@testable import Stages

struct MeasureTests {
  private func value(_ name: String, _ text: String, language: String? = nil) -> Double? {
    MeasureRegistry.measure(named: name)?.value(of: MeasuredText(text, language: language))
  }

  @Test func `names are unique, and every measure can be bounded`() {
    let names = MeasureRegistry.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(MeasureRegistry.all.allSatisfy { $0.low != nil || $0.high != nil })
    #expect(Set(FlawRegistry.all.map(\.name)).count == FlawRegistry.all.count)
  }

  @Test func `an empty text has no shares, and no bound rejects it`() {
    for measure in MeasureRegistry.all where measure.name.hasSuffix("s") && measure.unit == .share {
      let value = measure.value(of: MeasuredText(" \n ")) ?? 0
      #expect(value == 0, "\(measure.name)")
    }
  }

  @Test func `characters are letters, digits, symbols or punctuation`() {
    #expect(value("letters", "abc 123") == 0.5)
    #expect(value("digits", "ab12 ３４") == 0.6667)
    #expect(value("symbols", "a=b (50%)") == 0.125)
    #expect(value("letters", "血圧120") == 0.4)
    #expect(value("letter_words", "BP 120 80 mmHg") == 0.5)
  }

  @Test func `words have a mean length where scripts have spaces`() {
    #expect(value("mean_word", "one four") == 3.5)
    #expect(value("mean_word", "血圧が高い") == nil)
  }

  @Test func `lines and paragraphs met before are repeated, blanks around them set apart`() {
    #expect(value("repeated_lines", "a\nb\n  a\n\nc") == 0.25)
    #expect(value("repeated_line_chars", "aaa\nb\naaa\nb") == 0.5)
    #expect(value("repeated_paragraphs", "one\ntwo\n\none\ntwo\n\nthree") == 0.3333)
    #expect(value("repeated_paragraphs", "one\n\n\n\n") == 0)
  }

  @Test func `a run of words that occurs once is no repetition`() {
    #expect(value("top_2grams", "take one tablet") == 0)
    // "ab cd" twice of 10 characters.
    #expect(value("top_2grams", "ab cd ab cd ef") == 0.8)
    #expect(value("top_3grams", "x y z x y z x y z") == 1)
  }

  @Test func `characters in runs met before are counted once`() {
    let words = "one two three four five "
    #expect(value("repeated_5grams", words) == 0)
    #expect(value("repeated_5grams", words + words) == 0.5)
    #expect(value("repeated_5grams", words + words + words) == 0.6667)
    #expect(value("repeated_6grams", words + words) == 0)
    #expect(value("repeated_10grams", words + words) == 0)
  }

  @Test func `letters of scripts without spaces are words of their own`() {
    #expect(value("repeated_5grams", "高血圧治療高血圧治療") == 0.5)
    #expect(value("top_2grams", "头痛头痛头痛") == 1)
  }

  @Test func `a maximum rejects more the lower it is`() throws {
    let texts = (0..<40).map { number in
      (0..<60).map { "w\($0 % (number + 1))" }.joined(separator: number % 3 == 0 ? "\n" : " ")
    }.map { MeasuredText($0) }
    for measure in MeasureRegistry.all {
      var before = 0
      for limit in [1.0, 0.8, 0.5, 0.3, 0.1, 0] {
        let bound = MeasureBound(measure: measure, most: limit)
        let rejected = texts.count { text in
          measure.value(of: text).map { bound.reason(against: $0) != nil } ?? false
        }
        #expect(rejected >= before, "\(measure.name) at \(limit)")
        before = rejected
      }
    }
  }

  @Test func `bullets, ellipses and number signs`() {
    #expect(value("bullet_lines", "- one\n• two\nthree\n* four") == 0.75)
    #expect(value("ellipsis_lines", "one...\ntwo…\nthree") == 0.6667)
    #expect(value("ellipses", "a... b… c.... d") == 0.75)
    #expect(value("hashes", "# a # b") == 0.5)
  }

  @Test func `stop words are asked of English`() {
    #expect(value("stop_words", "The cause of the pain", language: "en") == 2)
    #expect(value("stop_words", "La causa", language: "es") == nil)
    #expect(value("stop_words", "头痛的原因") == nil)
  }

  @Test(arguments: [
    ("<p>Rest</p> and <br/> water", 3), ("p < 0.05, <50 mg, a<b>c", 1), ("AT&T & R&D", 0),
    ("5 &lt; 6 &amp; 7&#39;s &#x27;", 4), ("<a href=\"x\">here</a>", 2), ("<s>", 0),
    ("x <script and then nothing", 0), ("<!-- note -->", 1), ("&copyright", 0),
  ])
  func `HTML that was left is counted, comparisons are not`(text: String, count: Int) {
    #expect(value("html", text) == Double(count))
  }

  @Test(arguments: [
    ("caf\u{C3}\u{A9} and it\u{E2}\u{20AC}\u{2122}s", 2), ("naïve Ménière São SÃO", 0),
    ("a\u{FFFD}b", 1), ("37 \u{C2}\u{B0}C", 1), ("锟斤拷", 1), ("âgé, Âge", 0),
  ])
  func `wrong decodings are counted`(text: String, count: Int) {
    #expect(value("mojibake", text) == Double(count))
  }

  @Test func `boilerplate is measured in sentences`() {
    let notice = "Copyright © 2020 Some Press. All rights reserved."
    #expect(value("boilerplate", "Rest and drink water.") == 0)
    #expect(value("boilerplate", notice) == 1)
    let share = value("boilerplate", "A long and sober finding about the heart. " + notice) ?? 0
    #expect(share > 0.4 && share < 0.7)
    #expect(value("boilerplate", "版权所有。多喝水。") == 0.5556)
  }
}
