import Formats
import Records

/// Readings as text for golden files: one JSON object a line, keys sorted, empty fields left out.
enum ReadingText {
  static func line(_ reading: Reading, entry: String) -> String {
    var writer = JSONWriter()
    writer.value(Self.sorted(json(reading, entry: entry)))
    return writer.text + "\n"
  }

  private static func json(_ reading: Reading, entry: String) -> JSON {
    switch reading {
    case .record(let record):
      object([
        ("entry", text(entry)), ("id", text(record.id)), ("corpus", text(record.corpus)),
        ("license", text(record.licenses.expression)), ("language", text(record.language ?? "")),
        ("groups", texts(record.groups.map(\.description))),
        ("split", text(record.officialSplit?.rawValue ?? "")), ("revision", int(record.revision)),
        ("tags", texts(record.tags.map { "\($0.name)=\($0.value)" })),
        ("works", list(record.works, work)),
        ("ordinal", int(record.provenance.ordinal)),
        ("offset", int(record.provenance.byteOffset)),
        (record.content.shape.rawValue, content(record.content)),
      ])
    case .rejection(let rejection):
      object([
        ("entry", text(entry)), ("id", text(rejection.id)),
        ("rejected", text(rejection.reason.rawValue)), ("value", text(rejection.value ?? "")),
        ("ordinal", int(rejection.provenance.ordinal)),
        ("offset", int(rejection.provenance.byteOffset)),
      ])
    case .withdrawal(let id): object([("entry", text(entry)), ("withdrawn", text(id))])
    case .count(let name, let count):
      object([("entry", text(entry)), ("counted", text(name)), ("count", int(count))])
    }
  }

  private static func work(_ work: Work) -> JSON {
    object([
      ("authors", texts(work.authors)), ("title", text(work.title)),
      ("publication", text(work.publication)), ("year", int(work.year)),
      ("url", text(work.address ?? "")),
    ])
  }

  private static func content(_ content: Content) -> JSON {
    switch content {
    case .article(let article):
      object([
        ("title", text(article.title)), ("abstract", sections(article.abstract)),
        ("body", sections(article.body)), ("plain_summary", text(article.plainSummary)),
        ("mesh", list(article.meshTerms, mesh)), ("keywords", texts(article.keywords)),
        ("types", texts(article.publicationTypes)), ("journal", text(article.journal)),
        ("year", int(article.year)), ("retracted", article.isRetracted ? .bool(true) : nil),
      ])
    case .note(let note):
      object([
        ("sections", sections(note.sections)), ("category", text(note.category)),
        ("patient", text(note.patient)), ("admission", text(note.admission)),
        ("time", text(note.time)),
      ])
    case .dialogue(let dialogue):
      object([("turns", turns(dialogue.turns)), ("target", sections(dialogue.target))])
    case .questionAnswer(let item):
      object([
        ("kind", text(item.kind.rawValue)), ("question", text(item.question)),
        ("context", sections(item.context)), ("answer", text(item.answer)),
        ("long_answer", text(item.longAnswer)), ("focus", text(item.focus)),
        ("type", text(item.questionType)),
      ])
    case .multipleChoice(let item):
      object([
        ("stem", text(item.stem)), ("options", texts(item.options)),
        ("answers", list(item.answers) { .number(String($0)) }),
        ("explanation", text(item.explanation)), ("subject", text(item.subject)),
      ])
    case .labelledText(let item):
      object([
        ("text", text(item.text)), ("labels", texts(item.labels)),
        ("label_set", texts(item.labelSet)),
      ])
    case .textPair(let pair):
      object([
        ("first", text(pair.first)), ("second", text(pair.second)), ("label", text(pair.label)),
        ("label_set", texts(pair.labelSet)),
      ])
    case .pairedText(let pair):
      object([
        ("kind", pair.kind == .summary ? nil : .string(pair.kind.rawValue)),
        ("source", text(pair.sourceText)), ("target", text(pair.targetText)),
        ("target_language", text(pair.targetLanguage)),
      ])
    case .instruction(let item):
      object([("system", text(item.system)), ("turns", turns(item.turns))])
    case .annotatedText(let item):
      object([
        ("text", text(item.text)), ("entities", list(item.entities, entity)),
        ("relations", list(item.relations, relation)), ("entity_types", texts(item.entityTypes)),
        ("relation_types", texts(item.relationTypes)),
      ])
    case .retrieval(let item):
      object([
        ("query", text(item.query)), ("title", text(item.title)),
        ("passage", text(item.passage)), ("relevance", int(item.relevance)),
      ])
    case .timeline(let timeline):
      object([
        ("patient", text(timeline.patient)),
        ("facts", texts(timeline.facts.map { "\($0.name)=\($0.value)" })),
        ("events", list(timeline.events, event)),
      ])
    case .sequence(let sequence):
      object([
        ("alphabet", text(sequence.alphabet.rawValue)), ("residues", text(sequence.residues)),
        ("tokens", text(sequence.tokens)), ("assembly", text(sequence.assembly)),
        ("name", text(sequence.name)), ("start", int(sequence.start)),
        ("label", text(sequence.label)),
      ])
    }
  }
}

