import Records
import Testing

@testable import Templates

struct TaskTests {
  @Test func `answers with the long answer when there is no short one`() {
    let item = QuestionAnswer(question: "Q?", answer: "", longAnswer: "At length.")

    #expect(
      TrainingTask.questionAnswering.filling(of: .sample(.questionAnswer(item)))
        == .slots(["Q?", "", "", "At length."]))
  }

  @Test func `rejects a question without an answer`() {
    #expect(
      TrainingTask.questionAnswering.filling(of: .question("Q?", " \n\u{a0}"))
        == .refused(.emptyAnswer, value: nil))
  }

  @Test func `rejects a free question as yes, no or maybe`() {
    #expect(
      TrainingTask.yesNoMaybeQA.filling(of: .question("Q?", "yes"))
        == .refused(.taskDoesNotFit, value: "free"))
  }

  @Test func `answers an exam question with letter and text`() {
    let item = MultipleChoice(stem: "Which?", options: ["Liver", "Heart"], answers: [1])

    #expect(
      TrainingTask.multipleChoiceQA.filling(of: .sample(.multipleChoice(item)))
        == .slots(["Which?", "A. Liver\nB. Heart", "", "B. Heart", "B", "Heart", ""]))
  }

  @Test func `answers an exam question of several answers with all letters and texts`() {
    let item = MultipleChoice(stem: "Which?", options: ["Iron", "Zinc", "Wood"], answers: [0, 1])

    #expect(
      TrainingTask.multipleChoiceQA.filling(of: .sample(.multipleChoice(item)))
        == .slots([
          "Which?", "A. Iron\nB. Zinc\nC. Wood", "", "A. Iron\nB. Zinc", "A, B", "Iron\nZinc", "",
        ]))
  }

  @Test func `quotes an answer only where the passage holds it`() {
    let item = QuestionAnswer(
      question: "Q?", context: [AbstractSection(text: "Forty improved.")], answer: "forty")

    #expect(
      TrainingTask.extractiveQA.filling(of: .sample(.questionAnswer(item)))
        == .refused(.answerNotExtractable, value: "not in the passage"))
  }

  @Test func `lists a closed set of labels in the request, and none that apply as an empty list`() {
    let item = LabelledText(text: "T", labels: [], labelSet: ["a, b", "c"])

    #expect(
      TrainingTask.classification.filling(of: .sample(.labelledText(item)))
        == .slots(["T", "- a, b\n- c", "[]", "", ""]))
  }

  @Test func `rejects a label outside of the closed set`() {
    let text = LabelledText(text: "T", labels: ["d"], labelSet: ["c"])
    let pair = TextPair(first: "1", second: "2", label: "d", labelSet: ["c"])

    #expect(
      TrainingTask.classification.filling(of: .sample(.labelledText(text)))
        == .refused(.unknownLabel, value: nil))
    #expect(
      TrainingTask.naturalLanguageInference.filling(of: .sample(.textPair(pair)))
        == .refused(.unknownLabel, value: nil))
  }

  @Test func `names both languages of a translation`() {
    let pair = PairedText(
      kind: .translation, sourceText: "心臓", targetText: "heart", targetLanguage: "en")
    var record = Record.sample(.pairedText(pair))
    record.language = "ja"

    #expect(
      TrainingTask.translation.filling(of: record)
        == .slots(["心臓", "Japanese", "English", "heart"]))
  }

  @Test func `summarises no pair of another kind`() {
    let pair = PairedText(kind: .translation, sourceText: "a", targetText: "b")

    #expect(
      TrainingTask.summarisation.filling(of: .sample(.pairedText(pair)))
        == .refused(.taskDoesNotFit, value: "translation"))
  }

  @Test func `rejects an answer that no option has`() {
    let item = MultipleChoice(stem: "Which?", options: ["Liver", "Heart"], answers: [2])

    #expect(
      TrainingTask.multipleChoiceQA.filling(of: .sample(.multipleChoice(item)))
        == .refused(.taskDoesNotFit, value: "answer beyond 2 options"))
  }

  @Test func `takes the conclusion out of the abstract`() {
    #expect(
      TrainingTask.conclusionGeneration.filling(of: .sample(.article(structuredArticle)))
        == .slots([
          "Rest after sprains: a small trial",
          "METHODS: Fifty patients rested.\nRESULTS: Forty improved.",
          "Rest may help after a sprain.",
        ]))
  }

  @Test func `rejects an abstract without a conclusion section`() {
    let article = Article(title: "T", abstract: [AbstractSection(text: "All in one.")])

    #expect(
      TrainingTask.conclusionGeneration.filling(of: .sample(.article(article)))
        == .refused(.noTarget, value: "conclusion"))
  }

  @Test(arguments: [
    ("GENHX", "", "History of present illness"), ("", "FAM/SOCHX", "Family and social history"),
    ("", "Subjective", "Subjective"), ("HPI2", "", "HPI2"),
  ])
  func `names a note section as a person does`(code: String, header: String, name: String) {
    #expect(SectionName.of(NoteSection(code: code, header: header, text: "x")) == name)
  }

  @Test func `knows the 20 section codes of MTS-Dialog`() {
    #expect(SectionName.byCode.count == 20)
  }

  @Test func `rejects a whole note as the target of one section`() {
    let dialogue = Dialogue(
      turns: [Turn(role: .user, text: "Hello.")],
      target: [NoteSection(header: "A", text: "a"), NoteSection(header: "B", text: "b")])

    #expect(
      TrainingTask.sectionGeneration.filling(of: .sample(.dialogue(dialogue)))
        == .refused(.taskDoesNotFit, value: "2 sections"))
  }

  @Test(arguments: [
    "ASSESSMENT/PLAN", "Assessment & Plan", "assessment_and_plan", "Assessment and Plan:",
  ])
  func `finds assessment and plan however it is written`(header: String) {
    #expect(
      SummarySection.kind(of: NoteSection(header: header, text: "x")) == .assessmentAndPlan)
  }

  @Test func `takes every section of the summary's kind out of the note`() {
    let note = Note(sections: [
      NoteSection(header: "IMPRESSION", text: "Stable."),
      NoteSection(header: "FINDINGS", text: "Clear lungs."),
      NoteSection(header: "Impression", text: "Unchanged."),
    ])

    #expect(
      TrainingTask.noteSummarisation.filling(of: .sample(.note(note)))
        == .slots(["Impression", "FINDINGS:\nClear lungs.", "", "Stable.\n\nUnchanged."]))
  }

  @Test func `rejects a note without a section that sums up`() {
    let note = Note(sections: [NoteSection(text: "Seen today.")])

    #expect(
      TrainingTask.noteSummarisation.filling(of: .sample(.note(note)))
        == .refused(.noTarget, value: "summary section"))
  }

  @Test func `asks for a section of a note from the others, and never shows it`() throws {
    let note = Note(sections: [
      NoteSection(header: "Sex", text: "F"),
      NoteSection(code: "GENHX", header: "HPI", text: "Three days of cough without fever."),
      NoteSection(code: "PLAN", header: "Plan", text: "Rest and tea for now."),
      NoteSection(code: "PLAN", header: "Recommendations", text: "A visit in a week."),
    ])
    let filling = TrainingTask.noteSectionGeneration.filling(of: .sample(.note(note)))
    let history = "Sex:\nF\n\nHPI:\nThree days of cough without fever."
    let plan = "Plan:\nRest and tea for now.\n\nRecommendations:\nA visit in a week."

    #expect(
      [
        .slots(["Plan", history, "", "Rest and tea for now.\n\nA visit in a week."]),
        .slots([
          "History of present illness", "Sex:\nF\n\n" + plan, "",
          "Three days of cough without fever.",
        ]),
      ].contains(filling))
  }

  @Test func `a note of one section has nothing to write it from`() {
    let note = Note(sections: [NoteSection(code: "PLAN", header: "Plan", text: "Rest and tea now.")]
    )
    #expect(
      TrainingTask.noteSectionGeneration.filling(of: .sample(.note(note)))
        == .refused(.noTarget, value: "section"))
  }

  @Test func `lays an article out as title, abstract and body`() {
    #expect(
      TrainingTask.preTrainingText.filling(of: .sample(.article(structuredArticle)))
        == .slots([
          """
          Rest after sprains: a small trial

          METHODS: Fifty patients rested.
          RESULTS: Forty improved.
          INTERPRETATION: Rest may help after a sprain.

          Introduction:
          Sprains are common.
          """
        ]))
  }

  @Test func `passes a conversation through, its system turn included`() {
    let item = Instruction(turns: [
      Turn(role: .system, text: "Be kind."), Turn(role: .user, text: "Hello"),
      Turn(role: .assistant, text: "Hello!"), Turn(role: .user, text: "Thanks"),
      Turn(role: .assistant, text: "Gladly."),
    ])

    #expect(
      TrainingTask.instructionFollowing.filling(of: .sample(.instruction(item)))
        == .conversation(
          Conversation(
            system: "Be kind.",
            history: [Turn(role: .user, text: "Hello"), Turn(role: .assistant, text: "Hello!")],
            instruction: "Thanks", output: "Gladly.")))
  }

  @Test(arguments: [
    ([Turn.Role.user], Rejection.Reason.noTarget), ([], .noTarget),
    ([.user, .assistant, .user], .noTarget), ([.assistant, .user], .taskDoesNotFit),
    ([.user, .user, .assistant], .taskDoesNotFit), ([.user, .system], .taskDoesNotFit),
  ])
  func `rejects a conversation that does not alternate up to an answer`(
    roles: [Turn.Role], reason: Rejection.Reason
  ) {
    let item = Instruction(turns: roles.map { Turn(role: $0, text: "x") })

    guard
      case .refused(let found, _) = TrainingTask.instructionFollowing.filling(
        of: .sample(.instruction(item)))
    else {
      Issue.record("was not refused")
      return
    }
    #expect(found == reason)
  }
}
