import Records

/// A row: a light view into the parser's buffers, valid until the row's callback returns.
package struct CSVRow {
  let header: CSVHeader
  let text: UnsafeRawBufferPointer
  let places: UnsafeBufferPointer<CSVField>

  /// The row's 1-based number among the data rows, blank lines not counted.
  package let number: Int
  /// The 1-based line that the row starts on.
  package let line: Int
  /// The offset of the row's first byte in the input.
  package let byteOffset: Int

  package var count: Int { places.count }

  /// The names of the columns; none without a header.
  package var names: [String] { header.names }

  package var position: Position {
    Position(record: number, line: line, byteOffset: byteOffset)
  }

  /// The field at a 0-based index, unquoted.
  package subscript(index: Int) -> String { String(decoding: bytes(index), as: UTF8.self) }

  /// The field of a named column, or nil when the header has no such column.
  package subscript(name: String) -> String? {
    header.index(of: name).map { self[$0] }
  }

  /// The bytes of the field at an index, UTF-8, unquoted.
  package func bytes(_ index: Int) -> UnsafeRawBufferPointer {
    let start = index == 0 ? 0 : places[index - 1].end
    return UnsafeRawBufferPointer(rebasing: text[start..<places[index].end])
  }

  /// All fields.
  package var fields: [String] { (0..<count).map { self[$0] } }
}

/// Where a field of the row at hand stands.
struct CSVField: BitwiseCopyable {
  /// Its end in the row's text; it starts at the end of the one before.
  var end: Int
  /// The offset of its first byte, or of its opening quote, in the input.
  var byteOffset: Int
  var isQuoted: Bool
}

/// The names of a table's columns.
package struct CSVHeader: Sendable, Equatable {
  package let names: [String]
  private let indices: [String: Int]

  static let none = CSVHeader(names: [])

  init(names: [String]) {
    self.names = names
    indices = Dictionary(
      names.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
  }

  /// The column of a name, spelt as in the header.
  package func index(of name: String) -> Int? { indices[name] }

  /// The first name that stands twice; unnamed columns may.
  var duplicate: String? {
    var seen: Set<String> = []
    return names.first { !$0.isEmpty && !seen.insert($0).inserted }
  }
}
