import Records

// The tasks on two texts: how alike they are, and whether one answers to the other.

extension TrainingTask {
  /// Two texts → how alike they mean, in decimal with one place.
  static let semanticSimilarity = TrainingTask(
    "semantic-similarity", title: "Say how alike two texts mean", shapes: [.textPair],
    material: ["first", "second"], targets: ["score"], templates: "similarity"
  ) { content in
    guard case .textPair(let pair) = content else { return .doesNotFit("shape") }
    guard !pair.first.isBlank else { return .emptyText("first") }
    guard !pair.second.isBlank else { return .emptyText("second") }
    guard let score = Double(pair.label), score.isFinite, abs(score) < 1_000_000 else {
      return .doesNotFit("label is no number")
    }
    return .slots([pair.first, pair.second, tenths(score)])
  }

  /// The number with one place, halves away from zero.
  private static func tenths(_ score: Double) -> String {
    let tenths = Int((abs(score) * 10).rounded())
    return "\(score < 0 && tenths > 0 ? "-" : "")\(tenths / 10).\(tenths % 10)"
  }

  /// A query and a passage → whether the passage answers to it, yes or no.
  static let passageRelevance = TrainingTask(
    "passage-relevance", title: "Say whether a passage is relevant to a query",
    shapes: [.retrieval], material: ["query", "passage", "title"], targets: ["answer"],
    templates: "relevance"
  ) { content in
    guard case .retrieval(let item) = content else { return .doesNotFit("shape") }
    guard !item.query.isBlank else { return .emptyText("query") }
    guard !item.passage.isBlank else { return .emptyText("passage") }
    return .slots([item.query, item.passage, item.title, item.relevance > 0 ? "yes" : "no"])
  }

  /// A query → a passage that is relevant to it.
  static let passageRetrieval = TrainingTask(
    "passage-retrieval", title: "Give a passage that is relevant to a query",
    shapes: [.retrieval], material: ["query", "title"], targets: ["passage"],
    templates: "retrieval"
  ) { content in
    guard case .retrieval(let item) = content else { return .doesNotFit("shape") }
    guard !item.query.isBlank else { return .emptyText("query") }
    guard !item.passage.isBlank else { return .emptyText("passage") }
    guard item.relevance > 0 else { return .noTarget("relevant passage") }
    return .slots([item.query, item.title, item.passage])
  }
}
