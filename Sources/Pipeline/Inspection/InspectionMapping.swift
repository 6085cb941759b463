import Records

/// A guess at what the columns or keys of a file without a reader of its own stand for.
package struct InspectionMapping: Sendable, Hashable {
  package var shape: Content.Shape
  /// Target field and column, in the order of the shape's fields.
  package var fields: [Pair]

  /// A target field with the column or key it is filled from, or an option with its value.
  package struct Pair: Sendable, Hashable {
    package var target: String
    package var column: String

    package init(_ target: String, _ column: String) {
      self.target = target
      self.column = column
    }
  }

  /// The reader's options that go with the columns: MedMCQA counts `cop` from 1.
  var options: [Pair] {
    fields.contains(Pair("answer", "cop")) ? [Pair("answer_base", "1")] : []
  }

  /// The mapping as readers take it.
  package var fieldsByTarget: [String: String] {
    Dictionary(fields.map { ($0.target, $0.column) }, uniquingKeysWith: { first, _ in first })
  }

  /// The first shape whose needs the names meet; nil when the names say nothing.
  init?(of sniff: InspectionSniff) {
    let names = sniff.columns.isEmpty ? sniff.fields.names : sniff.columns
    for rule in Self.rules {
      // A comma in a place separates columns, so that a name with one cannot be mapped.
      let usable = names.filter { !$0.isEmpty && !$0.utf8.contains(0x2C) }
      guard let pairs = rule.pairs(among: usable) else { continue }
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
        guard let column = column(for: field, among: columns, taken: taken) else {
          if place < required.count { return nil }
          continue
        }
        taken.insert(column)
        pairs.append(Pair(field.target, column))
      }
      return pairs
    }

    /// The column that a field is filled from; for options also several columns of one letter each.
    private func column(
      for field: (target: String, names: [String]), among columns: [String], taken: Set<String>
    ) -> String? {
      let free = columns.filter { !taken.contains($0) }
      let single = field.names.lazy.compactMap { name in free.first { folded($0) == name } }.first
      guard single == nil, field.target == "options" else { return single }
      return Self.optionColumns.lazy.map { wanted in
        columns.filter { wanted.contains(folded($0)) }
      }.first { $0.count > 1 }?.joined(separator: ",")
    }

    /// How published exam sets name the columns of their options.
    private static let optionColumns = [
      ["opa", "opb", "opc", "opd", "ope"], ["a", "b", "c", "d", "e"],
      ["optiona", "optionb", "optionc", "optiond", "optione"],
      ["answera", "answerb", "answerc", "answerd", "answere"],
      ["ending0", "ending1", "ending2", "ending3", "ending4"],
    ]

    private var identity: [(target: String, names: [String])] {
      [
        ("id", ["id", "qid", "uid", "recordid", "questionid", "docid", "noteid"]),
        ("patient", ["patientid", "subjectid", "patient"]), ("pmid", ["pmid", "pubmedid"]),
        ("document", ["documentid", "document"]), ("language", ["language", "lang"]),
        ("license", ["license", "licence"]), ("split", ["split"]),
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
    Rule(shape: .instruction, required: [("conversations", ["conversations", "conversation"])]),
    Rule(
      shape: .instruction,
      required: [("instruction", ["instruction"]), ("output", ["output", "response"])],
      optional: [
        ("input", ["input"]), ("system", ["system"]), ("history", ["history"]),
      ]),
    Rule(
      shape: .multipleChoice,
      required: [
        ("question", ["question", "stem"]), ("options", ["options", "choices"]),
        (
          "answer",
          ["answeridx", "answerkey", "correctanswers", "answer", "cop", "correct", "label"]
        ),
      ],
      optional: [
        ("explanation", ["explanation", "exp", "rationale"]),
        ("subject", ["subject", "subjectname", "topic", "metainfo"]),
      ]),
    Rule(
      shape: .questionAnswer,
      required: [
        ("question", ["question", "query", "ask", "prompt"]),
        ("answer", ["answer", "response", "reply", "completion", "output"]),
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
      ],
      optional: [("section", ["section", "sectionheader"])]),
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
        (
          "source_text", ["sourcetext", "source", "document", "article", "text", "chq", "findings"]
        ),
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
      shape: .article, required: [("abstract", ["abstract", "abstracttext"])]),
    Rule(
      shape: .note, required: [("text", ["text", "note", "notetext", "content", "body"])],
      optional: [("category", ["category", "notetype"])]),
  ]
}
