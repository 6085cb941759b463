import Formats
import Records

/// A table of a database of patients, and which of its cells are kept.
struct PatientTable: Sendable {
  /// What becomes of its rows.
  enum Use: Sendable, Equatable {
    /// They are looked up by the cells of `key`; the first cell of `columns` says what they mean.
    case lookup(key: [String])
    /// They belong to the patient that a column names.
    case patient(column: String)
    /// They are counted only.
    case counted
  }

  let name: String
  let use: Use
  /// The columns that are kept; those that the file lacks are empty.
  ///
  /// Names in lower case may stand in capitals in the file, and the other way round.
  let columns: [String]

  static func lookup(_ name: String, by key: [String], columns: [String]) -> PatientTable {
    PatientTable(name: name, use: .lookup(key: key), columns: columns)
  }

  static func counted(_ name: String) -> PatientTable {
    PatientTable(name: name, use: .counted, columns: [])
  }

  /// The columns without which a file is not the table.
  var requiredColumns: [String] {
    switch use {
    case .lookup: columns.prefix(1).map { $0 }
    case .patient(let column): [column]
    case .counted: []
    }
  }
}

/// The kept cells of a row; runs of white space in a cell are one space.
struct PatientRow: SpoolItem {
  /// The place of its table in the database's list.
  let table: Int
  /// The place of its entry in the collection's list.
  let entry: Int
  let byteOffset: Int
  /// The cells in the order of the table's columns.
  let cells: [String]

  init(table: Int, entry: Int, byteOffset: Int, cells: [String]) {
    self.table = table
    self.entry = entry
    self.byteOffset = byteOffset
    self.cells = cells
  }

  init(from reader: inout SpillReader) {
    table = reader.readInt()
    entry = reader.readInt()
    byteOffset = reader.readInt()
    cells = reader.readArray { $0.readString() }
  }

  func write(to writer: inout SpillWriter) {
    writer.write(table)
    writer.write(entry)
    writer.write(byteOffset)
    writer.write(cells) { $0.write($1) }
  }
}

/// A row with the names of its cells.
struct NamedCells {
  let table: PatientTable
  let cells: [String]

  /// The cell of the first of the columns that has one; empty when none has.
  subscript(_ names: String...) -> String {
    for name in names {
      if let place = table.columns.firstIndex(of: name), !cells[place].isEmpty {
        return cells[place]
      }
    }
    return ""
  }

  /// The day in a cell that holds midnight where the hour is not known.
  func date(_ name: String) -> String { String(self[name].prefix(10)) }

  /// The time in a cell, in ISO 8601.
  func time(_ names: String...) -> String {
    for name in names {
      let text = self[name]
      if !text.isEmpty { return EventTime.normalised(text) }
    }
    return ""
  }
}

/// The rows that tables hold for looking up, by the name of the table and the joined key.
struct LookupTables {
  private var tables: [String: [String: NamedCells]] = [:]

  mutating func add(_ row: NamedCells, key: [String], to table: String) {
    tables[table, default: [:]][Self.joined(key)] = row
  }

  func row(_ key: String..., of table: String) -> NamedCells? {
    tables[table]?[Self.joined(key)]
  }

  private static func joined(_ key: [String]) -> String { key.joined(separator: "\t") }
}

/// What a corpus of patients' tables knows of its tables.
protocol PatientDatabase: Sendable {
  /// Every table that is read; a file is one's by its name without extensions, in any case.
  var tables: [PatientTable] { get }

  /// The timeline of a patient from their row in `patients` and all others, in the order of entries
  /// and rows, and how many of these say nothing in it.
  func timeline(
    of patient: String, _ person: NamedCells, rows: [NamedCells], lookups: LookupTables
  ) -> (timeline: Timeline, unusedRows: Int)

  /// The columns of `patients` that identify a person, by kind.
  var identifiers: [KnownIdentifier.Kind: [String]] { get }
}

extension PatientDatabase {
  /// None: most databases were de-identified before.
  var identifiers: [KnownIdentifier.Kind: [String]] { [:] }

  /// The place in `tables` of the table in a file.
  func tableIndex(path: String) -> Int? {
    let name = EntryName(path)
    guard name.kind == "csv", !name.isLitter else { return nil }
    let stem = name.stem.lowercased()
    return tables.firstIndex { $0.name == stem }
  }
}

/// The tables of a source, read as one: rows of patients go to a spool, dictionaries to memory.
struct PatientTableCollection<Database: PatientDatabase>: EntryCollection {
  private let database: Database
  private let settings: ReaderSettings
  private var spool: PatientSpool<PatientRow>
  private var lookups = LookupTables()
  private var places: [CollectedPlace] = []
  private var outlet = ReadingOutlet()

