import Formats
import Records

/// The rows of a Parquet entry, whose columns are checked before any is read.
///
/// A Parquet file is held in memory whole, since its footer is at its end: 2 GiB at most.
struct ParquetTable {
  private let file: ParquetFile
  private let path: String

  init(_ entry: inout some EntryBytes) throws {
    path = entry.path
    file = try ParquetFile(entry.allBytes(maximumBytes: ParquetLimits.maximumFileBytes))
  }

  /// Whether a name belongs to a Parquet file that someone means to be read.
  static func isNamed(_ path: String) -> Bool {
    let name = EntryName(path)
    return ["parquet", "pq"].contains(name.kind) && !name.isLitter
  }

  /// Makes sure that the file has columns.
  ///
  /// - Parameter corpus: what else the file is not.
  func require(columns: [String], of corpus: String) throws {
    let known = file.columns
    guard let column = columns.first(where: { !known.contains($0) }) else { return }
    throw Diagnostic(
      at: Position(entry: path), "not \(corpus): the Parquet file has no column '\(column)'",
      hint: NearestName.hint(for: column, among: known))
  }

  /// The columns that some places lead into, the places being columns or paths from one.
  ///
  /// - Throws: `Diagnostic` for a place that leads into none.
  func columns(for places: [String]) throws -> Set<String> {
    let known = file.columns
    return Set(
      try places.map { place in
        if let column = ParquetPlace.column(of: place, among: known) { return column }
        throw Diagnostic(
          at: Position(entry: path), "the Parquet file has no column '\(place)'",
          hint: NearestName.hint(for: place, among: known)
            ?? "it has \(known.prefix(20).joined(separator: ", "))")
      })
  }

  func forEachRow(columns: Set<String>, _ body: (ParquetRow) throws -> Void) throws {
    try file.forEachRow(columns: columns, body)
  }
}

/// Where a value is in a row: a column's name, or one and the path inside its values.
enum ParquetPlace {
  /// The column that a place leads into: the whole place, for names with dots, or its first step.
  static func column(of place: String, among columns: [String]) -> String? {
    if columns.contains(place) { return place }
    let first = place.prefix { $0 != "." }
    return columns.first { $0 == first }
  }
}

extension ParquetRow: MappedRow {
  func value(at place: String) -> JSON? {
    guard let column = ParquetPlace.column(of: place, among: names), let value = self[column] else {
      return nil
    }
    guard column != place else { return value == .null ? nil : value }
    let path = JSONPath(String(place.dropFirst(column.count + 1)))
    let values = path.values(in: value).filter { $0 != .null }
    guard path.isPlural else { return values.first }
    return values.isEmpty ? nil : .array(values)
  }
}
