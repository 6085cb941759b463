import Formats
import Testing

struct SentencesTests {
  @Test(arguments: [
    ("One here. Two there! Three? Four…", ["One here.", "Two there!", "Three?", "Four…"]),
    (
      "Dr. Smith saw J. Doe, e.g. at 3.5 mmol/L. Stable.",
      ["Dr. Smith saw J. Doe, e.g. at 3.5 mmol/L.", "Stable."]
    ),
    (
      "See Fig. 2 and No. 5. She said no. Then she left.",
      ["See Fig. 2 and No. 5.", "She said no.", "Then she left."]
    ),
    ("A title\n\nAn abstract goes\non here.", ["A title", "An abstract goes on here."]),
    (
      "(It rose.) \"Did it?\" he said. Élan vital. Ünder.",
      ["(It rose.)", "\"Did it?\" he said.", "Élan vital.", "Ünder."]
    ),
    ("患者发热。给予治疗！「好。」他说。", ["患者发热。", "给予治疗！", "「好。」", "他说。"]),
    ("Growth of S. aureus in 1. and 2. cultures.", ["Growth of S. aureus in 1. and 2. cultures."]),
    ("1. Rest. 2. Water.", ["1. Rest.", "2. Water."]),
    ("  \n ", []),
  ])
  func `divides prose into sentences`(text: String, sentences: [String]) {
    #expect(Sentences.of(text) == sentences)
  }

  @Test func `loses nothing but blanks`() {
    let text = "Der Pat. kam z.B. am 3. Mai.  Er hatte\tFieber.\r\n\r\nTherapie: keine ."

    let joined = Sentences.of(text).joined().filter { !$0.isWhitespace }

    #expect(joined == text.filter { !$0.isWhitespace })
  }
}
