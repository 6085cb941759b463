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

  private static let batchRows = 1024
  private static let batchBytes = 1 << 20

  /// Whether the split has rows.
  func hasRows(_ split: Split) -> Bool { !files(of: split).isEmpty }

  /// Works on the batches of a split and hands the results on in order.
  ///
  /// - Throws: `PipelineError.unproven` when rows and provenance are not one for one.
  func forEach<Result: Sendable>(
    of split: Split, _ work: @escaping @Sendable (RowBatch) throws -> Result,
    _ body: (Result) throws -> Void
  ) async throws {
    var examples = LineStream(files(of: split).map { "\(root)/\($0)" })
    let provenancePath = "provenance/\(split.rawValue).jsonl"
    var provenance = LineStream(paths.contains(provenancePath) ? ["\(root)/\(provenancePath)"] : [])
    var running: [Task<Result, any Error>] = []
    var row = 0
    while true {
      try Task.checkCancellation()
      let rows = try examples.take(Self.batchRows, bytes: Self.batchBytes)
      let origins = try provenance.take(max(1, rows.lines))
      guard rows.lines == origins.lines else {
        throw PipelineError.unproven(
          "the rows of \(dialect) in \(split.rawValue) and of \(provenancePath) are not one for one"
        )
      }
      guard rows.lines > 0 else { break }
      let batch = RowBatch(
        firstRow: row, count: rows.lines, examples: rows.bytes, provenance: origins.bytes)
      row += rows.lines
      guard threads > 1 else {
        try body(try work(batch))
        continue
      }
      running.append(Task { try work(batch) })
      if running.count > threads { try body(try await running.removeFirst().value) }
    }
    for task in running { try body(try await task.value) }
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
