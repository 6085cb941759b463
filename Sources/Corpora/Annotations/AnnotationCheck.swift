import Records

/// Holds what annotators marked to the text that they marked it in; every reader of annotated text goes
/// through it.
///
/// Each span must lie in the text, and the mention as published must be what stands there, code point
/// for code point; line ends and tabs count as the blanks that one-line formats write for them, and
/// the parts of a discontinuous mention are joined by a blank, ` ... ` or ` [...] `. Options:
///
/// - `mismatch`: `reject` (default) rejects a document with such a mention as `offset-mismatch`, with
///   the place and the count (`711-761, 1 of 12 annotations`); `drop` leaves the mention out,
///   with the relations that name it, and says how many in the tags `dropped_annotations` and
///   `dropped_relations`.
/// - `entity_types`, `relation_types`: the closed set of types, separated by commas, in the order that
///   instructions list them. A document with any other type is rejected as `unknown-label`.
struct AnnotationCheck: Sendable {
  /// What becomes of a document with a mention that is not what stands in the text.
  enum Mismatch: String, CaseIterable {
    case reject
    case drop
  }

  /// What comes of a document.
  enum Outcome {
    case passed(AnnotatedText, [Tag])
    case refused(Rejection.Reason, value: String)
  }

  static let options = [
    ReaderOption(
      "mismatch", "reject",
      "whether a mention that is not what stands in the text rejects its document, or is dropped "
        + "(`drop`)"),
    ReaderOption("entity_types", "open", "the closed set of types of entities, by commas"),
    ReaderOption("relation_types", "open", "the closed set of types of relations, by commas"),
  ]

  private let mismatch: Mismatch
  private let entityTypes: [String]
  private let relationTypes: [String]
  private let holdsToWords: Bool

  /// - Parameters:
  ///   - entityTypes: the corpus' closed set of types, unless the recipe names one.
  ///   - relationTypes: the same for relations.
  ///   - holdsToWords: whether a span may not begin or end inside a word: for formats that do not repeat
  ///     the mention.
  init(
    _ settings: ReaderSettings, entityTypes: [String] = [], relationTypes: [String] = [],
    holdsToWords: Bool = false
  ) throws {
    self.holdsToWords = holdsToWords
    mismatch = try settings.choice("mismatch", default: .reject)
    self.entityTypes = settings.list("entity_types") ?? entityTypes
    self.relationTypes = settings.list("relation_types") ?? relationTypes
  }

  /// A document with its mentions in order of occurrence, or why it cannot be used.
  ///
  /// - Parameter document: its entities hold the mentions as published; an empty text is not compared.
  func outcome(of document: AnnotatedText) -> Outcome {
    guard !TidyText.isBlank(document.text) else { return .refused(.emptyText, value: "text") }
    let text = CodePointText(document.text)
    var kept: [Entity] = []
    var wrong: [Entity] = []
    for entity in document.entities {
      if let entity = located(entity, in: text) {
        kept.append(entity)
      } else {
        wrong.append(entity)
      }
    }
    if mismatch == .reject, let first = wrong.first {
      let measure = "\(wrong.count) of \(document.entities.count) annotations"
      return .refused(.offsetMismatch, value: "\(Self.place(of: first)), \(measure)")
    }
    var checked = document
    checked.entities = kept.sorted(by: Self.isBefore)
    let lost = Set(wrong.map(\.id)).subtracting(kept.map(\.id)).subtracting([""])
    checked.relations.removeAll { lost.contains($0.first) || lost.contains($0.second) }
    let tags = Self.tags(
      annotations: wrong.count, relations: document.relations.count - checked.relations.count)
    return typed(checked, tags)
  }

  /// The document with the closed sets of types, when it keeps to them.
  private func typed(_ document: AnnotatedText, _ tags: [Tag]) -> Outcome {
    let strays = Self.strays(document.entities.map(\.type), beyond: entityTypes)
    guard strays == 0 else {
      return .refused(
        .unknownLabel, value: "type of \(strays) of \(document.entities.count) annotations")
    }
    let others = Self.strays(document.relations.map(\.type), beyond: relationTypes)
    guard others == 0 else {
      return .refused(
        .unknownLabel, value: "type of \(others) of \(document.relations.count) relations")
    }
    var document = document
    document.entityTypes = entityTypes
    document.relationTypes = relationTypes
    return .passed(document, tags)
  }

