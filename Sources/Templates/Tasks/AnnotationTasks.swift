import Formats
import Records

// The tasks on annotated texts. Lists are answered in JSON, so that a program can hold an answer to the
// gold one.

extension TrainingTask {
  /// Text → its mentions in order of occurrence: `[{"text":"gout","type":"Disease"}]`, or `[]`.
  static let entityExtraction = TrainingTask(
    "entity-extraction", title: "Find the entities in a text", shapes: [.annotatedText],
    material: ["text", "kinds", "types"], targets: ["entities"], templates: "entities"
  ) { content in
    guard case .annotatedText(let item) = content else { return .doesNotFit("shape") }
    guard !item.text.isBlank else { return .emptyText("text") }
    let entities = item.entitiesInOrder.map { [("text", $0.text), ("type", $0.type)] }
    return .slots([
      item.text, item.entityKinds, item.entityTypes.inWords, JSONList.text(entities),
    ])
  }

  /// Text → its mentions with the concepts that each stands for, separated by commas.
  static let entityNormalisation = TrainingTask(
    "entity-normalisation", title: "Find the concepts that a text mentions",
    shapes: [.annotatedText], material: ["text", "kinds", "types"], targets: ["entities"],
    templates: "concepts"
  ) { content in
    guard case .annotatedText(let item) = content else { return .doesNotFit("shape") }
    guard !item.text.isBlank else { return .emptyText("text") }
    guard item.entities.isEmpty || item.entities.contains(where: { !$0.concepts.isEmpty }) else {
      return .noTarget("concepts")
    }
    let entities = item.entitiesInOrder.map { entity in
      [("text", entity.text), ("type", entity.type), ("concept", entity.concepts.inWords)]
    }
    return .slots([
      item.text, item.entityKinds, item.entityTypes.inWords, JSONList.text(entities),
    ])
  }

  /// Text → its relations, their ends by the words of the text.
  ///
  /// A concept is named by its first mention. Relations of equal type and words are told once. The slot
  /// `noted_relations` adds what the corpus says of each, such as whether it is new (BioRED).
  static let relationExtraction = TrainingTask(
    "relation-extraction", title: "Find the relations in a text", shapes: [.annotatedText],
    material: ["text", "kinds", "types"], targets: ["relations", "noted_relations"],
    templates: "relations"
  ) { content in
    guard case .annotatedText(let item) = content else { return .doesNotFit("shape") }
    guard !item.text.isBlank else { return .emptyText("text") }
    let named = item.relations.compactMap(item.named)
    guard named.count == item.relations.count else { return .noTarget("mention of a concept") }
    return .slots([
      item.text, item.relationKinds, item.relationTypes.inWords,
      JSONList.text(unique(named.map(\.members))), JSONList.text(unique(named.map(\.notedMembers))),
    ])
  }

  /// Objects without those that are told before.
  private static func unique(_ objects: [JSONList.Object]) -> [JSONList.Object] {
    objects.enumerated().filter { index, object in
      !objects[..<index].contains { $0.elementsEqual(object, by: ==) }
    }.map(\.element)
  }

  /// A sentence with two marked mentions → their relation, or `none`.
  ///
  /// The first to occur is marked `<< >>`, the other `[[ ]]`, so that the marks do not tell whether there is
  /// a relation.
  static let relationClassification = TrainingTask(
    "relation-classification", title: "Say how two marked entities relate",
    shapes: [.annotatedText], material: ["text", "first", "second", "types"], targets: ["label"],
    templates: "marked-relation"
  ) { content in
    guard case .annotatedText(let item) = content else { return .doesNotFit("shape") }
    guard !item.text.isBlank else { return .emptyText("text") }
    guard item.entities.count == 2, item.relations.count <= 1 else {
      return .doesNotFit("\(item.entities.count) entities, \(item.relations.count) relations")
    }
    let ends = item.entitiesInOrder
    let marks = [("<< ", " >>"), ("[[ ", " ]]")]
    let replacements = zip(ends, marks).flatMap { end, mark in
      end.spans.map { TextReplacement(span: $0, before: mark.0, after: mark.1) }
    }
    let label = item.relations.first?.type ?? "none"
    return .slots([
      item.text.replacing(replacements), ends[0].text, ends[1].text,
      (item.relationTypes + ["none"]).inWords, label,
    ])
  }

