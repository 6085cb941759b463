/// A column of a Parquet file to be written, or a part of one.
///
/// Every field may be null, and lists are of three levels, `list` and `element` by name, as Arrow
/// writes them.
package struct ParquetWriterField: Sendable, Equatable {
  package var name: String
  package var kind: Kind

  /// What a field holds.
  package indirect enum Kind: Sendable, Equatable {
    case text
    /// A whole number of 64 bits.
    case integer
    case flag
    case list(Kind)
    case structure([ParquetWriterField])
  }

  package init(_ name: String, _ kind: Kind) {
    self.name = name
    self.kind = kind
  }
}

/// A field with the levels that its values are written with.
///
/// Format: github.com/apache/parquet-format, version 2.11, README.md, "Nested Encoding".
final class ParquetWriterNode {
  enum Content {
    case leaf(ParquetColumnWriter)
    case list(of: ParquetWriterNode, level: UInt8)
    case structure([ParquetWriterNode])
  }

  let name: String
  /// The definition level of a null in the field's place.
  let definition: UInt8
  let content: Content
  /// Every column that holds values of the field.
  let columns: [ParquetColumnWriter]

  init(
    _ field: ParquetWriterField, path: [String] = [], definition: UInt8 = 0, repetition: UInt8 = 0
  ) {
    name = field.name
    self.definition = definition
    let path = path + [field.name]
    switch field.kind {
    case .text, .integer, .flag:
      let column = ParquetColumnWriter(
        field.kind, path: path, maximumDefinition: definition + 1, maximumRepetition: repetition)
      content = .leaf(column)
      columns = [column]
    case .list(let kind):
      let element = ParquetWriterNode(
        ParquetWriterField("element", kind), path: path + ["list"], definition: definition + 2,
        repetition: repetition + 1)
      content = .list(of: element, level: repetition + 1)
      columns = element.columns
    case .structure(let members):
      let nodes = members.map {
        ParquetWriterNode(
          $0, path: path, definition: definition + 1, repetition: repetition)
      }
      content = .structure(nodes)
      columns = nodes.flatMap(\.columns)
    }
  }

  /// Puts a value, or the null of a member that is not there, into the field's columns.
  ///
  /// - Parameter repetition: the level at which the value repeats what is before it.
  func append(_ value: JSONNode?, repetition: UInt8) {
    guard let value, !value.isNull else { return appendNulls(repetition, definition) }
    switch content {
    case .leaf(let column): column.append(value, repetition: repetition)
    case .list(let element, let level):
      precondition(value.kind == .array, "a value of column '\(name)' is no list")
      guard value.count > 0 else { return appendNulls(repetition, definition + 1) }
      var repetition = repetition
      for item in value.elements {
        element.append(item, repetition: repetition)
        repetition = level
      }
    case .structure(let nodes):
      precondition(value.kind == .object, "a value of column '\(name)' is no object")
      Self.append(value, to: nodes, repetition: repetition)
    }
  }

  /// Puts the members of an object into the fields of their names.
  ///
  /// - Precondition: each member has a field.
  static func append(_ object: JSONNode, to nodes: [ParquetWriterNode], repetition: UInt8) {
    var members = object.members.makeIterator()
    var member = members.next()
    var taken = 0
    for node in nodes {
      // Rows have their members in the order of the columns.
      if let current = member, current.key.isText(node.name) {
        node.append(current.value, repetition: repetition)
        member = members.next()
        taken += 1
      } else {
        let value = object[node.name]
        node.append(value, repetition: repetition)
        taken += value == nil ? 0 : 1
      }
    }
    precondition(taken == object.count, "a member of a row has no column")
  }

  private func appendNulls(_ repetition: UInt8, _ definition: UInt8) {
    for column in columns { column.appendNull(repetition: repetition, definition: definition) }
  }
}
