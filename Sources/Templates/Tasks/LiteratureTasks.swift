import Records

// The tasks over articles and other texts that come with a shorter version.

extension TrainingTask {
  /// Long text → short text: source → target, body → abstract, conversation → note.
  static let summarisation = TrainingTask(
    "summarisation", title: "Summarise a text", shapes: [.pairedText, .article, .dialogue],
    material: ["text"], targets: ["summary"], templates: "summary"
  ) { content in
    switch content {
    case .pairedText(let pair):
      pair.kind == .summary
        ? summarised(pair.sourceText, to: pair.targetText) : .doesNotFit(pair.kind.rawValue)
    case .article(let article):
      article.body.joinedText.isBlank
        ? .doesNotFit("no body")
        : summarised(article.body.joinedText, to: article.abstractText)
    case .dialogue(let dialogue): summarised(dialogue.transcript, to: dialogue.target.joinedText)
    default: .doesNotFit(content.shape.rawValue)
    }
  }

  private static func summarised(_ text: String, to summary: String) -> Filling {
    guard !text.isBlank else { return .emptyText("text") }
    guard !summary.isBlank else { return .noTarget("summary") }
    return .slots([text, summary])
  }

  /// Abstract → title.
  static let titleGeneration = TrainingTask(
    "title-generation", title: "Write the title of an abstract", shapes: [.article],
    material: ["abstract", "journal"], targets: ["title"], templates: "title",
    rejectsRepeatedTarget: true
  ) { content in
    guard case .article(let article) = content else { return .doesNotFit("shape") }
    guard !article.abstractText.isBlank else { return .refused(.noAbstract, value: nil) }
    guard !article.title.isBlank else { return .noTarget("title") }
    return .slots([article.abstractText, article.journal, article.title])
  }

  /// Title and structured abstract without its conclusions → the conclusions.
  static let conclusionGeneration = TrainingTask(
    "conclusion-generation", title: "Write the conclusion of an abstract", shapes: [.article],
    material: ["title", "abstract"], targets: ["conclusion"], templates: "conclusion",
    rejectsRepeatedTarget: true
  ) { content in
    guard case .article(let article) = content else { return .doesNotFit("shape") }
    guard !article.abstract.isEmpty else { return .refused(.noAbstract, value: nil) }
    guard let conclusion = article.conclusion, !conclusion.isBlank else {
      return .noTarget("conclusion")
    }
    let rest = article.abstract.filter { !$0.isConclusion }.labelledText
    guard !rest.isBlank else { return .emptyText("abstract") }
    return .slots([article.title, rest, conclusion])
  }
}