  private static func strays(_ types: [String], beyond known: [String]) -> Int {
    known.isEmpty ? 0 : types.count { !known.contains($0) }
  }

  private static func tags(annotations: Int, relations: Int) -> [Tag] {
    [("dropped_annotations", annotations), ("dropped_relations", relations)]
      .filter { $0.1 > 0 }.map { Tag($0.0, String($0.1)) }
  }

  private static func isBefore(_ one: Entity, _ other: Entity) -> Bool {
    one.spans.lexicographicallyPrecedes(other.spans)
  }

  private static func place(of entity: Entity) -> String {
    entity.spans.isEmpty
      ? "outside the text" : entity.spans.map { "\($0.start)-\($0.end)" }.joined(separator: ";")
  }
}

// MARK: One mention

extension AnnotationCheck {
  /// Whether every mention is what stands in the text.
  func finds(_ entities: [Entity], in text: CodePointText) -> Bool {
    entities.allSatisfy { located($0, in: text) != nil }
  }

  /// The mention as the text has it; nil when that is not what was published.
  private func located(_ entity: Entity, in text: CodePointText) -> Entity? {
    let spans = entity.spans.sorted()
    let parts = spans.compactMap { text[$0] }
    guard !parts.isEmpty, parts.count == spans.count else { return nil }
    guard zip(spans, spans.dropFirst()).allSatisfy({ $0.end <= $1.start }) else { return nil }
    guard entity.text.isEmpty || Self.isSame(entity.text, as: parts) else { return nil }
    guard !holdsToWords || spans.allSatisfy(text.isWholeWords) else { return nil }
    var entity = entity
    entity.spans = spans
    entity.text = parts.joined(separator: " ")
    return entity
  }

  private static func isSame(_ published: String, as parts: [String]) -> Bool {
    [" ", " ... ", " [...] "].contains { joint in
      published.utf8.lazy.map(blanked).elementsEqual(
        parts.joined(separator: joint).utf8.lazy.map(blanked))
    }
  }

  /// A line end or tab as the blank that stands for it in formats of one line.
  private static func blanked(_ byte: UInt8) -> UInt8 { TidyText.isSpace(byte) ? 0x20 : byte }
}

extension ReaderSettings {
  /// An option that lists words, separated by commas; nil when it is not given.
  func list(_ name: String) -> [String]? {
    text(name).map { text in
      text.split(separator: ",").map { TidyText.line(String($0)) }.filter { !$0.isEmpty }
    }
  }
}

/// Hands the readings of an entry with annotated texts to the sink, each document checked.
struct AnnotationOutlet {
  let settings: ReaderSettings
  let check: AnnotationCheck
  private var outlet = ReadingOutlet()

  init(_ settings: ReaderSettings, _ check: AnnotationCheck) {
    self.settings = settings
    self.check = check
  }

  /// How many readings were handed on.
  var count: Int { outlet.ordinal }

  /// Hands a document on, or its rejection.
  ///
  /// - Parameters:
  ///   - document: as `AnnotationCheck.outcome(of:)` takes it.
  ///   - change: what is done to its text and spans once these are checked.
  mutating func pass(
    _ document: AnnotatedText, id: String, groups: [GroupKey], split: Split? = nil,
    tags: [Tag] = [], at byteOffset: Int? = nil, to sink: ReadingSink,
    then change: (AnnotatedText) -> AnnotatedText = { $0 }
  ) throws {
    switch check.outcome(of: document) {
    case .passed(let content, let more):
      let content = change(content)
      let record = settings.record(
        id: id, groups: groups, officialSplit: split, tags: tags + more,
        content: .annotatedText(content))
      try outlet.pass(record, at: byteOffset, to: sink)
    case .refused(let reason, let value):
      try outlet.reject(id, reason, value: value, at: byteOffset, to: sink)
    }
  }

  /// Hands a rejection on.
  mutating func reject(
    _ id: String, _ reason: Rejection.Reason, value: String? = nil, at byteOffset: Int? = nil,
    to sink: ReadingSink
  ) throws {
    try outlet.reject(id, reason, value: value, at: byteOffset, to: sink)
  }
}
