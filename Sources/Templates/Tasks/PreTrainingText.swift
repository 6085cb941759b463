import Records

extension TrainingTask {
  /// Any record → its text, parts set apart by blank lines.
  static let preTrainingText = TrainingTask(
    "pre-training-text", title: "Plain text for pre-training", shapes: Content.Shape.allCases,
    form: .text, targets: ["text"], templates: "plain-text"
  ) { content in
    let text = plainText(of: content)
    return text.isBlank ? .emptyText("text") : .slots([text])
  }

  /// What there is to read in a record, in reading order; labels of texts are not text.
  private static func plainText(of content: Content) -> String {
    switch content {
    case .article(let article):
      paragraphs(article.title, article.abstractText, article.body.joinedText)
    case .note(let note): note.text
    case .dialogue(let dialogue): paragraphs(dialogue.transcript, dialogue.target.joinedText)
    case .questionAnswer(let item):
      paragraphs(item.question, item.context.labelledText, item.answer, item.longAnswer)
    case .multipleChoice(let item):
      paragraphs(item.stem, item.optionsText, item.answerText, item.explanation)
    case .labelledText(let item): item.text
    case .textPair(let pair): paragraphs(pair.first, pair.second)
    case .pairedText(let pair): paragraphs(pair.sourceText, pair.targetText)
    case .instruction(let item): paragraphs([item.system] + item.turns.map(\.text))
    case .annotatedText(let item): item.text
    case .retrieval(let item): paragraphs(item.title, item.passage)
    case .timeline(let timeline): paragraphs(timeline.factsText, timeline.eventsText)
    case .sequence(let sequence): sequence.tokens.isEmpty ? sequence.residues : sequence.tokens
    }
  }
}
