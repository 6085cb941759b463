import Formats
import Records

/// Which of a row's columns or paths make which field of a shape, as the recipe's `fields:` say.
///
/// A place may name several columns, separated by commas: a list for fields that hold lists
/// (`options: opa,opb,opc,opd`), one text of several lines for others.
struct FieldMapping: Sendable {
  let shape: Content.Shape
  /// Field → columns or paths.
  private let places: [String: [String]]
  /// The columns or paths of the patient's own identifiers.
  private let identifiers: [KnownIdentifier.Kind: [String]]
  private let identifierUse: IdentifierUse
  /// Tag name → columns or paths, by name.
  private let tags: [(name: String, place: [String])]

  /// - Throws: `Diagnostic` when there is no shape, a field that the shape does not have, or one
  ///   missing that it needs.
  init(_ options: ReaderOptions, corpus: String) throws {
    guard let shape = options.shape else {
      let shapes = FieldNames.mapped.map(\.rawValue).joined(separator: ", ")
      throw Diagnostic(
        "corpus '\(corpus)' needs 'shape', what each row makes: one of \(shapes)")
    }
    self.shape = shape
    let fields = FieldNames(of: shape)
    var places: [String: [String]] = [:]
    var tags: [(name: String, place: [String])] = []
    for (name, place) in options.fields.sorted(by: { $0.key < $1.key }) {
      if name.hasPrefix("tag.") {
        tags.append((String(name.dropFirst(4)), Self.columns(of: place)))
      } else if fields.all.contains(name) {
        places[name] = Self.columns(of: place)
      } else {
        throw Self.unknown(field: name, of: shape, fields)
      }
    }
    self.places = places
    identifiers = options.identifiers
    identifierUse = IdentifierUse(of: Self.places(of: options.identifiers))
    self.tags = tags
    for choice in fields.required where choice.allSatisfy({ places[$0] == nil }) {
      throw Diagnostic(
        "shape \(shape.rawValue) needs field '\(choice.joined(separator: "' or '"))'",
        hint: "add it to 'fields' with the column or path that holds it")
    }
  }

  /// All columns that are mapped, for the check against a table's header.
  var columns: [String] {
    var seen: Set<String> = []
    let all =
      places.keys.sorted().flatMap { places[$0] ?? [] } + tags.flatMap(\.place)
      + Self.places(of: identifiers)
    return all.filter { seen.insert($0).inserted }
  }

  /// Whether the recipe maps the field.
  func has(_ field: String) -> Bool { places[field] != nil }

  /// The recipe's own name for where a field is, for rejections.
  func place(of field: String) -> String { places[field]?.joined(separator: ",") ?? field }

  /// The value of a field in a row; nil when it is not mapped, not there or null.
  func value(of field: String, in row: some MappedRow) -> JSON? {
    places[field].flatMap { Self.value(at: $0, in: row) }
  }

  /// What a row knows of its patient.
  func identifiers(of row: some MappedRow) -> [KnownIdentifier] {
    guard !identifiers.isEmpty else { return [] }
    var met: [String] = []
    let known = KnownIdentifier.of(identifiers) { place in
      guard let value = row.value(at: place) else { return nil }
      met.append(place)
      return value.text
    }
    identifierUse.note(met)
    return known
  }

  /// The places of identifiers that none of the rows read so far has.
  var unmetIdentifiers: [String] { identifierUse.unmet }

  private static func places(of identifiers: [KnownIdentifier.Kind: [String]]) -> [String] {
    KnownIdentifier.Kind.allCases.flatMap { identifiers[$0] ?? [] }
  }

  /// The tags of a row: one for each value.
  func tags(of row: some MappedRow) -> [Tag] {
    tags.flatMap { name, place in
      (Self.value(at: place, in: row)?.texts ?? []).map { Tag(name, $0) }
    }.filter { !$0.value.isEmpty }
  }