  init(of database: Database, _ settings: ReaderSettings, scratchPath: String?) {
    self.database = database
    self.settings = settings
    spool = PatientSpool(folder: scratchPath)
  }

  mutating func take(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    guard let index = database.tableIndex(path: entry.path) else { return }
    places.append(CollectedPlace(archive: entry.archive, entry: entry.path))
    do {
      try EnoughReadings.ends { try read(&entry, as: index, into: sink) }
    } catch let error as any DiagnosticError where !(error is ScratchError) {
      throw LostEntryError(error.diagnostic)
    }
  }

  private mutating func read(
    _ entry: inout some EntryBytes, as index: Int, into sink: ReadingSink
  ) throws {
    let table = database.tables[index]
    var columns: TableColumns?
    var count = 0
    let required = table.requiredColumns.map { $0 == $0.lowercased() ? $0.uppercased() : $0 }
    let format = CSVFormat(maximumFieldBytes: 16 << 20)
    try TableRows(columns: required, format: format, takesLowercase: true).read(&entry) { row in
      switch row {
      case .success(let row):
        count += 1
        let found = columns ?? TableColumns(of: table, in: row)
        columns = found
        try take(row, found, of: table, index, into: sink)
      case .failure(let error):
        try outlet.reject(
          "", error.reason, value: error.value, at: error.position.byteOffset, to: sink)
      }
    }
    try outlet.count("rows", count, to: sink)
    try outlet.count("rows.\(table.name)", count, to: sink)
  }

  private mutating func take(
    _ row: CSVRow, _ columns: TableColumns, of table: PatientTable, _ index: Int,
    into sink: ReadingSink
  ) throws {
    switch table.use {
    case .counted: return
    case .lookup:
      let cells = NamedCells(table: table, cells: columns.cells(of: row))
      lookups.add(cells, key: columns.key(of: row), to: table.name)
    case .patient:
      let patient = columns.key(of: row)[0]
      guard !patient.isEmpty else {
        return try outlet.reject(
          "", .missingField, value: "\(table.name).patient", at: row.byteOffset, to: sink)
      }
      try spool.append(
        PatientRow(
          table: index, entry: places.count - 1, byteOffset: row.byteOffset,
          cells: columns.cells(of: row)),
        of: patient)
    }
  }

  mutating func finish(into sink: ReadingSink) throws {
    guard !outlet.isClosed else { return }
    var unusedRows = 0
    var spool = PatientSpool<PatientRow>(folder: nil)
    swap(&spool, &self.spool)
    try EnoughReadings.ends {
      try spool.drain { patient, rows in
        let named = rows.map { NamedCells(table: database.tables[$0.table], cells: $0.cells) }
        let own = named.firstIndex { $0.table.name == "patients" }
        let first = rows[own ?? 0]
        var place = places[first.entry]
        place.byteOffset = first.byteOffset
        guard let own else {
          return try outlet.reject(
            patient, .missingCounterpart, value: "no row in patients for \(rows.count) rows",
            from: place, to: sink)
        }
        let others = Array(named[..<own] + named[(own + 1)...])
        let made = database.timeline(
          of: patient, named[own], rows: others, lookups: lookups)
        unusedRows += made.unusedRows
        var record = settings.record(
          id: patient, groups: [GroupKey(.patient, patient)], content: .timeline(made.timeline))
        record.identifiers = KnownIdentifier.of(database.identifiers) { named[own][$0] }
        try outlet.pass(record, from: place, to: sink)
      }
      try outlet.count("rows_without_event", unusedRows, to: sink)
    }
  }
}

/// Where a table's columns are in one file, whichever case their names are in.
private struct TableColumns {
  private let columns: [String?]
  private let keys: [String?]

  init(of table: PatientTable, in row: CSVRow) {
    func spelling(_ name: String) -> String? {
      [name, name.uppercased(), name.lowercased()].first { row[$0] != nil }
    }
    columns = table.columns.map(spelling)
    keys =
      switch table.use {
      case .lookup(let key): key.map(spelling)
      case .patient(let column): [spelling(column)]
      case .counted: []
      }
  }

  func cells(of row: CSVRow) -> [String] { Self.texts(columns, of: row) }

  func key(of row: CSVRow) -> [String] { Self.texts(keys, of: row) }

  private static func texts(_ names: [String?], of row: CSVRow) -> [String] {
    names.map { name in name.flatMap { row[$0] }.map(TidyText.line) ?? "" }
  }
}
