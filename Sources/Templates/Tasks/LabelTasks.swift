import Records

// The tasks whose answer is a label.

extension TrainingTask {
  /// Text → its labels.
  static let classification = TrainingTask(
    "classification", title: "Classify a text", shapes: [.labelledText],
    material: ["text"], targets: ["labels"], templates: "classification"
  ) { content in
    guard case .labelledText(let item) = content else { return .doesNotFit("shape") }
    guard !item.text.isBlank else { return .emptyText("text") }
    let labels = item.labels.joined(separator: ", ")
    guard !labels.isBlank else { return .noTarget("labels") }
    return .slots([item.text, labels])
  }

  /// Premise and hypothesis → entailment, contradiction or neutral, in the corpus' words.
  static let naturalLanguageInference = pairTask(
    "natural-language-inference", title: "Judge whether a premise supports a hypothesis",
    templates: "inference")

  /// Two texts → their label or score.
  static let textPair = pairTask(
    "text-pair", title: "Judge how two texts relate", templates: "text-relation")

  private static func pairTask(_ name: String, title: String, templates: String) -> TrainingTask {
    TrainingTask(
      name, title: title, shapes: [.textPair], material: ["first", "second"], targets: ["label"],
      templates: templates
    ) { content in
      guard case .textPair(let pair) = content else { return .doesNotFit("shape") }
      guard !pair.first.isBlank else { return .emptyText("first") }
      guard !pair.second.isBlank else { return .emptyText("second") }
      guard !pair.label.isBlank else { return .noTarget("label") }
      return .slots([pair.first, pair.second, pair.label])
    }
  }
}
