import Records

extension Record {
  /// What a split is stratified by: `source`, `label`, a field of the content, or a tag.
  ///
  /// - Returns: the value's digest; that of nothing where the record has none.
  package func stratum(by name: String) -> Digest128 {
    switch name {
    case "source": Digest128(of: source)
    case "label": Digest128(of: content.label)
    default: Digest128(of: content.text(of: name) ?? tag(name) ?? "")
    }
  }
}

extension Content {
  /// The class that the content is labelled with; empty for shapes that have none.
  fileprivate var label: String {
    switch self {
    case .labelledText(let item): item.labels.joined(separator: "\u{1f}")
    case .textPair(let pair): pair.label
    case .sequence(let sequence): sequence.label
    case .retrieval(let item): String(item.relevance)
    case .questionAnswer(let item) where item.kind == .yesNoMaybe: item.answer.lowercased()
    case .multipleChoice(let item): item.answers.map(String.init).joined(separator: ",")
    case .dialogue(let dialogue): dialogue.target.map(\.header).joined(separator: "\u{1f}")
    case .note(let note): note.category
    case .article, .questionAnswer, .pairedText, .instruction, .annotatedText, .timeline: ""
    }
  }
}
