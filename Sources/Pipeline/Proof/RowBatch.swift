import Emitters
import Formats
import Records

/// A run of a split's rows with their provenance, as bytes: what one task compares.
struct RowBatch: Sendable {
  /// The number of the first row, from 0.
  var firstRow: Int
  var count: Int
  fileprivate var examples: [UInt8]
  fileprivate var provenance: [UInt8]

  /// Calls `body` with every row.
  func forEachRow(
    _ reader: inout PublishedRowReader, _ body: (PublishedRow) throws -> Void
  ) throws {
    let rows = try Self.documents(in: examples)
    let origins = try Self.documents(in: provenance)
    for (row, origin) in zip(rows, origins) {
      try body(reader.row(row.root, provenance: origin.root))
    }
  }

  private static func documents(in bytes: [UInt8]) throws -> [JSONDocument] {
    var documents: [JSONDocument] = []
    var lines = JSONLines(maximumLineBytes: .max)
    try bytes.withUnsafeBytes { bytes in
      try lines.feed(bytes) { documents.append(try JSONDocument(parsing: $0)) }
    }
    try lines.finish { documents.append(try JSONDocument(parsing: $0)) }
    return documents
  }
}

/// A split's rows in batches, several in work at once, whose results come in order.
struct RowBatches {
  let root: String
  /// The paths of all files of the dataset.
  let paths: [String]
  let dialect: String
  let threads: Int

  /// Whether the split has rows.
  func hasRows(_ split: Split) -> Bool { !files(of: split).isEmpty }

  /// Works on the batches of a split and hands the results on in order.
  ///
  /// - Throws: `PipelineError.torn` when rows and provenance are not one for one.
  func forEach<Result: Sendable>(
    of split: Split, _ work: @escaping @Sendable (RowBatch) throws -> Result,
    _ body: (Result) throws -> Void
  ) async throws {
    let provenance = "provenance/\(split.rawValue).jsonl"
    let lines = LineBatches(
      columns: [
        Self.column(of: split, in: dialect, paths: paths, root: root),
        .init(
          name: provenance, paths: paths.contains(provenance) ? ["\(root)/\(provenance)"] : []),
      ], threads: threads)
    try await lines.forEach(
      { batch in
        try work(
          RowBatch(
            firstRow: batch.firstLine, count: batch.count, examples: batch.columns[0],
            provenance: batch.columns[1]))
      }, body)
  }

  /// The files of a split in the order of their shards.
  private func files(of split: Split) -> [String] {
    Self.files(of: split, in: dialect, among: paths)
  }

  private static func files(
    of split: Split, in folder: String, among paths: [String]
  ) -> [String] {
    paths.filter { isFile($0, of: split, in: folder) }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// A split's rows in a folder, in the order of their provenance.
  ///
  /// - Parameter paths: all files of the dataset.
  static func column(
    of split: Split, in folder: String, paths: [String], root: String
  ) -> LineBatches.Column {
    let files = files(of: split, in: folder, among: paths)
    let provenance = "provenance/\(split.rawValue).jsonl"
    var column = LineBatches.Column(
      name: "\(folder) in \(split.rawValue)", paths: files.map { "\(root)/\($0)" })
    let parts = RowParts(files, stem: stem(of: split, in: folder))
    if parts.isParted, paths.contains(provenance) {
      column.parts = (parts, ["\(root)/\(provenance)"], root)
    }
    return column
  }

  /// Whether a file holds rows of a split: `FOLDER/SPLIT.jsonl`, or a part or shard of it.
  static func isFile(_ path: String, of split: Split, in folder: String) -> Bool {
    RowPart.name(inFile: path, stem: stem(of: split, in: folder)) != nil
  }

  /// How the paths of a split's files begin.
  static func stem(of split: Split, in folder: String) -> String {
    "\(folder)/\(DialectRegistry.stem(of: split, in: folder))"
  }
}
