/// The named texts of a record: what `field:` means in a recipe's stages, filters and templates.
extension Content {
  /// The names that `text(of:)` knows for a shape, in order.
  package static func fieldNames(of shape: Shape) -> [String] {
    switch shape {
    case .article:
      [
        "title", "abstract", "conclusion", "body", "plain_summary", "journal", "year", "mesh",
        "keywords", "publication_types",
      ]
    case .note: ["text", "category"]
    case .dialogue: ["dialogue", "note"]
    case .questionAnswer:
      ["question", "answer", "long_answer", "context", "focus", "question_type"]
    case .multipleChoice: ["question", "options", "answer", "explanation", "subject"]
    case .labelledText: ["text", "labels"]
    case .textPair: ["first", "second", "label"]
    case .pairedText: ["source_text", "target_text"]
    case .instruction: ["system", "prompt", "answer"]
    case .annotatedText: ["text", "entities"]
    case .retrieval: ["query", "title", "passage"]
    case .timeline: ["events", "facts"]
    case .sequence: ["residues", "tokens", "name", "label"]
    }
  }

  /// The text of a named field; nil when the shape has no such field.
  package func text(of field: String) -> String? {
    switch self {
    case .article(let article): article.text(of: field)
    case .note(let note):
      switch field {
      case "text": note.text
      case "category": note.category
      default: nil
      }
    case .dialogue(let dialogue):
      switch field {
      case "dialogue": dialogue.transcript
      case "note": dialogue.target.joinedText
      default: nil
      }
    case .questionAnswer(let item): item.text(of: field)
    case .multipleChoice(let item): item.text(of: field)
    case .labelledText(let item):
      switch field {
      case "text": item.text
      case "labels": item.labels.joined(separator: ", ")
      default: nil
      }
    case .textPair(let pair):
      switch field {
      case "first": pair.first
      case "second": pair.second
      case "label": pair.label
      default: nil
      }
    case .pairedText(let pair):
      switch field {
      case "source_text": pair.sourceText
      case "target_text": pair.targetText
      default: nil
      }
    case .instruction(let item): item.text(of: field)
    case .annotatedText(let item):
      switch field {
      case "text": item.text
      case "entities": item.entities.map(\.text).joined(separator: "\n")
      default: nil
      }
    case .retrieval(let item):
      switch field {
      case "query": item.query
      case "title": item.title
      case "passage": item.passage
      default: nil
      }
    case .timeline(let timeline):
      switch field {
      case "events": timeline.eventsText
      case "facts": timeline.factsText
      default: nil
      }
    case .sequence(let sequence):
      switch field {
      case "residues": sequence.residues
      case "tokens": sequence.tokens
      case "name": sequence.name
      case "label": sequence.label
      default: nil
      }
    }
  }

  /// The fields that carry the substance: what length filters count and what duplicates are
  /// judged by when the recipe names no field.
  package var mainFields: [String] {
    switch self {
    case .article: ["title", "abstract", "body"]
    case .note: ["text"]
    case .dialogue: ["dialogue", "note"]
    case .questionAnswer: ["question", "answer", "long_answer", "context"]
    case .multipleChoice: ["question", "options"]
    case .labelledText: ["text", "labels"]
    case .textPair: ["first", "second", "label"]
    case .pairedText: ["source_text", "target_text"]
    case .instruction: ["prompt", "answer"]
    case .annotatedText: ["text"]
    case .retrieval: ["query", "passage"]
    case .timeline: ["events"]
    case .sequence: ["residues"]
    }
  }
}

extension Article {
  /// The abstract as one text: `LABEL: text` per labelled section, one a line.
  package var abstractText: String { abstract.labelledText }

  /// The text of the conclusions, by NLM category or label; nil when the abstract has none.
  package var conclusion: String? {
    let parts = abstract.filter(\.isConclusion)
    guard !parts.isEmpty else { return nil }
    return parts.map(\.text).joined(separator: "\n")
  }

