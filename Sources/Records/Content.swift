/// What a record holds: a closed set of shapes, one for each kind of thing that medicine has in
/// its corpora, so that any reader can feed any fitting template.
package enum Content: Sendable, Equatable {
  case article(Article)
  case note(Note)
  case dialogue(Dialogue)
  case questionAnswer(QuestionAnswer)
  case multipleChoice(MultipleChoice)
  case labelledText(LabelledText)
  case textPair(TextPair)
  case pairedText(PairedText)
  case instruction(Instruction)
  case annotatedText(AnnotatedText)
  case retrieval(Retrieval)
  case timeline(Timeline)
  case sequence(BiologicalSequence)

  /// The name of a shape, as recipes and tables write it.
  package enum Shape: String, Sendable, CaseIterable {
    case article
    case note
    case dialogue
    case questionAnswer = "question-answer"
    case multipleChoice = "multiple-choice"
    case labelledText = "labelled-text"
    case textPair = "text-pair"
    case pairedText = "paired-text"
    case instruction
    case annotatedText = "annotated-text"
    case retrieval
    case timeline
    case sequence
  }

  package var shape: Shape {
    switch self {
    case .article: .article
    case .note: .note
    case .dialogue: .dialogue
    case .questionAnswer: .questionAnswer
    case .multipleChoice: .multipleChoice
    case .labelledText: .labelledText
    case .textPair: .textPair
    case .pairedText: .pairedText
    case .instruction: .instruction
    case .annotatedText: .annotatedText
    case .retrieval: .retrieval
    case .timeline: .timeline
    case .sequence: .sequence
    }
  }
}

/// A citation or an article: PubMed, PMC.
package struct Article: Sendable, Equatable {
  package var title: String
  /// The sections of the abstract; one without a label for a plain abstract.
  package var abstract: [AbstractSection]
  package var body: [NoteSection]
  /// The abstract in plain language, as its authors or editors wrote it, or empty.
  package var plainSummary: String
  package var meshTerms: [MeSHTerm]
  /// The authors' own keywords.
  package var keywords: [String]
  package var publicationTypes: [String]
  package var journal: String
  /// The year of publication, Gregorian.
  package var year: Int?
  package var isRetracted: Bool

  package init(
    title: String = "", abstract: [AbstractSection] = [], body: [NoteSection] = [],
    plainSummary: String = "", meshTerms: [MeSHTerm] = [], keywords: [String] = [],
    publicationTypes: [String] = [], journal: String = "", year: Int? = nil,
    isRetracted: Bool = false
  ) {
    self.title = title
    self.abstract = abstract
    self.body = body
    self.plainSummary = plainSummary
    self.meshTerms = meshTerms
    self.keywords = keywords
    self.publicationTypes = publicationTypes
    self.journal = journal
    self.year = year
    self.isRetracted = isRetracted
  }
}

/// A part of a structured abstract.
package struct AbstractSection: Sendable, Equatable {
  /// The authors' own heading (`MATERIALS AND METHODS`), or empty.
  package var label: String
  /// NLM's category: BACKGROUND, OBJECTIVE, METHODS, RESULTS, CONCLUSIONS, UNASSIGNED, or empty.
  package var category: String
  package var text: String

  package init(label: String = "", category: String = "", text: String) {
    self.label = label
    self.category = category
    self.text = text
  }
}

/// A MeSH heading.
package struct MeSHTerm: Sendable, Equatable {
  package var descriptor: String
  /// The descriptor's unique id, such as `D003924`.
  package var identifier: String
  package var isMajorTopic: Bool
  package var qualifiers: [String]

  package init(
    descriptor: String, identifier: String, isMajorTopic: Bool = false, qualifiers: [String] = []
  ) {
    self.descriptor = descriptor
    self.identifier = identifier
    self.isMajorTopic = isMajorTopic
    self.qualifiers = qualifiers
  }
}

/// A clinical note.
package struct Note: Sendable, Equatable {
  /// The note's sections in order; one without a header when it has none.
  package var sections: [NoteSection]
  /// What kind of note it is, in the corpus' words: `Discharge summary`.
  package var category: String
  package var patient: String
  package var admission: String
  /// When the note was charted, as the corpus writes it.
  package var time: String

  package init(
    sections: [NoteSection], category: String = "", patient: String = "", admission: String = "",
    time: String = ""
  ) {
    self.sections = sections
    self.category = category
    self.patient = patient
    self.admission = admission
    self.time = time
  }
}