extension ReadingText {
  private static func object(_ members: [(String, JSON?)]) -> JSON {
    .object(members.compactMap { name, value in value.map { JSON.Member(name, $0) } })
  }

  private static func text(_ text: String) -> JSON? { text.isEmpty ? nil : .string(text) }
  private static func int(_ number: Int?) -> JSON? { number.map { .number(String($0)) } }
  private static func texts(_ texts: [String]) -> JSON? { list(texts) { .string($0) } }

  private static func list<Value>(_ values: [Value], _ body: (Value) -> JSON) -> JSON? {
    values.isEmpty ? nil : .array(values.map(body))
  }

  private static func sections(_ sections: [AbstractSection]) -> JSON? {
    list(sections) {
      object([("label", text($0.label)), ("category", text($0.category)), ("text", text($0.text))])
    }
  }

  private static func sections(_ sections: [NoteSection]) -> JSON? {
    list(sections) {
      object([("code", text($0.code)), ("header", text($0.header)), ("text", text($0.text))])
    }
  }

  private static func turns(_ turns: [Turn]) -> JSON? {
    list(turns) {
      object([
        ("role", text($0.role.rawValue)), ("speaker", text($0.speaker)), ("text", text($0.text)),
      ])
    }
  }

  private static func mesh(_ term: MeSHTerm) -> JSON {
    object([
      ("descriptor", text(term.descriptor)), ("ui", text(term.identifier)),
      ("major", term.isMajorTopic ? .bool(true) : nil), ("qualifiers", texts(term.qualifiers)),
    ])
  }

  private static func entity(_ entity: Entity) -> JSON {
    object([
      ("id", text(entity.id)), ("type", text(entity.type)), ("text", text(entity.text)),
      ("spans", texts(entity.spans.map { "\($0.start)-\($0.end)" })),
      ("concepts", texts(entity.concepts)),
    ])
  }

  private static func relation(_ relation: Relation) -> JSON {
    object([
      ("type", text(relation.type)), ("first", text(relation.first)),
      ("second", text(relation.second)), ("first_role", text(relation.firstRole)),
      ("second_role", text(relation.secondRole)), ("note", text(relation.note)),
    ])
  }

  private static func event(_ event: Event) -> JSON {
    object([
      ("kind", text(event.kind.rawValue)), ("time", text(event.time)), ("end", text(event.end)),
      ("code", text(event.code)), ("system", text(event.system)),
      ("display", text(event.display)), ("value", text(event.value)), ("unit", text(event.unit)),
      ("flag", text(event.flag)),
      ("range", text(event.range)), ("status", text(event.status)),
      ("encounter", text(event.encounter)),
    ])
  }

  private static func sorted(_ json: JSON) -> JSON {
    switch json {
    case .array(let elements): .array(elements.map(sorted))
    case .object(let members):
      .object(
        members.map { JSON.Member($0.key, sorted($0.value)) }
          .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) })
    default: json
    }
  }
}