  fileprivate func text(of field: String) -> String? {
    switch field {
    case "title": title
    case "abstract": abstractText
    case "conclusion": conclusion ?? ""
    case "body": body.joinedText
    case "plain_summary": plainSummary
    case "journal": journal
    case "year": year.map(String.init) ?? ""
    case "mesh": meshTerms.map(\.descriptor).joined(separator: "; ")
    case "keywords": keywords.joined(separator: "; ")
    case "publication_types": publicationTypes.joined(separator: "; ")
    default: nil
    }
  }
}

extension AbstractSection {
  /// Whether the section states what the authors conclude.
  package var isConclusion: Bool {
    if category == "CONCLUSIONS" { return true }
    guard category.isEmpty || category == "UNASSIGNED" else { return false }
    return label.uppercased().hasPrefix("CONCLUSION")
  }
}

extension [AbstractSection] {
  /// The sections as one text: `LABEL: text` where there is a label, one a line.
  package var labelledText: String {
    map { $0.label.isEmpty ? $0.text : "\($0.label): \($0.text)" }.joined(separator: "\n")
  }
}

extension [NoteSection] {
  /// The sections as one text: the header on a line of its own, a blank line between sections.
  package var joinedText: String {
    map { $0.header.isEmpty ? $0.text : "\($0.header):\n\($0.text)" }.joined(separator: "\n\n")
  }
}

extension Note {
  /// The whole note.
  package var text: String { sections.joinedText }
}

extension Dialogue {
  /// The turns as `Speaker: text`, one a line.
  package var transcript: String {
    turns.map { $0.speaker.isEmpty ? $0.text : "\($0.speaker): \($0.text)" }
      .joined(separator: "\n")
  }
}

extension QuestionAnswer {
  fileprivate func text(of field: String) -> String? {
    switch field {
    case "question": question
    case "answer": answer
    case "long_answer": longAnswer
    case "context": context.labelledText
    case "focus": focus
    case "question_type": questionType
    default: nil
    }
  }
}

extension MultipleChoice {
  /// The letter of an option, from A.
  package static func letter(_ index: Int) -> String {
    guard let scalar = Unicode.Scalar(UInt32(65 + index)) else { return "?" }
    return String(Character(scalar))
  }

  /// The options as `A. text`, one a line.
  package var optionsText: String {
    options.enumerated().map { "\(Self.letter($0.offset)). \($0.element)" }.joined(separator: "\n")
  }

  /// The right options as `B. text`, one a line.
  package var answerText: String {
    answers.filter(options.indices.contains).map { "\(Self.letter($0)). \(options[$0])" }
      .joined(separator: "\n")
  }

  fileprivate func text(of field: String) -> String? {
    switch field {
    case "question": stem
    case "options": optionsText
    case "answer": answerText
    case "explanation": explanation
    case "subject": subject
    default: nil
    }
  }
}

extension Instruction {
  fileprivate func text(of field: String) -> String? {
    switch field {
    case "system": system
    case "prompt":
      turns.filter { $0.role == .user }.map(\.text).joined(separator: "\n")
    case "answer":
      turns.filter { $0.role == .assistant }.map(\.text).joined(separator: "\n")
    default: nil
    }
  }
}

extension Timeline {
  /// What is known apart from time as `name: value`, one a line.
  package var factsText: String {
    facts.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
  }

  /// The events as one text, one a line.
  package var eventsText: String { events.map(\.line).joined(separator: "\n") }
}

extension Event {
  /// The event as a person reads it: `2150-03-01T10:15:00 observation: Glucose 3.4 mmol/L (low, usual 3.9-5.8)`.
  package var line: String {
    let measured = [value, unit].filter { !$0.isEmpty }.joined(separator: " ")
    let remarks = [flag, range.isEmpty ? "" : "usual \(range)"].filter { !$0.isEmpty }
    let remark = remarks.isEmpty ? "" : "(\(remarks.joined(separator: ", ")))"
    let what = [display.isEmpty ? code : display, measured, remark].filter { !$0.isEmpty }
    let when = [time, "\(kind.rawValue):"].filter { !$0.isEmpty }
    return (when + what).joined(separator: " ")
  }
}