  /// Text → the same text with each identifier of a person replaced by its type: `[NAME]`.
  static let deIdentification = TrainingTask(
    "de-identification", title: "Take the identifiers of persons out of a text",
    shapes: [.annotatedText], material: ["text", "kinds", "types"], targets: ["deidentified"],
    templates: "deidentified"
  ) { content in
    guard case .annotatedText(let item) = content else { return .doesNotFit("shape") }
    guard !item.text.isBlank else { return .emptyText("text") }
    let replacements = item.entities.flatMap { entity in
      entity.spans.map { TextReplacement(span: $0, text: "[\(entity.type)]") }
    }
    return .slots([
      item.text, item.entityKinds, item.entityTypes.inWords, item.text.replacing(replacements),
    ])
  }
}

// MARK: Words of a text

extension AnnotatedText {
  /// The mentions in order of occurrence, the longer first of two that start together.
  fileprivate var entitiesInOrder: [Entity] {
    entities.enumerated().sorted { one, other in
      let (first, second) = (one.element.spans.first, other.element.spans.first)
      guard let first, let second else { return one.offset < other.offset }
      return (first.start, -first.end, one.offset) < (second.start, -second.end, other.offset)
    }.map(\.element)
  }

  /// What an instruction calls the entities: by their types where the set is closed.
  fileprivate var entityKinds: String {
    Self.kinds("entities", of: entityTypes)
  }

  /// What an instruction calls the relations.
  fileprivate var relationKinds: String {
    Self.kinds("relations", of: relationTypes)
  }

  private static func kinds(_ name: String, of types: [String]) -> String {
    switch types.count {
    case 0: name
    case 1: "\(name) of the type \(types[0])"
    default: "\(name) of the types \(types.inWords)"
    }
  }

  /// A relation with its ends by the words of the text; nil when an end has no mention.
  fileprivate func named(_ relation: Relation) -> NamedRelation? {
    guard let head = words(for: relation.first), let tail = words(for: relation.second) else {
      return nil
    }
    return NamedRelation(type: relation.type, head: head, tail: tail, note: relation.note)
  }

  /// The mention of that id, or the first one of that concept, alone or as a part of several; an end may
  /// also name all concepts of a mention, joined by bars (BioRED).
  private func words(for end: String) -> String? {
    guard !end.isEmpty else { return nil }
    if let entity = entities.first(where: { $0.id == end }) { return entity.text }
    let order = entitiesInOrder
    let mention =
      order.first { $0.concepts.joined(separator: "|") == end }
      ?? order.first { $0.concepts.contains(end) }
      ?? order.first { $0.concepts.contains { $0.split(separator: "+").contains(end[...]) } }
    return mention?.text
  }
}

/// A relation as an answer tells it.
private struct NamedRelation {
  let type: String
  let head: String
  let tail: String
  let note: String

  var members: JSONList.Object { [("type", type), ("head", head), ("tail", tail)] }

  var notedMembers: JSONList.Object { members + [("note", note)] }
}

/// A list of objects in JSON, on one line.
private enum JSONList {
  /// The members of an object, in order.
  typealias Object = [(key: String, value: String)]

  static func text(_ objects: [Object]) -> String {
    var writer = JSONWriter()
    writer.value(
      .array(objects.map { .object($0.map { JSON.Member($0.key, .string($0.value)) }) }))
    return writer.text
  }
}

extension [String] {
  /// The words of a list, separated by commas.
  fileprivate var inWords: String { joined(separator: ", ") }
}

/// A piece of a text and what is to stand for it.
private struct TextReplacement {
  let span: TextSpan
  /// What stands for the piece; nil leaves it.
  var text: String?
  var before = ""
  var after = ""
}

extension String {
  /// The text with pieces replaced; of pieces that overlap the first and longest counts.
  fileprivate func replacing(_ replacements: [TextReplacement]) -> String {
    let scalars = Array(unicodeScalars)
    var result = String.UnicodeScalarView()
    var place = 0
    for replacement in replacements.sorted(by: { $0.isBefore($1) })
    where replacement.span.start >= place && replacement.span.end <= scalars.count {
      result += scalars[place..<replacement.span.start]
      result += replacement.before.unicodeScalars
      if let text = replacement.text {
        result += text.unicodeScalars
      } else {
        result += scalars[replacement.span.start..<replacement.span.end]
      }
      result += replacement.after.unicodeScalars
      place = replacement.span.end
    }
    result += scalars[place...]
    return String(result)
  }
}

extension TextReplacement {
  fileprivate func isBefore(_ other: TextReplacement) -> Bool {
    (span.start, -span.end) < (other.span.start, -other.span.end)
  }
}
