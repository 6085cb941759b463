import Formats
import Records

/// Reads the rows of a workbook's sheet whose columns a reader asks for by name.
struct SheetRows {
  /// The columns that must be in the header, in any order.
  let columns: [String]
  /// The sheet's name; the first sheet when it is nil.
  var sheet: String?
  /// Whether the first row with content names the columns; else they are 1, 2, 3 ….
  var hasHeader = true

  /// Calls `body` with each row that has content.
  ///
  /// - Throws: a `DiagnosticError` when the workbook cannot be read or a column is missing, or what
  ///   `body` throws.
  func read(_ entry: inout some EntryBytes, _ body: (SheetRow) throws -> Void) throws {
    let path = entry.path
    let workbook = try XLSXWorkbook(try entry.allBytes())
    var header: [String: Int]?
    try workbook.readRows(ofSheet: sheet) { row in
      guard row.cells.contains(where: { !TidyText.isBlank($0) }) else { return true }
      guard hasHeader, header == nil else {
        try body(SheetRow(row: row, places: header))
        return true
      }
      header = try places(of: row.cells, line: row.number, path)
      return true
    }
    guard hasHeader, header == nil, let first = columns.first else { return }
    throw Diagnostic.missingColumn(first, in: [], at: Position(entry: path))
  }

  private func places(of names: [String], line: Int, _ path: String) throws -> [String: Int] {
    let names = names.map { TidyText.line($0) }
    var places: [String: Int] = [:]
    for (place, name) in names.enumerated() where !name.isEmpty {
      guard places.updateValue(place, forKey: name) == nil else {
        throw Diagnostic(
          at: Position(entry: path, line: line), "the header names column '\(name)' twice")
      }
    }
    guard let missing = columns.first(where: { places[$0] == nil }) else { return places }
    throw Diagnostic.missingColumn(missing, in: names, at: Position(entry: path, line: line))
  }
}

/// A row of a sheet by column name, or by number when there is no header.
struct SheetRow: MappedRow {
  private let row: XLSXRow
  private let places: [String: Int]?

  init(row: XLSXRow, places: [String: Int]?) {
    self.row = row
    self.places = places
  }

  /// The row's 1-based number in the sheet.
  var number: Int { row.number }

  /// The text of a cell; empty when the row is shorter, nil when there is no such column.
  subscript(column: String) -> String? {
    guard let place = places.map({ $0[column] }) ?? Int(column).map({ $0 - 1 }), place >= 0 else {
      return nil
    }
    return row.cells.indices.contains(place) ? row.cells[place] : ""
  }

  func value(at place: String) -> JSON? { self[place].map(JSON.string) }
}
