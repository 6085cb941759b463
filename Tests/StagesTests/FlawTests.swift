import Records
import Testing

@testable import Stages

struct FlawTests {
  private func finding(_ name: String, _ content: Content) -> String? {
    let record = Record(id: "1", corpus: "c", license: .mit, content: content)
    var measurement = RecordMeasurement(record)
    return FlawRegistry.flaw(named: name).flatMap { measurement.finding(of: $0) }
  }

  private func answer(_ answer: String) -> Content {
    .questionAnswer(QuestionAnswer(question: "What is this and what of it", answer: answer))
  }

  private func choice(
    _ options: [String], _ answers: [Int] = [0], explanation: String = ""
  ) -> Content {
    .multipleChoice(
      MultipleChoice(stem: "Which?", options: options, answers: answers, explanation: explanation))
  }

  @Test(arguments: [
    "As an AI language model, I cannot say.", "Well, I\u{2019}m sorry, but I can\u{2019}t do that.",
    "作为一个AI语言模型，我不能诊断。", "AI言語モデルとして、お答えできません。",
    "Como modelo de lenguaje, no puedo.", "En tant que modèle de langage, je ne sais pas.",
  ])
  func `refusals are met in five languages`(text: String) {
    #expect(finding("refusal", answer(text)) != nil)
  }

  @Test(arguments: [
    "As an aid to diagnosis, X-rays help.", "The AI model reached an AUC of 0.9.",
    "患者因作为一个教师而声音嘶哑。", "I cannot assist you more than to say: rest.",
  ])
  func `what merely resembles a refusal stays`(text: String) {
    #expect(finding("refusal", answer(text)) == nil)
  }

  @Test(arguments: [
    ("Take the tablets in the morning with a glass of", "ends in a function word"),
    ("The first signs are fever, cough and pain...", "ends in an ellipsis"),
    ("The first signs are fever, cough and pain,", "ends in a comma"),
    ("The treatment of choice is surgery (either open or by endo", "ends inside a bracket"),
    ("The treatment of choice is surgery of the endo-", "ends in a hyphen"),
  ])
  func `cut off answers are told by how they end`(text: String, sign: String) {
    #expect(finding("truncated", answer(text)) == sign)
  }

  @Test(arguments: [
    "Yes, of", "See also the pages of the National Library of Medicine",
    "The dose is 5 mg (twice a day), and more is of no use (see below).",
    "Symptoms are fever, cough, pain and loss of vitamin A", "多喝水，多休息，少吃辛辣的食物，",
    "可多食润肠道通便的食物(如蜂蜜、香蕉等以始终保持大便通畅。",
  ])
  func `whole and short answers are not cut off`(text: String) {
    #expect(finding("truncated", answer(text)) == nil)
  }

  @Test func `an unfinished answer has no closing punctuation`() {
    let words = "one two three four five six seven eight nine ten eleven twelve and four more words"
    #expect(finding("unfinished", answer(words)) != nil)
    #expect(finding("unfinished", answer(words + ".")) == nil)
    #expect(finding("unfinished", answer("one two")) == nil)
    #expect(finding("unfinished", answer(words + "。")) == nil)
  }

  @Test(arguments: ["", "None", "N/A", "nan.", " null ", "暂无", "--"])
  func `explanations that explain nothing`(text: String) {
    #expect(finding("empty-explanation", choice(["a", "b"], explanation: text)) != nil)
    #expect(finding("placeholder-answer", answer(text)) != nil)
  }

  @Test(arguments: ["None of these suits, as K+ falls.", "No", "0", "K+", "Na", "无菌"])
  func `short words that say something`(text: String) {
    #expect(finding("empty-explanation", choice(["a", "b"], explanation: text)) == nil)
    #expect(finding("placeholder-answer", answer(text)) == nil)
  }

  @Test func `options that differ in blanks, case of words or a full stop are the same`() {
    #expect(finding("duplicate-options", choice(["Iron", "Zinc", "iron. "])) == "A and C")
    #expect(finding("duplicate-options", choice(["5  mg", "10 mg", "5 mg"])) == "A and C")
    #expect(finding("duplicate-options", choice(["mA", "MA", "1.", "1", "+", "-"])) == "C and D")
    #expect(finding("duplicate-options", choice(["", ""])) == nil)
  }

  @Test func `the right answer must be offered`() {
    #expect(finding("gold-not-option", choice(["a", "b"], [2])) == "not one of 2 options")
    #expect(finding("gold-not-option", choice(["a", "b"], [])) == "no right option")
    #expect(finding("gold-not-option", choice(["a", ""], [1])) == "an empty option")
    #expect(finding("gold-not-option", choice(["a", "b"], [0, 1])) == nil)
    let labelled = LabelledText(text: "x", labels: ["c"], labelSet: ["a", "b"])
    #expect(finding("gold-not-option", .labelledText(labelled)) == "not one of 2 labels")
    #expect(finding("gold-not-option", answer("x")) == nil)
  }

  @Test func `a filter rejects with the flaw's reason and the measure's value`() throws {
    let record = Record(
      id: "1", corpus: "c", license: .mit, content: choice(["Iron", "iron"], explanation: "5 5 5"))
    let flaw = try #require(FlawRegistry.flaw(named: "duplicate-options"))
    let measure = try #require(MeasureRegistry.measure(named: "digits"))
    let flawed = RecordFilter(flaws: [flaw]).rejection(of: record)
    #expect(flawed?.reason == .duplicateOptions)
    #expect(flawed?.value == "A and B")
    let bound = MeasureBound(measure: measure, most: 0.5)
    let filter = RecordFilter(field: "explanation", bounds: [bound], flaws: [flaw])
    #expect(filter.rejection(of: record)?.value == "digits 1.0000")
    #expect(filter.rejection(of: record)?.reason == .manyDigits)
  }
}
