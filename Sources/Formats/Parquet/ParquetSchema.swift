/// The columns of a Parquet file as a tree of lists, maps and structs, with the levels at which each
/// is there.
struct ParquetSchema {
  let fields: [ParquetField]
  /// The columns that hold values, in the order of every row group's chunks.
  let leaves: [ParquetLeaf]

  init(_ elements: [ParquetMetadata.SchemaElement], limits: ParquetLimits) throws(ParquetFault) {
    var builder = ParquetSchemaBuilder(elements: elements, limits: limits)
    fields = try builder.rootFields()
    leaves = builder.leaves
  }
}

/// A column, or a part of one.
final class ParquetField {
  /// What is inside a field.
  enum Shape {
    case leaf
    case group([ParquetField])
    case list(of: ParquetField, ParquetRepetition)
    case map(key: ParquetField, value: ParquetField?, ParquetRepetition)
  }

  let name: String
  /// The definition level from which on it is there and not null.
  let presence: Int
  /// The numbers of the leaves below it.
  let leaves: Range<Int>
  let shape: Shape

  init(name: String, presence: Int, leaves: Range<Int>, shape: Shape) {
    self.name = name
    self.presence = presence
    self.leaves = leaves
    self.shape = shape
  }
}

/// The levels of a list: there is an element from `definition` on, and `level` repeats it.
struct ParquetRepetition {
  var definition: Int
  var level: Int
}

/// A column that holds values.
struct ParquetLeaf {
  /// The path for messages, escaped.
  var path: String
  var type: ParquetPhysicalType
  var meaning: ParquetMeaning
  var maximumDefinition: Int
  var maximumRepetition: Int
}

/// Makes the tree of the flattened one, by the rules for lists and maps of old and new writers.
///
/// Format: github.com/apache/parquet-format, LogicalTypes.md, "Nested Types".
private struct ParquetSchemaBuilder {
  typealias Element = ParquetMetadata.SchemaElement

  let elements: [Element]
  let limits: ParquetLimits
  var leaves: [ParquetLeaf] = []
  private var next = 0
  private var path: [String] = []

  init(elements: [Element], limits: ParquetLimits) {
    self.elements = elements
    self.limits = limits
  }

  mutating func rootFields() throws(ParquetFault) -> [ParquetField] {
    let root = try take()
    guard root.type == nil, root.childCount > 0 else {
      throw .malformed("the root of the schema has no columns")
    }
    var fields: [ParquetField] = []
    for _ in 0..<root.childCount { fields.append(try field(definition: 0, repetition: 0)) }
    guard next == elements.count else {
      throw .malformed("the schema has elements that belong to no column")
    }
    return fields
  }

  /// The next element with all below it; the levels are those of what is around it.
  private mutating func field(
    definition: Int, repetition: Int
  ) throws(ParquetFault) -> ParquetField {
    let element = try take()
    guard element.repetition == 2 else {
      let presence = definition + (element.repetition == 1 ? 1 : 0)
      return try content(of: element, definition: presence, repetition)
    }
    // Repeated without a list around it: a list that is never null, of elements that are not either.
    let levels = ParquetRepetition(definition: definition + 1, level: repetition + 1)
    let item = try content(of: element, definition: levels.definition, levels.level)
    return ParquetField(
      name: element.name, presence: definition, leaves: item.leaves,
      shape: .list(of: item, levels))
  }

  /// What is inside an element, whose own repetition is settled.
  private mutating func content(
    of element: Element, definition: Int, _ repetition: Int
  ) throws(ParquetFault) -> ParquetField {
    path.append(element.name)
    defer { path.removeLast() }
    guard path.count <= limits.maximumDepth else {
      throw .overLimit("depth of a column", found: path.count, maximum: limits.maximumDepth)
    }
    let first = leaves.count
    let shape = try shape(of: element, definition: definition, repetition)
    return ParquetField(
      name: element.name, presence: definition, leaves: first..<leaves.count, shape: shape)
  }

  private mutating func shape(
    of element: Element, definition: Int, _ repetition: Int
  ) throws(ParquetFault) -> ParquetField.Shape {
    if element.type != nil {
      leaves.append(try leaf(element, definition: definition, repetition))
      return .leaf
    }
    guard element.childCount > 0 else {
      throw .malformed("group '\(printablePath)' of the schema has no columns")
    }
    let levels = ParquetRepetition(definition: definition + 1, level: repetition + 1)
    if element.isList, element.childCount == 1, peek()?.repetition == 2 {
      return .list(of: try item(ofList: element.name, levels), levels)
    }
    if element.isMap, element.childCount == 1, let entry = peek(), entry.repetition == 2,
      entry.type == nil, (1...2).contains(entry.childCount)
    {
      _ = try take()
      let key = try field(definition: levels.definition, repetition: levels.level)
      guard entry.childCount == 2 else { return .map(key: key, value: nil, levels) }
      let value = try field(definition: levels.definition, repetition: levels.level)
      return .map(key: key, value: value, levels)
    }
    var fields: [ParquetField] = []
    for _ in 0..<element.childCount {
      fields.append(try field(definition: definition, repetition: repetition))
    }
    return .group(fields)
  }

  /// The element of a list: the one field of the repeated group, or the repeated thing itself as
  /// writers of old had it.
  private mutating func item(
    ofList name: String, _ levels: ParquetRepetition
  ) throws(ParquetFault) -> ParquetField {
    let repeated = try take()
    let isWrapper =
      repeated.type == nil && repeated.childCount == 1 && repeated.name != "array"
      && repeated.name != name + "_tuple" && peek()?.repetition != 2
    return isWrapper
      ? try field(definition: levels.definition, repetition: levels.level)
      : try content(of: repeated, definition: levels.definition, levels.level)
  }

  private func leaf(
    _ element: Element, definition: Int, _ repetition: Int
  ) throws(ParquetFault) -> ParquetLeaf {
    let type = try ParquetPhysicalType(element, path: printablePath)
    return ParquetLeaf(
      path: printablePath, type: type, meaning: ParquetMeaning(of: element, type),
      maximumDefinition: definition, maximumRepetition: repetition)
  }

  private mutating func take() throws(ParquetFault) -> Element {
    guard let element = peek() else {
      throw .malformed("the schema has fewer elements than its groups say")
    }
    next += 1
    return element
  }

  private func peek() -> Element? { next < elements.count ? elements[next] : nil }

  private var printablePath: String {
    path.map { $0.unicodeScalars.map { $0.escaped(asASCII: false) }.joined() }
      .joined(separator: ".")
  }
}

extension ParquetMetadata.SchemaElement {
  fileprivate var isList: Bool { logicalType?.kind == 3 || convertedType == 3 }

  /// `MAP_KEY_VALUE` is what writers of old put on the outer group too.
  fileprivate var isMap: Bool {
    logicalType?.kind == 2 || convertedType == 1 || convertedType == 2
  }
}
