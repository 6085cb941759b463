import Records

// The tasks whose answer is a label. Where the corpus' set of labels is closed, requests list it.

extension TrainingTask {
  /// Text → its labels as a JSON list, empty when none of a closed set applies.
  static let classification = TrainingTask(
    "classification", title: "Classify a text", shapes: [.labelledText],
    material: ["text", "label_set"], targets: ["label_list", "labels", "label"],
    templates: "classification", answer: .list, preferring: "label_set"
  ) { content in
    guard case .labelledText(let item) = content else { return .doesNotFit("shape") }
    guard !item.text.isBlank else { return .emptyText("text") }
    let labels = item.labels.filter { !$0.isBlank }
    guard !labels.isEmpty || !item.labelSet.isEmpty else { return .noTarget("labels") }
    guard item.labelSet.isEmpty || labels.allSatisfy(item.labelSet.contains) else {
      return .refused(.unknownLabel, value: nil)
    }
    return .slots([
      item.text, listed(item.labelSet), jsonList(labels), labels.joined(separator: ", "),
      labels.count == 1 ? labels[0] : "",
    ])
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
      name, title: title, shapes: [.textPair], material: ["first", "second", "label_set"],
      targets: ["label"], templates: templates, answer: .label, preferring: "label_set"
    ) { content in
      guard case .textPair(let pair) = content else { return .doesNotFit("shape") }
      guard !pair.first.isBlank else { return .emptyText("first") }
      guard !pair.second.isBlank else { return .emptyText("second") }
      guard !pair.label.isBlank else { return .noTarget("label") }
      guard pair.labelSet.isEmpty || pair.labelSet.contains(pair.label) else {
        return .refused(.unknownLabel, value: nil)
      }
      return .slots([pair.first, pair.second, listed(pair.labelSet), pair.label])
    }
  }

  /// A closed set of labels for a request: one a line, since labels may hold commas.
  private static func listed(_ labels: [String]) -> String {
    labels.map { "- \($0)" }.joined(separator: "\n")
  }
}
