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
        ("license", text(record.license.rawValue)), ("language", text(record.language ?? "")),
        ("groups", texts(record.groups.map(\.description))),
        ("split", text(record.officialSplit?.rawValue ?? "")), ("revision", int(record.revision)),
        ("tags", texts(record.tags.map { "\($0.name)=\($0.value)" })),
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
    }
  }

  private static func content(_ content: Content) -> JSON {
    switch content {
    case .article(let article):
      object([
        ("title", text(article.title)), ("abstract", sections(article.abstract)),
        ("body", sections(article.body)), ("mesh", list(article.meshTerms, mesh)),
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
      object([("text", text(item.text)), ("labels", texts(item.labels))])
    case .textPair(let pair):
      object([
        ("first", text(pair.first)), ("second", text(pair.second)), ("label", text(pair.label)),
      ])
    case .pairedText(let pair):
      object([("source", text(pair.sourceText)), ("target", text(pair.targetText))])
    case .instruction(let item):
      object([("system", text(item.system)), ("turns", turns(item.turns))])
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
