import Records

extension TrainingTask {
  /// A stretch of DNA, RNA or protein → what it is labelled with.
  static let sequenceClassification = TrainingTask(
    "sequence-classification", title: "Classify a biological sequence", shapes: [.sequence],
    material: ["sequence", "tokens", "alphabet"], targets: ["label"],
    templates: "sequence-class"
  ) { content in
    guard case .sequence(let item) = content else { return .doesNotFit("shape") }
    guard !item.residues.isBlank else { return .emptyText("sequence") }
    guard !item.label.isBlank else { return .noTarget("label") }
    let alphabet =
      switch item.alphabet {
      case .dna: "DNA"
      case .rna: "RNA"
      case .protein: "protein"
      }
    return .slots([item.residues, item.tokens, alphabet, item.label])
  }
}
