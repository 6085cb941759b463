import Records
import Testing

@testable import Templates

struct AnswerFormTests {
  /// Whatever wording a task's own sets choose, the answer can be taken out of the output again.
  @Test(arguments: TemplateFile.all.map(\.name))
  func `finds the gold answer in every output of the sets that ship`(file: String) throws {
    let set = try #require(TemplateFile.all.first { $0.name == file }?.set)
    let task = try #require(TaskRegistry.task(named: set.task))
    guard task.answer != .text, set.name != "single-label" else { return }
    let renderer = try TemplateRenderer(task: task, sets: [set], seed: 5)

    for content in answered where task.shapes.contains(content.shape) {
      let record = Record.sample(content)
      guard let example = renderer.render(record, id: "x").conversation else { continue }
      let gold = try #require(task.answer.gold(of: content))
      #expect(task.answer.answer(in: example.output) == gold, "\(example.output)")
    }
  }

  private let answered: [Content] =
    Array(suitableContent.values) + [
      .multipleChoice(
        MultipleChoice(
          stem: "Which are metals?", options: ["A. iron", "Wood", "Zinc: a metal", "No"],
          answers: [0, 2], explanation: "Iron and zinc are metals, wood is none.")),
      .multipleChoice(
        MultipleChoice(
          stem: "肝臓はどれか。", options: ["１", "２", "３", "４", "５"], answers: [4],
          explanation: "説明。")),
      .labelledText(
        LabelledText(text: "T", labels: ["x, y", "z\"q\""], labelSet: ["x, y", "z\"q\""])),
      .labelledText(LabelledText(text: "T", labels: [], labelSet: ["x"])),
      .textPair(
        TextPair(first: "1", second: "2", label: "NOT_ENOUGH INFO", labelSet: ["NOT_ENOUGH INFO"])),
    ]

  @Test(arguments: [
    ("The answer is: B", ["B"]), ("Reasons.\nThe answer is: A, C", ["A", "C"]),
    ("First the answer is C. No: the answer is B.", ["B"]), ("**Answer:** (D) Heart", ["D"]),
    ("The correct answer is option E because of this.", ["E"]), ("B", ["B"]), ("A, C", ["A", "C"]),
    ("B. Heart", ["B"]), ("A. Iron\nC. Zinc", ["A", "C"]), ("Ans. is 'c' i.e., Hb", ["C"]),
    ("Ans. a. Iron", ["A"]), ("Answer- d) Gold", ["D"]), ("答えは：Ｄ", ["D"]), ("正解はAとC", ["A", "C"]),
    ("所以答案是B。", ["B"]), ("故选ACD", ["A", "C", "D"]),
    ("La réponse est : B et D", ["B", "D"]), ("La respuesta correcta es la C.", ["C"]),
    ("The answer is A because it is right.", ["A"]), ("Answer: B and D", ["B", "D"]),
  ])
  func `reads the letters that a text concludes with`(text: String, letters: [String]) {
    #expect(AnswerForm.optionLetters.answer(in: text) == letters)
  }

  @Test(arguments: [
    "", "Option B is wrong.", "The answer is a common cold.", "The answer is A common cold.",
    "Answer B is incorrect since it is rare.", "The answer is: heart", "Incorrect answers: A, B",
    "I think that the heart is right.", "A. is wrong\nB. is wrong\nbut C may be right.",
    "The answer is (a common cold).",
  ])
  func `reads no letters where none are stated`(text: String) {
    #expect(AnswerForm.optionLetters.answer(in: text) == nil)
  }

  @Test(arguments: [
    ("yes", "yes"), ("No.", "no"), ("Reasons.\nThe answer is: maybe", "maybe"),
    ("Answer: Yes, it does.", "yes"),
  ])
  func `reads a decision`(text: String, decision: String) {
    #expect(AnswerForm.decision.answer(in: text) == [decision])
  }

  @Test(arguments: ["", "Nothing is known.", "Perhaps yes", "The answer is: unclear"])
  func `reads no decision where none is stated`(text: String) {
    #expect(AnswerForm.decision.answer(in: text) == nil)
  }

  @Test(arguments: ["", "a, b", "{}", "[1]", "[\"a\"] and more"])
  func `takes nothing but a list of strings for a list`(text: String) {
    #expect(AnswerForm.list.answer(in: text) == nil)
  }
}
