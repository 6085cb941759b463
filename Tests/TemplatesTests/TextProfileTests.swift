import Records
import Testing

@testable import Templates

/// What the README of BlueBERT, run with NLTK 3.10, makes of texts.
struct TextProfileTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let text: String
    let written: String
  }

  @Test(arguments: cases)
  func `writes as BlueBERT's authors did`(_ sample: Case) {
    #expect(TextProfile.bluebert.applied(to: sample.text) == sample.written)
  }

  @Test func `is ASCII, lower case and one line`() {
    let text = TextProfile.bluebert.applied(to: "ÄRZTE\n\nGeben 5 µg.\u{2028}Ende ²")
    #expect(text == "rzte geben 5 g. ende")
  }

  @Test func `writes nothing of a text without ASCII, which is rejected`() throws {
    let set = TemplateSet(name: "plain", task: "pre-training-text", wordings: [], output: "{text}")
    let renderer = try TemplateRenderer(
      task: .preTrainingText, sets: [set], seed: 0, profile: .bluebert)
    let rendering = renderer.render(.sample(.labelledText(LabelledText(text: "血圧"))), id: "a")
    #expect(rendering.rejection?.reason == .emptyText)
  }

  @Test func `shapes the text of plain examples`() throws {
    let set = TemplateSet(name: "plain", task: "pre-training-text", wordings: [], output: "{text}")
    let renderer = try TemplateRenderer(
      task: .preTrainingText, sets: [set], seed: 0, profile: .bluebert)
    let rendering = renderer.render(
      .sample(.labelledText(LabelledText(text: "No Fever."))), id: "a")
    #expect(rendering.example?.body == .text("no fever ."))
  }

  @Test func `is refused for conversations`() {
    #expect(throws: Diagnostic.self) {
      try TemplateRenderer(
        task: .questionAnswering, sets: [.questions(["{question}"])], seed: 0, profile: .bluebert)
    }
  }

  static let cases = [
    Case(
      testDescription: "contractions and possessives",
      text:
        "Crohn's disease, Alzheimer's (AD), and patients' wishes: don't, can't, won't, "
        + "they'll, we've, I'd, I'm.",
      written:
        "crohn's disease , alzheimer's ( ad ) , and patients ' wishes : do n't , ca n't "
        + ", wo n't , they 'll , we 've , i 'd , i 'm ."
    ),
    Case(
      testDescription: "numbers",
      text: "Ratio 1:100, 1,000 mg:5, x: y,z,,q:",
      written: "ratio 1:100 , 1,000 mg:5 , x : y , z , ,q :"),
    Case(
      testDescription: "lines and letters beyond ASCII",
      text: "The dose was 10⁵/μL\r\n\r\nβ-carotene rose by 5%; p<0.05 (95% CI: 1.2–3.4).",
      written: "the dose was 10 / l -carotene rose by 5 % ; p < 0.05 ( 95 % ci : 1.2 3.4 ) ."),
    Case(
      testDescription: "quotation marks",
      text: "\"Quoted\" text, he said: \"No.\" ''Twice'' ``back'' and (\"inner\") [\"x\"].",
      written:
        "`` quoted '' text , he said : `` no. '' `` twice '' `` back '' and ( `` inner "
        + "'' ) [ `` x '' ] ."
    ),
    Case(
      testDescription: "words that are two",
      text:
        "I cannot go; gimme 5, gonna, gotta, lemme, wanna go, wanna. More'n d'ye 'tis 'twas cannot",
      written:
        "i can not go ; gim me 5 , gon na , got ta , lem me , wan na go , wanna. more 'n "
        + "d 'ye 't is 't was can not"
    ),
    Case(
      testDescription: "marks",
      text: "Wait... what?! a--b @home #1 & Co. (End.)\" ",
      written: "wait ... what ? ! a -- b @ home # 1 & co. ( end . ) ''"),
    Case(
      testDescription: "single quotes",
      text: "The dogs' 'tail'. ' alone ' it''s",
      written: "the dogs ' 'tail'. ' alone ' it '' s"),
    Case(
      testDescription: "'s that stands alone",
      text: "It's the child 's toy 's. 's",
      written: "it's the child's toy's.'s"),
    Case(
      testDescription: "letters whose lower case is ASCII",
      text: "Kelvin 300 \u{212A}, \u{130}stanbul",
      written: "kelvin 300 k , i stanbul"),
    Case(
      testDescription: "full stops",
      text: "In new york. ends with e.g.",
      written: "in new york. ends with e.g ."),
    Case(
      testDescription: "dots",
      text: "Ends in ellipsis...",
      written: "ends in ellipsis ..."),
    Case(
      testDescription: "other white space",
      text: "tab\there\u{B}vt 's",
      written: "tab here vt's"),
  ]
}
