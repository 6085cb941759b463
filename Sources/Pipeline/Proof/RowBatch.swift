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
        .init(
          name: "\(dialect) in \(split.rawValue)", paths: files(of: split).map { "\(root)/\($0)" }),
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
    paths.filter { Self.isFile($0, of: split, in: dialect) }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Whether a file holds rows of a split: `FOLDER/SPLIT.jsonl`, or a shard of it.
  static func isFile(_ path: String, of split: Split, in folder: String) -> Bool {
    let stem = "\(folder)/\(DialectRegistry.stem(of: split, in: folder))"
    return path.hasPrefix("\(stem).jsonl") || path.hasPrefix("\(stem)-")
  }
}
