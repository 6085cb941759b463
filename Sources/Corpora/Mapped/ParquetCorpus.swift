import Formats
import Records

/// Any Parquet file, its columns mapped to a shape by the recipe.
///
///     corpus: parquet
///     shape: multiple-choice
///     fields: {id: id, question: question, options: "opa,opb,opc,opd", answer: cop}
///     options: {answer_base: "0"}
///
/// Places are columns, or paths into lists and structs (`context.contexts`, `choices.*.text`). Only the
/// columns that are mapped are decoded. A mapped column that the file does not have is an error; a row
/// with a text that is no UTF-8 is rejected as `invalid-encoding`. `ParquetFile` says what can be
/// read.
struct ParquetCorpus: IdentifyingReader {
  static let facts = CorpusFacts(
    name: "parquet", title: "Any Parquet file, by 'fields'", shape: .questionAnswer, license: nil,
    language: nil, forms: ".parquet", tasks: ["question-answering"],
    reference: "https://parquet.apache.org/docs/file-format/", options: MappedRecords.options)

  private let records: MappedRecords

  var unmetIdentifiers: [String] { records.mapping.unmetIdentifiers }

  init(options: ReaderOptions) throws {
    records = try MappedRecords(Self.facts, options)
  }

  func accepts(path: String) -> Bool { ParquetTable.isNamed(path) }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    var outlet = ReadingOutlet()
    let path = entry.path
    let table = try ParquetTable(&entry)
    let columns = try table.columns(for: records.mapping.columns)
    try EnoughReadings.ends {
      try table.forEachRow(columns: columns) { row in
        let unnamed = "\(path)#\(row.number)"
        if let column = row.invalidText {
          return try outlet.reject(unnamed, .invalidEncoding, value: column, to: sink)
        }
        try records.read(row, unnamed: unnamed, at: nil, &outlet, into: sink)
      }
    }
  }
}
