import Records

/// A guess at what the columns or keys of a file without a reader of its own stand for.
package struct InspectionMapping: Sendable, Hashable {
  package var shape: Content.Shape
  /// Target field and column, in the order of the shape's fields.
  package var fields: [Pair]

  /// A target field with the column or key it is filled from.
  package struct Pair: Sendable, Hashable {
    package var target: String
    package var column: String
  }

  /// The mapping as readers take it.
  package var fieldsByTarget: [String: String] {
    Dictionary(fields.map { ($0.target, $0.column) }, uniquingKeysWith: { first, _ in first })
  }

  /// The first shape whose needs the names meet; nil when the names say nothing.
  init?(of sniff: InspectionSniff) {
    let names = sniff.columns.isEmpty ? sniff.fields.names : sniff.columns
    for rule in Self.rules {
      guard let pairs = rule.pairs(among: names) else { continue }
      shape = rule.shape
      fields = pairs
      return
    }
    return nil
  }

  /// What a shape needs, and the names its fields go by.
  private struct Rule {
    var shape: Content.Shape
    var required: [(target: String, names: [String])]
    var optional: [(target: String, names: [String])] = []

    /// The mapping; nil when a required field has no column.
    func pairs(among columns: [String]) -> [Pair]? {
      var taken: Set<String> = []
      var pairs: [Pair] = []
      for (place, field) in (required + optional + identity).enumerated() {
        let column = columns.first { column in
          field.names.contains(folded(column)) && !taken.contains(column)
        }
        guard let column else {
          if place < required.count { return nil }
          continue
        }
        taken.insert(column)
        pairs.append(Pair(target: field.target, column: column))
      }
      return pairs
    }

    private var identity: [(target: String, names: [String])] {
      [
        ("id", ["id", "qid", "uid", "recordid", "questionid", "docid", "noteid"]),
        ("group", ["patientid", "subjectid", "documentid", "groupid", "patient"]),
      ]
    }

    /// A name in lower case without blanks and marks: `Section_Text` → `sectiontext`.
    private func folded(_ name: String) -> String {
      String(
        decoding: name.lowercased().utf8.filter { $0 > 0x2F && $0 != 0x5F }, as: UTF8.self)
    }
  }

  private static let rules: [Rule] = [
    Rule(shape: .instruction, required: [("messages", ["messages"])]),
    Rule(shape: .instruction, required: [("messages", ["conversations", "conversation"])]),
    Rule(
      shape: .instruction,
      required: [("instruction", ["instruction"]), ("output", ["output", "response"])],
      optional: [("input", ["input"]), ("system", ["system"])]),
    Rule(
      shape: .multipleChoice,
      required: [
        ("question", ["question", "stem"]), ("options", ["options", "choices"]),
        ("answer", ["answeridx", "answerindex", "answerkey", "answer", "label", "correct"]),
      ],
      optional: [
        ("explanation", ["explanation", "exp", "rationale"]),
        ("subject", ["subject", "subjectname", "topic", "metainfo"]),
      ]),
    Rule(
      shape: .questionAnswer,
      required: [
        ("question", ["question", "query", "ask", "questions", "prompt"]),
        ("answer", ["answer", "response", "reply", "answers", "completion", "shortanswer"]),
      ],
      optional: [
        ("long_answer", ["longanswer"]), ("context", ["context", "contexts", "passage"]),
        ("focus", ["focus", "title", "topic", "department", "drug"]),
        ("question_type", ["questiontype", "qtype", "type"]),
      ]),
    Rule(
      shape: .dialogue,
      required: [
        ("dialogue", ["dialogue", "dialog", "conversation", "transcript"]),
        ("note", ["note", "sectiontext", "summary", "soap"]),
      ]),
    Rule(
      shape: .textPair,
      required: [
        ("first", ["sentence1", "premise", "text1", "first"]),
        ("second", ["sentence2", "hypothesis", "text2", "second"]),
        ("label", ["label", "score", "goldlabel", "similarity"]),
      ]),
    Rule(
      shape: .pairedText,
      required: [
        ("source_text", ["sourcetext", "source", "document", "article", "text", "chq", "findings"]),
        ("target_text", ["targettext", "target", "summary", "impression", "highlights"]),
      ]),
    Rule(
      shape: .labelledText,
      required: [
        ("text", ["text", "sentence", "abstract", "content", "description"]),
        ("labels", ["labels", "label", "category", "class"]),
      ]),
    Rule(
      shape: .article,
      required: [("title", ["title"]), ("abstract", ["abstract", "abstracttext"])],
      optional: [("journal", ["journal"]), ("year", ["year", "pubyear"]), ("body", ["body"])]),
    Rule(
      shape: .note, required: [("text", ["text", "note", "notetext", "content", "body"])],
      optional: [("category", ["category", "notetype"])]),
  ]
}
