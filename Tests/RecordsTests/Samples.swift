import Records

/// One content of every shape, with every field set to something of its own.
let contentOfEveryShape: [Content] = [
  .article(
    Article(
      title: "Levodopa at dawn",
      abstract: [
        AbstractSection(label: "AIM", category: "OBJECTIVE", text: "To ask."),
        AbstractSection(label: "SUMMARY", category: "CONCLUSIONS", text: "It helps."),
      ], body: [NoteSection(code: "S1", header: "Methods", text: "We asked.")],
      meshTerms: [
        MeSHTerm(
          descriptor: "Levodopa", identifier: "D007980", isMajorTopic: true,
          qualifiers: ["therapeutic use"])
      ], publicationTypes: ["Journal Article"], journal: "J Dawn Med", year: 2019,
      isRetracted: true)),
  .note(
    Note(
      sections: [
        NoteSection(code: "PLAN", header: "Plan", text: "Rest."), NoteSection(text: "Signed."),
      ], category: "Discharge summary", patient: "7", admission: "70", time: "2150-01-01")),
  .dialogue(
    Dialogue(
      turns: [
        Turn(role: .user, speaker: "Doctor", text: "Any pain?"),
        Turn(role: .assistant, text: "None."),
      ], target: [NoteSection(header: "Pain", text: "No pain.")])),
  .questionAnswer(
    QuestionAnswer(
      kind: .yesNoMaybe, question: "Does it help?",
      context: [AbstractSection(label: "RESULTS", text: "10⁵/μL in all.")], answer: "yes",
      longAnswer: "It does help.", focus: "Tremor", questionType: "treatment")),
  .multipleChoice(
    MultipleChoice(
      stem: "Which one?", options: ["This", "That", "Neither"], answers: [0, 2],
      explanation: "Both are right.", subject: "Logic")),
  .labelledText(LabelledText(text: "A text.", labels: ["one", "two"])),
  .textPair(TextPair(first: "He walks.", second: "He moves.", label: "entailment")),
  .pairedText(PairedText(sourceText: "A long text.", targetText: "Short.")),
  .instruction(
    Instruction(
      system: "Be brief.",
      turns: [
        Turn(role: .user, text: "Hello?"), Turn(role: .assistant, text: "Hello."),
        Turn(role: .user, text: "Why?"), Turn(role: .assistant, text: "Because."),
      ])),
]
