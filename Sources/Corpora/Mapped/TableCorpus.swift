import Formats
import Records

/// Any CSV, TSV or XLSX table, its columns mapped to a shape by the recipe.
///
///     corpus: table
///     shape: multiple-choice
///     fields: {id: id, question: question, options: "opa,opb,opc,opd", answer: cop}
///     options: {answer_base: 1}
///
/// A row with more or fewer cells than the header is rejected as `malformed`.
struct TableCorpus: IdentifyingReader {
  static let facts = CorpusFacts(
    name: "table", title: "Any CSV, TSV or XLSX table, by 'fields'", shape: .questionAnswer,
    license: nil, language: nil, forms: ".csv, .tsv, .csv.gz, .xlsx",
    tasks: ["question-answering"], reference: "RFC 4180",
    options: [
      ReaderOption(
        "delimiter", "auto",
        "`comma`, `tab`, `semicolon`, `pipe`, or the one that the first row has most of"),
      ReaderOption("header", "true", "without one, columns are named 1, 2, 3 …"),
      ReaderOption("quotes", "true", "false for tables in which `\"` is a plain character"),
      .encoding("utf-8"),
      ReaderOption("sheet", "the first", "the sheet of a workbook that is read"),
    ] + MappedRecords.options)

  /// The names of the delimiters.
  private enum Delimiter: String, CaseIterable {
    case auto
    case comma
    case tab
    case semicolon
    case pipe

    var format: CSVDelimiter {
      switch self {
      case .auto: .sniffed
      case .comma: .comma
      case .tab: .tab
      case .semicolon: .byte(UInt8(ascii: ";"))
      case .pipe: .byte(UInt8(ascii: "|"))
      }
    }
  }

  private let records: MappedRecords
  private let rows: TableRows
  private let sheet: String?

  var unmetIdentifiers: [String] { records.mapping.unmetIdentifiers }

  init(options: ReaderOptions) throws {
    records = try MappedRecords(Self.facts, options)
    let settings = records.settings
    let delimiter = try settings.choice("delimiter", default: Delimiter.auto)
    let format = CSVFormat(
      delimiter: delimiter.format, hasHeader: try settings.flag("header", default: true),
      hasQuotes: try settings.flag("quotes", default: true), maximumFieldBytes: 16 << 20)
    let columns = records.mapping.columns
    if !format.hasHeader, let name = columns.first(where: { (Int($0) ?? 0) < 1 }) {
      throw Diagnostic(
        "column '\(name)' is no number; without a header, columns are named 1, 2, 3 …")
    }
    rows = TableRows(columns: columns, format: format, encoding: try settings.encoding() ?? .utf8)
    sheet = settings.text("sheet")
  }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return ["csv", "tsv", "txt", "tab", "xlsx"].contains(name.kind) && !name.isLitter
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    var outlet = ReadingOutlet()
    let path = entry.path
    guard EntryName(path).kind != "xlsx" else {
      return try EnoughReadings.ends { try readSheet(of: &entry, &outlet, into: sink) }
    }
    try EnoughReadings.ends {
      try rows.read(&entry) { row in
        let unnamed = "\(path)#\(outlet.ordinal)"
        switch row {
        case .success(let row):
          let cells = TableCells(row: row, hasHeader: rows.format.hasHeader)
          try records.read(cells, unnamed: unnamed, at: row.byteOffset, &outlet, into: sink)
        case .failure(let error):
          try outlet.reject(
            unnamed, error.reason, value: error.value, at: error.position.byteOffset, to: sink)
        }
      }
    }
  }

  private func readSheet(
    of entry: inout some EntryBytes, _ outlet: inout ReadingOutlet, into sink: ReadingSink
  ) throws {
    let path = entry.path
    let cells = SheetRows(
      columns: rows.columns, sheet: sheet, hasHeader: rows.format.hasHeader)
    try cells.read(&entry) { row in
      try records.read(row, unnamed: "\(path)#\(outlet.ordinal)", at: nil, &outlet, into: sink)
    }
  }
}

/// A table's row by column name, or by number when there is no header.
private struct TableCells: MappedRow {
  let row: CSVRow
  let hasHeader: Bool

  func value(at place: String) -> JSON? {
    guard !hasHeader else { return row[place].map(JSON.string) }
    guard let number = Int(place), (1...max(1, row.count)).contains(number) else { return nil }
    return .string(row[number - 1])
  }
}
