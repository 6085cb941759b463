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

  /// Title and body → abstract.
  static let abstractGeneration = TrainingTask(
    "abstract-generation", title: "Write the abstract of an article", shapes: [.article],
    material: ["title", "body"], targets: ["abstract"], templates: "abstract"
  ) { content in
    guard case .article(let article) = content else { return .doesNotFit("shape") }
    guard !article.body.joinedText.isBlank else { return .emptyText("body") }
    guard !article.abstractText.isBlank else { return .refused(.noAbstract, value: nil) }
    return .slots([article.title, article.body.joinedText, article.abstractText])
  }

  /// The results of an article → the results of its abstract.
  static let resultsSummarisation = TrainingTask(
    "results-summarisation", title: "Summarise the results section of an article",
    shapes: [.article], material: ["title", "results"], targets: ["summary"],
    templates: "results-summary"
  ) { content in
    guard case .article(let article) = content else { return .doesNotFit("shape") }
    let results = article.body.filter { $0.code == "RESULTS" }.joinedText
    guard !results.isBlank else { return .doesNotFit("no results section") }
    let summary = article.abstract.filter { $0.category == "RESULTS" }.map(\.text)
    guard !summary.isEmpty else { return .noTarget("results of the abstract") }
    return .slots([article.title, results, summary.joined(separator: "\n")])
  }
}

// MARK: What an article is about

extension TrainingTask {
  /// Title and abstract → MeSH headings, one a line, as some have commas in them.
  static let meshIndexing = subjectTask(
    "mesh-indexing", title: "Name the MeSH headings of an article", target: "headings",
    templates: "mesh-headings"
  ) { $0.meshTerms.map(\.descriptor) }

  /// Title and abstract → the authors' keywords, one a line.
  static let keywordExtraction = subjectTask(
    "keyword-extraction", title: "Name the keywords of an article", target: "keywords",
    templates: "keywords"
  ) { $0.keywords }

  /// Title and abstract → what kind of publication it is, one a line.
  ///
  /// Who paid for it (`Research Support, …`) is no kind of publication and stands in no abstract.
  static let publicationTyping = subjectTask(
    "publication-typing", title: "Name the type of a publication", target: "types",
    templates: "publication-type"
  ) { $0.publicationTypes.filter { !$0.hasPrefix("Research Support") } }

  private static func subjectTask(
    _ name: String, title: String, target: String, templates: String,
    _ terms: @escaping @Sendable (Article) -> [String]
  ) -> TrainingTask {
    TrainingTask(
      name, title: title, shapes: [.article], material: ["title", "abstract"], targets: [target],
      templates: templates
    ) { content in
      guard case .article(let article) = content else { return .doesNotFit("shape") }
      guard !article.abstractText.isBlank else { return .refused(.noAbstract, value: nil) }
      let terms = terms(article).filter { !$0.isBlank }
      guard !terms.isEmpty else { return .noTarget(target) }
      return .slots([article.title, article.abstractText, terms.joined(separator: "\n")])
    }
  }
}
