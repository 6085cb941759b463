extension Content {
  /// How many parts of each kind the content has: what a corpus' published counts speak of.
  package var structure: [(name: String, count: Int)] {
    switch self {
    case .article(let article):
      [
        ("abstracts", article.abstract.isEmpty ? 0 : 1), ("bodies", article.body.isEmpty ? 0 : 1),
        ("body_sections", article.body.count),
        ("plain_summaries", article.plainSummary.isEmpty ? 0 : 1),
        ("mesh_headings", article.meshTerms.count), ("keywords", article.keywords.count),
      ]
    case .note(let note): [("sections", note.sections.count)]
    case .dialogue(let dialogue):
      [("turns", dialogue.turns.count), ("target_sections", dialogue.target.count)]
    case .questionAnswer(let item): [("passages", item.context.count)]
    case .multipleChoice(let item):
      [
        ("options", item.options.count), ("multi_answer", item.answers.count > 1 ? 1 : 0),
        ("explanations", item.explanation.isEmpty ? 0 : 1),
      ]
    case .labelledText(let item):
      [("labels", item.labels.count), ("unlabelled", item.labels.isEmpty ? 1 : 0)]
    case .annotatedText(let item):
      [
        ("entities", item.entities.count), ("relations", item.relations.count),
        ("without_entities", item.entities.isEmpty ? 1 : 0),
      ]
    case .timeline(let timeline): [("events", timeline.events.count)]
    case .sequence(let sequence): [("residues", sequence.residues.utf8.count)]
    case .instruction(let item): [("turns", item.turns.count)]
    case .textPair, .pairedText, .retrieval: []
    }
  }
}
