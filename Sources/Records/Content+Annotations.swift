/// A text with what annotators marked in it.
package struct AnnotatedText: Sendable, Equatable {
  package var text: String
  package var entities: [Entity]
  package var relations: [Relation]
  /// Every type of entity that the corpus marks, in its order; empty when the set is open.
  package var entityTypes: [String]
  /// Every type of relation that the corpus marks, in its order; empty when the set is open.
  package var relationTypes: [String]

  package init(
    text: String, entities: [Entity] = [], relations: [Relation] = [], entityTypes: [String] = [],
    relationTypes: [String] = []
  ) {
    self.text = text
    self.entities = entities
    self.relations = relations
    self.entityTypes = entityTypes
    self.relationTypes = relationTypes
  }
}

/// A marked mention: a disease, a drug, an identifier of a patient.
package struct Entity: Sendable, Equatable {
  /// The annotation's id in its document (`T12`), or empty.
  package var id: String
  package var type: String
  /// Where the mention stands; more than one span for a discontinuous mention, ascending.
  package var spans: [TextSpan]
  /// The mention as the text has it; the parts of a discontinuous one joined by a blank.
  package var text: String
  /// The concepts it was normalised to (`MESH:D003924`); empty when there are none.
  package var concepts: [String]

  package init(
    id: String = "", type: String, spans: [TextSpan], text: String, concepts: [String] = []
  ) {
    self.id = id
    self.type = type
    self.spans = spans
    self.text = text
    self.concepts = concepts
  }
}

/// A piece of a text.
package struct TextSpan: Sendable, Hashable, Comparable {
  /// The 0-based offset of the first code point.
  package var start: Int
  /// The offset behind the last code point.
  package var end: Int

  package init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = end
  }

  package static func < (first: TextSpan, second: TextSpan) -> Bool {
    (first.start, first.end) < (second.start, second.end)
  }
}

/// A relation between two marked things.
package struct Relation: Sendable, Equatable {
  package var type: String
  /// The arguments: the id of an entity, or of a concept when the relation is the document's.
  package var first: String
  package var second: String
  /// The roles of the arguments (`Arg1`, `CHEMICAL`), or empty.
  package var firstRole: String
  package var secondRole: String
  /// What else the corpus says of it: `Novel`, or empty.
  package var note: String

  package init(
    type: String, first: String, second: String, firstRole: String = "", secondRole: String = "",
    note: String = ""
  ) {
    self.type = type
    self.first = first
    self.second = second
    self.firstRole = firstRole
    self.secondRole = secondRole
    self.note = note
  }
}

/// A query and a passage, and how relevant the passage is.
package struct Retrieval: Sendable, Equatable {
  package var query: String
  package var title: String
  package var passage: String
  /// The judged relevance, 0 for none.
  package var relevance: Int

  package init(query: String, title: String = "", passage: String, relevance: Int) {
    self.query = query
    self.title = title
    self.passage = passage
    self.relevance = relevance
  }
}
