import Records
import Templates

extension Record {
  /// A record without history, for tests.
  static func sample(_ content: Content, id: String = "sample") -> Record {
    Record(id: id, corpus: "sample", license: .cc0, content: content)
  }

  static func question(_ question: String, _ answer: String, id: String = "q1") -> Record {
    sample(.questionAnswer(QuestionAnswer(question: question, answer: answer)), id: id)
  }
}

extension TemplateSet {
  /// A set for question answering with these instructions and no input.
  static func questions(_ instructions: [String], name: String = "short") -> TemplateSet {
    TemplateSet(
      name: name, task: "question-answering",
      wordings: instructions.map { Wording(instruction: $0) }, output: "{answer}")
  }
}

extension Rendering {
  var example: Example? {
    guard case .example(let example, _, _) = self else { return nil }
    return example
  }

  var conversation: Conversation? {
    guard case .conversation(let conversation) = example?.body else { return nil }
    return conversation
  }

  var template: String? {
    guard case .example(_, let template, _) = self else { return nil }
    return template
  }

  var rejection: Rejection? {
    guard case .rejection(let rejection) = self else { return nil }
    return rejection
  }
}

/// An article with all that the tasks over articles ask for.
let fullArticle = Article(
  title: "Water at dawn",
  abstract: [
    AbstractSection(label: "METHODS", category: "METHODS", text: "Forty adults drank."),
    AbstractSection(label: "RESULTS", category: "RESULTS", text: "Thirty felt better."),
  ],
  body: [
    NoteSection(code: "METHODS", header: "Methods", text: "Forty adults drank water at six."),
    NoteSection(
      code: "RESULTS", header: "Results", text: "Of forty adults thirty said that they felt well."),
  ], plainSummary: "Water in the morning helps most people.",
  meshTerms: [
    MeSHTerm(descriptor: "Drinking, Ritual", identifier: "D1"),
    MeSHTerm(descriptor: "Humans", identifier: "D2"),
  ], keywords: ["dawn", "hydration"],
  publicationTypes: ["Clinical Trial", "Research Support, Non-U.S. Gov't"])

/// One record that suits each task, by the task's name.
let suitableContent: [String: Content] = [
  "ehr-summarisation": .timeline(sampleTimeline),
  "ehr-prediction": .timeline(sampleTimeline),
  "next-diagnoses": .timeline(sampleTimeline),
  "question-answering": .questionAnswer(
    QuestionAnswer(question: "What is asthma?", answer: "A disease of the airways.")),
  "long-form-qa": .questionAnswer(studyQuestion),
  "yes-no-maybe-qa": .questionAnswer(studyQuestion),
  "list-qa": .questionAnswer(
    QuestionAnswer(
      kind: .list, question: "Which organs filter blood?",
      context: [AbstractSection(text: "Blood is filtered by spleen and kidney.")],
      answer: "kidney\nspleen")),
  "factoid-qa": .questionAnswer(
    QuestionAnswer(kind: .factoid, question: "Which organ makes bile?", answer: "liver")),
  "extractive-qa": .questionAnswer(
    QuestionAnswer(
      question: "How many improved?",
      context: [AbstractSection(text: "Forty of fifty patients improved.")], answer: "Forty")),
  "multiple-choice-qa": .multipleChoice(
    MultipleChoice(
      stem: "Which organ makes insulin?", options: ["Liver", "Pancreas"], answers: [1],
      explanation: "The beta cells of the pancreas make insulin.")),
  "summarisation": .pairedText(
    PairedText(sourceText: "I have had a cough for weeks. What is it?", targetText: "Why a cough?")),
  "note-generation": .dialogue(
    Dialogue(
      turns: [
        Turn(role: .assistant, speaker: "Doctor", text: "How are you?"),
        Turn(role: .user, speaker: "Patient", text: "I cough."),
      ], target: [NoteSection(header: "HPI", text: "Cough for two days.")])),
  "dialogue-response": .dialogue(
    Dialogue(turns: [
      Turn(role: .user, speaker: "Patient", text: "I cough."),
      Turn(role: .assistant, speaker: "Doctor", text: "Since when?"),
    ])),
  "sequence-classification": .sequence(
    BiologicalSequence(residues: "ACGTACGT", name: "chr1", label: "promoter")),
  "simplification": .pairedText(
    PairedText(
      kind: .simplification, sourceText: "Acute otitis media resolved.",
      targetText: "The ear infection went away.")),
  "translation": .pairedText(
    PairedText(
      kind: .translation, sourceText: "The heart is a muscle.",
      targetText: "Le cœur est un muscle.", targetLanguage: "fr")),
  "generation": .pairedText(
    PairedText(
      kind: .generation, sourceText: "fever; cough; three days",
      targetText: "For three days the patient has had a fever and a cough.")),
  "title-generation": .article(structuredArticle),
  "conclusion-generation": .article(structuredArticle),
  "abstract-generation": .article(fullArticle),
  "results-summarisation": .article(fullArticle),
  "mesh-indexing": .article(fullArticle),
  "keyword-extraction": .article(fullArticle),
  "publication-typing": .article(fullArticle),
  "section-generation": .dialogue(
    Dialogue(
      turns: [Turn(role: .user, speaker: "Patient", text: "My knee hurts.")],
      target: [NoteSection(code: "CC", header: "CC", text: "Knee pain.")])),
  "note-summarisation": .note(
    Note(sections: [
      NoteSection(header: "FINDINGS", text: "The lungs are clear."),
      NoteSection(header: "IMPRESSION", text: "No acute disease."),
    ])),
  "note-section-generation": .note(
    Note(sections: [
      NoteSection(code: "GENHX", header: "HPI", text: "Three days of cough without fever."),
      NoteSection(code: "PLAN", header: "Plan", text: "Rest, tea and a visit next week."),
    ])),
  "classification": .labelledText(LabelledText(text: "A trial in mice.", labels: ["animal"])),
  "natural-language-inference": .textPair(samplePair),
  "text-pair": .textPair(samplePair),
  "semantic-similarity": .textPair(
    TextPair(first: "Insulin was given.", second: "She got insulin.", label: "3.25")),
  "entity-extraction": .annotatedText(sampleAnnotations),
  "entity-normalisation": .annotatedText(sampleAnnotations),
  "relation-extraction": .annotatedText(sampleAnnotations),
  "relation-classification": .annotatedText(sampleAnnotations),
  "de-identification": .annotatedText(sampleAnnotations),
  "passage-relevance": .retrieval(sampleRetrieval),
  "passage-retrieval": .retrieval(sampleRetrieval),
  "pre-training-text": .article(structuredArticle),
  "instruction-following": .instruction(
    Instruction(turns: [
      Turn(role: .user, text: "Name a vitamin."), Turn(role: .assistant, text: "Vitamin C."),
    ])),
]

