/// A row of a Parquet file: a value for each column that was asked for.
package struct ParquetRow: Sendable {
  /// The names of the columns, in the order of `values`.
  package let names: [String]
  package let values: [JSON]
  /// The 0-based number of the row in the file.
  package let number: Int
  /// The column, escaped for printing, in which a text is no UTF-8; null stands in its place.
  package let invalidText: String?

  /// The value of a column; nil when there is no such column.
  package subscript(name: String) -> JSON? {
    names.firstIndex(of: name).map { values[$0] }
  }

  /// The row as an object.
  package var object: JSON {
    .object(zip(names, values).map { JSON.Member($0, $1) })
  }
}

/// Puts the rows of one row group together from its columns, by their levels.
struct ParquetRows {
  /// A column at the root: most are plain values, which need no look at levels.
  private enum Root {
    case plain(ParquetColumn)
    case nested(ParquetField)
  }

  private let roots: [Root]
  private let names: [String]
  /// The columns by the number of their leaf; nil for those that were not asked for.
  private let columns: [ParquetColumn?]
  private let wanted: [ParquetColumn]
  /// Those of `wanted` that repeat.
  private let repeated: [ParquetColumn]
  private let maximumElements: Int
  private var elementsLeft = 0

  init(_ fields: [ParquetField], _ columns: [ParquetColumn?], limits: ParquetLimits) {
    roots = fields.map { field in
      guard case .leaf = field.shape, let column = columns[field.leaves.lowerBound] else {
        return .nested(field)
      }
      return .plain(column)
    }
    self.columns = columns
    names = fields.map(\.name)
    wanted = columns.compactMap(\.self)
    repeated = wanted.filter { $0.leaf.maximumRepetition > 0 }
    maximumElements = limits.maximumRowElements
  }

  /// The next row.
  mutating func row(number: Int) throws(ParquetError) -> ParquetRow {
    for column in repeated where try column.repetition() != 0 {
      throw column.error(.malformed("the column does not begin a row where others do"))
    }
    elementsLeft = maximumElements
    var values: [JSON] = []
    values.reserveCapacity(roots.count)
    for root in roots {
      switch root {
      case .plain(let column): values.append(try column.take())
      case .nested(let field): values.append(try value(of: field, from: 0))
      }
    }
    return ParquetRow(names: names, values: values, number: number, invalidText: invalidText())
  }

  /// Makes sure that no column has more than the rows that were read.
  func finish() throws(ParquetError) {
    for column in wanted where try column.repetition() != nil {
      throw column.error(.malformed("the column has more values than the row group has rows"))
    }
  }

  private func invalidText() -> String? {
    var path: String?
    for column in wanted where column.hadInvalidText {
      column.hadInvalidText = false
      path = path ?? column.leaf.path
    }
    return path
  }

  /// The next value of a field.
  ///
  /// - Parameter least: the definition level of what is around it, which is there.
  private mutating func value(
    of field: ParquetField, from least: Int
  ) throws(ParquetError) -> JSON {
    let first = try column(field.leaves.lowerBound)
    let definition = try first.definition()
    guard definition >= least else { throw disagreement(first) }
    if case .leaf = field.shape { return try first.take() }
    guard definition >= field.presence else {
      try skip(field, from: least, below: field.presence)
      return .null
    }
    switch field.shape {
    case .leaf: return .null
    case .group(let fields):
      var members: [JSON.Member] = []
      members.reserveCapacity(fields.count)
      for part in fields {
        members.append(JSON.Member(part.name, try value(of: part, from: field.presence)))
      }
      return .object(members)
    case .list(let element, let levels):
      var elements: [JSON] = []
      try repeating(field, levels) { rows throws(ParquetError) in
        elements.append(try rows.value(of: element, from: levels.definition))
      }
      return .array(elements)
    case .map(let key, let value, let levels):
      var members: [JSON.Member] = []
      try repeating(field, levels) { rows throws(ParquetError) in
        let key = try rows.value(of: key, from: levels.definition)
        let value = try value.map { field throws(ParquetError) in
          try rows.value(of: field, from: levels.definition)
        }
        members.append(JSON.Member(key.scalarText ?? "", value ?? .null))
      }
      return .object(members)
    }
  }

  /// Calls `body` for each element of a list or map, which must take the element's values.
  private mutating func repeating(
    _ field: ParquetField, _ levels: ParquetRepetition,
    _ body: (inout ParquetRows) throws(ParquetError) -> Void
  ) throws(ParquetError) {
    let first = try column(field.leaves.lowerBound)
    guard try first.definition() >= levels.definition else {
      return try skip(field, from: field.presence, below: levels.definition)
    }
    while true {
      elementsLeft -= 1
      guard elementsLeft >= 0 else {
        throw first.error(
          .overLimit("elements of a row", found: maximumElements + 1, maximum: maximumElements))
      }
      try body(&self)
      let next = try first.repetition() ?? 0
      for index in field.leaves.dropFirst() {
        let column = try column(index)
        guard try column.repetition() ?? 0 == next else { throw disagreement(column) }
      }
      if next < levels.level { return }
      guard next == levels.level else { throw disagreement(first) }
    }
  }

  /// Takes what stands in each column for a field that is null or a list that is empty.
  private func skip(
    _ field: ParquetField, from least: Int, below limit: Int
  ) throws(ParquetError) {
    for index in field.leaves {
      let column = try column(index)
      guard (least..<limit).contains(try column.definition()) else { throw disagreement(column) }
      _ = try column.take()
    }
  }

  private func column(_ leaf: Int) throws(ParquetError) -> ParquetColumn {
    guard let column = columns[leaf] else { preconditionFailure("a wanted field has its columns") }
    return column
  }

  private func disagreement(_ column: ParquetColumn) -> ParquetError {
    column.error(.malformed("the column is nested otherwise than others of its group"))
  }
}
