import Formats
import Records

/// Reads the rows of a table whose columns a reader asks for by name.
struct TableRows {
  /// The columns that must be in the header, in any order.
  let columns: [String]
  var format = CSVFormat()
  /// What the text is encoded in; UTF-8 is checked by the parser itself.
  var encoding = TextEncoding.utf8
  /// Whether the columns may also be spelt in lower case, all of them.
  var takesLowercase = false

  /// Calls `body` with each row, or why it cannot be used.
  ///
  /// - Throws: `Diagnostic` when a column is missing, `CSVError` or `TextError` when the table cannot
  ///   be read further, or what `body` throws.
  func read(
    _ entry: inout some EntryBytes, _ body: (Result<CSVRow, CSVError>) throws -> Void
  ) throws {
    var parser = CSVParser(format)
    var hasColumns: Bool?
    let transcoder = encoding == .utf8 ? nil : try TranscodingStream(from: encoding)
    let path = entry.path
    try entry.forEachChunk { chunk in
      guard let transcoder else { return try feed(chunk, to: &parser, &hasColumns, path, body) }
      var text: [UInt8] = []
      try transcoder.convert(chunk, into: &text)
      try text.withUnsafeBytes { try feed($0, to: &parser, &hasColumns, path, body) }
    }
    if let transcoder {
      var text: [UInt8] = []
      try transcoder.finish(into: &text)
      try text.withUnsafeBytes { try feed($0, to: &parser, &hasColumns, path, body) }
    }
    try parser.finish { try hand($0, &hasColumns, body) }
    try requireColumns(in: parser, path)
  }

  private func feed(
    _ chunk: UnsafeRawBufferPointer, to parser: inout CSVParser, _ hasColumns: inout Bool?,
    _ path: String, _ body: (Result<CSVRow, CSVError>) throws -> Void
  ) throws {
    try parser.feed(chunk) { try hand($0, &hasColumns, body) }
    if hasColumns == false { try requireColumns(in: parser, path) }
  }

  private func hand(
    _ row: Result<CSVRow, CSVError>, _ hasColumns: inout Bool?,
    _ body: (Result<CSVRow, CSVError>) throws -> Void
  ) throws -> Bool {
    if case .success(let row) = row, format.hasHeader, hasColumns == nil {
      hasColumns = columns.allSatisfy { row[$0] != nil || isLowercase($0, in: row) }
    }
    guard hasColumns != false else { return false }
    try body(row)
    return true
  }

  private func isLowercase(_ column: String, in row: CSVRow) -> Bool {
    takesLowercase && row[column.lowercased()] != nil
  }

  private func requireColumns(in parser: CSVParser, _ path: String) throws {
    let names = parser.header.names
    let isMissing = { (name: String) in
      !names.contains(name) && !(takesLowercase && names.contains(name.lowercased()))
    }
    guard format.hasHeader, let missing = columns.first(where: isMissing) else { return }
    throw Diagnostic.missingColumn(missing, in: names, at: Position(entry: path, line: 1))
  }
}

extension Diagnostic {
  /// A column that a table must have and its header does not name.
  static func missingColumn(
    _ missing: String, in names: [String], at position: Position
  ) -> Diagnostic {
    Diagnostic(
      at: position,
      names.isEmpty
        ? "the table is empty; it must have a header with column '\(missing)'"
        : "the header has no column '\(missing)'",
      hint: NearestName.hint(for: missing, among: names))
  }
}

extension CSVError {
  /// The reason that a row is rejected for.
  var reason: Rejection.Reason {
    if case .invalidUTF8 = kind { return .invalidEncoding }
    return .malformed
  }

  /// What is wrong with the row, in numbers.
  var value: String {
    let place = position.line.map { "line \($0)" } ?? "line 1"
    return switch kind {
    case .unequalFieldCount(let expected, let found): "\(place): \(found) fields of \(expected)"
    default: place
    }
  }
}