  private static func value(at place: [String], in row: some MappedRow) -> JSON? {
    guard place.count > 1 else { return place.first.flatMap { row.value(at: $0) } }
    let values = place.map { row.value(at: $0) }
    guard values.contains(where: { $0 != nil }) else { return nil }
    return .array(values.map { $0 ?? .string("") })
  }

  private static func columns(of place: String) -> [String] {
    place.split(separator: ",").map { TidyText.line(String($0)) }.filter { !$0.isEmpty }
  }

  private static func unknown(
    field: String, of shape: Content.Shape, _ fields: FieldNames
  ) -> Diagnostic {
    Diagnostic(
      "shape \(shape.rawValue) has no field '\(field)'; it has "
        + fields.all.joined(separator: ", ") + " and tag.NAME",
      hint: NearestName.hint(for: field, among: fields.all))
  }
}

/// A row of whatever format, as a mapping sees it.
protocol MappedRow {
  /// The value of a column or at a path; nil when it is not there or null.
  func value(at place: String) -> JSON?
}

/// The fields that can be mapped to a shape.
struct FieldNames {
  /// The shapes that a recipe can ask for.
  static let mapped: [Content.Shape] = [
    .article, .note, .dialogue, .questionAnswer, .multipleChoice, .labelledText, .textPair,
    .pairedText, .instruction,
  ]

  /// What must be mapped: one of each choice.
  let required: [[String]]
  private let optional: [String]

  var all: [String] { required.flatMap(\.self) + optional + Self.shared }

  init(of shape: Content.Shape) {
    (required, optional) =
      switch shape {
      case .article:
        (
          [["abstract", "body"]],
          ["title", "journal", "year", "mesh", "keywords", "publication_types"]
        )
      case .note: ([["text"]], ["category", "admission", "time"])
      case .dialogue: ([["dialogue"]], ["note", "section"])
      case .questionAnswer:
        ([["question"], ["answer", "long_answer"]], ["context", "focus", "question_type"])
      case .multipleChoice: ([["question"], ["options"], ["answer"]], ["explanation", "subject"])
      case .labelledText: ([["text"]], ["labels"])
      case .textPair: ([["first"], ["second"], ["label"]], [])
      case .pairedText: ([["source_text"], ["target_text"]], ["target_language"])
      case .instruction:
        (
          [["messages", "conversations", "instruction", "prompt"]],
          ["input", "output", "answer", "system", "history"]
        )
      case .annotatedText: ([["text"]], [])
      case .retrieval: ([["query"], ["passage"]], ["title", "relevance"])
      case .timeline: ([["events"]], ["facts"])
      case .sequence: ([["residues"]], ["name", "label"])
      }
  }

  /// What every shape has.
  private static let shared = [
    "id", "group", "patient", "pmid", "document", "language", "license", "split",
  ]
}

// MARK: Values

extension JSON {
  /// The value as text: scalars as written, lists one element a line; nil for null and objects.
  var text: String? {
    switch self {
    case .null: nil
    case .bool(let flag): flag ? "true" : "false"
    case .number(let digits): digits
    case .string(let text): text.trimmed
    case .array(let elements):
      elements.compactMap(\.text).filter { !$0.isEmpty }.joined(separator: "\n")
    case .object: nil
    }
  }

  /// The value as a list: an array's elements, an object's values, or the one text.
  var texts: [String] {
    switch self {
    case .array(let elements): elements.flatMap(\.texts)
    case .object(let members): members.flatMap(\.value.texts)
    case .null: []
    default: text.map { [$0] } ?? []
    }
  }
}

extension String {
  /// The text without white space at its ends.
  var trimmed: String {
    guard let first = utf8.firstIndex(where: { !TidyText.isSpace($0) }),
      let last = utf8.lastIndex(where: { !TidyText.isSpace($0) })
    else { return "" }
    return first == utf8.startIndex && last == utf8.index(before: utf8.endIndex)
      ? self : String(self[first...last])
  }
}
