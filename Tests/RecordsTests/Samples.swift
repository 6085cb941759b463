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
      plainSummary: "It helps, in short.",
      meshTerms: [
        MeSHTerm(
          descriptor: "Levodopa", identifier: "D007980", isMajorTopic: true,
          qualifiers: ["therapeutic use"])
      ], keywords: ["dawn", "dopamine"], publicationTypes: ["Journal Article"],
      journal: "J Dawn Med", year: 2019,
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
  .labelledText(
    LabelledText(text: "A text.", labels: ["one", "two"], labelSet: ["one", "two", "three"])),
  .textPair(TextPair(first: "He walks.", second: "He moves.", label: "entailment")),
  .pairedText(PairedText(sourceText: "A long text.", targetText: "Short.")),
  .instruction(
    Instruction(
      system: "Be brief.",
      turns: [
        Turn(role: .user, text: "Hello?"), Turn(role: .assistant, text: "Hello."),
        Turn(role: .user, text: "Why?"), Turn(role: .assistant, text: "Because."),
      ])),
  .annotatedText(
    AnnotatedText(
      text: "Levodopa eases tremor.",
      entities: [
        Entity(
          id: "T1", type: "Chemical", spans: [TextSpan(0, 8)], text: "Levodopa",
          concepts: ["MESH:D007980"]),
        Entity(type: "Disease", spans: [TextSpan(15, 18), TextSpan(19, 21)], text: "tre or"),
      ],
      relations: [
        Relation(
          type: "treats", first: "T1", second: "D014202", firstRole: "drug", secondRole: "sign",
          note: "Novel")
      ], entityTypes: ["Chemical", "Disease"], relationTypes: ["treats"])),
  .retrieval(Retrieval(query: "tremor", title: "Signs", passage: "It shakes.", relevance: 2)),
  .timeline(
    Timeline(
      patient: "7", facts: [Tag("sex", "F")],
      events: [
        Event(
          kind: .observation, time: "2150-01-01T08:00:00", end: "2150-01-01", code: "2345-7",
          system: "LOINC", display: "Glucose", value: "5.4", unit: "mmol/L", flag: "H",
          range: "3.9-5.8", status: "F",
          encounter: "70")
      ])),
  .sequence(
    BiologicalSequence(
      alphabet: .rna, residues: "ACGU", tokens: "ACG CGU", assembly: "invented", name: "chr1",
      start: 12, label: "promoter")),
]