/// A titled part of a note or of an article's body.
package struct NoteSection: Sendable, Equatable {
  /// The normalised code (`GENHX`, `PLAN`), or empty.
  package var code: String
  /// The heading as written, without its colon, or empty.
  package var header: String
  package var text: String

  package init(code: String = "", header: String = "", text: String) {
    self.code = code
    self.header = header
    self.text = text
  }
}

/// A conversation, and what was made of it.
package struct Dialogue: Sendable, Equatable {
  package var turns: [Turn]
  /// The note, or the parts of it, that the conversation led to; empty for plain chat.
  package var target: [NoteSection]

  package init(turns: [Turn], target: [NoteSection] = []) {
    self.turns = turns
    self.target = target
  }
}

/// One turn of a conversation.
package struct Turn: Sendable, Equatable {
  /// The side of a training conversation that a turn stands on.
  package enum Role: String, Sendable, CaseIterable {
    case system
    case user
    case assistant
  }

  package var role: Role
  /// The speaker as the corpus names them: `Doctor`, `Guest_family`.
  package var speaker: String
  package var text: String

  package init(role: Role, speaker: String = "", text: String) {
    self.role = role
    self.speaker = speaker
    self.text = text
  }
}

/// A question with its answer.
package struct QuestionAnswer: Sendable, Equatable {
  /// What kind of answer a question asks for.
  package enum Kind: String, Sendable, CaseIterable {
    case free
    case yesNoMaybe = "yes-no-maybe"
    case list
    case factoid
  }

  package var kind: Kind
  package var question: String
  /// The passages that the answer rests on, with their labels; never the answer itself.
  package var context: [AbstractSection]
  /// The short answer (`yes`), or the only one.
  package var answer: String
  /// The answer in full sentences, when the corpus has both.
  package var longAnswer: String
  /// What the question is about: a disease, a drug.
  package var focus: String
  /// The question's type in the corpus' words: `symptoms`.
  package var questionType: String

  package init(
    kind: Kind = .free, question: String, context: [AbstractSection] = [], answer: String,
    longAnswer: String = "", focus: String = "", questionType: String = ""
  ) {
    self.kind = kind
    self.question = question
    self.context = context
    self.answer = answer
    self.longAnswer = longAnswer
    self.focus = focus
    self.questionType = questionType
  }
}

/// An exam question with options.
package struct MultipleChoice: Sendable, Equatable {
  package var stem: String
  package var options: [String]
  /// The 0-based indices of the right options, ascending.
  package var answers: [Int]
  package var explanation: String
  package var subject: String

  package init(
    stem: String, options: [String], answers: [Int], explanation: String = "", subject: String = ""
  ) {
    self.stem = stem
    self.options = options
    self.answers = answers
    self.explanation = explanation
    self.subject = subject
  }
}

/// A text with zero or more labels; without any, plain text.
package struct LabelledText: Sendable, Equatable {
  package var text: String
  package var labels: [String]
  /// Every label that the corpus may give, in its order; empty when the set is open.
  package var labelSet: [String]

  package init(text: String, labels: [String] = [], labelSet: [String] = []) {
    self.text = text
    self.labels = labels
    self.labelSet = labelSet
  }
}

/// Two texts and how they relate: an NLI label, a similarity score.
package struct TextPair: Sendable, Equatable {
  package var first: String
  package var second: String
  /// The label in the corpus' words (`entailment`), or the score in decimal.
  package var label: String
  /// Every label that the corpus may give, in its order; empty for scores and open sets.
  package var labelSet: [String]

  package init(first: String, second: String, label: String, labelSet: [String] = []) {
    self.first = first
    self.second = second
    self.label = label
    self.labelSet = labelSet
  }
}

/// A text and what it was rewritten to: a summary, a plain-language version, a translation.
package struct PairedText: Sendable, Equatable {
  /// How the target came from the source.
  package enum Kind: String, Sendable, CaseIterable {
    case summary
    case simplification
    case translation
    case generation
  }

  package var kind: Kind
  package var sourceText: String
  package var targetText: String
  /// The primary language subtag of the target where it differs from the record's, or empty.
  package var targetLanguage: String

  package init(
    kind: Kind = .summary, sourceText: String, targetText: String, targetLanguage: String = ""
  ) {
    self.kind = kind
    self.sourceText = sourceText
    self.targetText = targetText
    self.targetLanguage = targetLanguage
  }
}

/// A ready-made training conversation, passed through.
package struct Instruction: Sendable, Equatable {
  package var system: String
  package var turns: [Turn]

  package init(system: String = "", turns: [Turn]) {
    self.system = system
    self.turns = turns
  }
}