let studyQuestion = QuestionAnswer(
  kind: .yesNoMaybe, question: "Does rest help against sprains?",
  context: [AbstractSection(label: "RESULTS", text: "Forty of fifty patients improved.")],
  answer: "yes", longAnswer: "Rest shortened recovery from sprains in this small group.")

let structuredArticle = Article(
  title: "Rest after sprains: a small trial",
  abstract: [
    AbstractSection(label: "METHODS", category: "METHODS", text: "Fifty patients rested."),
    AbstractSection(label: "RESULTS", category: "RESULTS", text: "Forty improved."),
    AbstractSection(
      label: "INTERPRETATION", category: "CONCLUSIONS", text: "Rest may help after a sprain."),
  ], body: [NoteSection(header: "Introduction", text: "Sprains are common.")])

let samplePair = TextPair(
  first: "The patient takes insulin.", second: "The patient has diabetes.", label: "entailment")

let sampleAnnotations = AnnotatedText(
  text: "Mirazol caused tremor.",
  entities: [
    Entity(type: "Chemical", spans: [TextSpan(0, 7)], text: "Mirazol", concepts: ["C1"]),
    Entity(type: "Disease", spans: [TextSpan(15, 21)], text: "tremor", concepts: ["D2"]),
  ], relations: [Relation(type: "CID", first: "C1", second: "D2")],
  entityTypes: ["Chemical", "Disease"], relationTypes: ["CID"])

let sampleRetrieval = Retrieval(
  query: "Does rest help against sprains?", title: "A trial",
  passage: "Forty of fifty patients improved with rest.", relevance: 1)
/// The options that a task cannot do without.
let suitableOptions: [String: [String: String]] = ["ehr-prediction": ["target": "I10"]]

/// An invented patient with two encounters, and a code that was given years after its date.
let sampleTimeline = Timeline(
  patient: "7",
  facts: [Tag("sex", "female"), Tag("birth_year", "2088"), Tag("death_date", "2142-01-01")],
  events: [
    Event(kind: .allergy, code: "1", system: "SNOMED CT", display: "Latex"),
    Event(
      kind: .observation, time: "2139-11-05", code: "8302-2", system: "LOINC",
      display: "Body Height", value: "162.5", unit: "cm"),
    Event(
      kind: .encounter, time: "2140-03-01T10:15:00", end: "2140-03-05T14:00:00",
      display: "Emergency", encounter: "e1"),
    Event(
      kind: .medication, time: "2140-03-02T08:00:00", display: "Furosemide", value: "40",
      unit: "mg", encounter: "e1"),
    Event(
      kind: .diagnosis, time: "2140-03-05T14:00:00", end: "2141-01-01", code: "J20.9",
      system: "ICD-10-CM", display: "Acute bronchitis", encounter: "e1"),
    Event(
      kind: .diagnosis, time: "2140-06-01", code: "I10", system: "ICD-10-CM",
      display: "Essential hypertension", encounter: "e2"),
    Event(
      kind: .encounter, time: "2141-02-01T09:00:00", end: "2141-02-01T09:30:00",
      display: "Check-up", encounter: "e2"),
    Event(
      kind: .observation, time: "2141-02-01T09:10:00", code: "8302-2", system: "LOINC",
      display: "Body Height", value: "162", unit: "cm", encounter: "e2"),
  ])
