import Records

/// What of a record a benchmark is compared with.
extension Content {
  /// The fields that ask: the question, the stem, the dialogue, the text that a task starts from.
  package var inputFields: [String] {
    switch self {
    case .article: ["title", "abstract"]
    case .note, .labelledText, .annotatedText: ["text"]
    case .dialogue: ["dialogue"]
    case .questionAnswer, .multipleChoice: ["question"]
    case .textPair: ["first", "second"]
    case .pairedText: ["source_text"]
    case .instruction: ["prompt"]
    case .retrieval: ["query"]
    case .timeline: ["events"]
    case .sequence: ["residues"]
    }
  }

  /// The texts that a model would be trained to write, each for itself.
  ///
  /// Options of exam questions are not among them: the same option answers many questions.
  var targetTexts: [String] {
    switch self {
    case .questionAnswer(let item): [item.answer, item.longAnswer]
    case .multipleChoice(let item): [item.explanation]
    case .dialogue(let dialogue): dialogue.target.map(\.text)
    case .pairedText(let pair): [pair.targetText]
    case .instruction(let item): item.turns.filter { $0.role == .assistant }.map(\.text)
    case .article(let article): [article.plainSummary]
    case .note, .labelledText, .annotatedText, .textPair, .retrieval, .timeline, .sequence: []
    }
  }

  /// The options of an exam question.
  var optionTexts: [String] {
    guard case .multipleChoice(let item) = self else { return [] }
    return item.options
  }
}
