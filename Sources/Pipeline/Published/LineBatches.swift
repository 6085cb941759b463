/// The lines of files side by side, in batches, several in work at once, whose results come in order.
///
/// Each column is a run of files whose lines belong to those of the other columns one for one, as rows
/// of dialects and their provenance do.
struct LineBatches: Sendable {
  /// A run of files, with what messages call its rows.
  struct Column: Sendable {
    var name: String
    var paths: [String]
    /// The parts that rows are kept apart in, with the files of their provenance; nil for rows that
    /// are in their order already.
    var parts: (files: RowParts, provenance: [String], root: String)?

    /// The rows in their order.
    var stream: LineStream {
      guard let parts else { return LineStream(paths) }
      return LineStream(
        PartedRows(parts.files, provenance: parts.provenance, root: parts.root))
    }
  }

  /// Lines of every column, with their ends.
  struct Batch: Sendable {
    /// The number of the first line, from 0.
    var firstLine: Int
    var count: Int
    var columns: [[UInt8]]
  }

  let columns: [Column]
  let threads: Int

  private static let lines = 1024
  private static let bytes = 1 << 20

  /// Works on the batches and hands the results on in order.
  ///
  /// - Throws: `PipelineError.torn` when the columns are not one for one.
  func forEach<Result: Sendable>(
    _ work: @escaping @Sendable (Batch) throws -> Result, _ body: (Result) throws -> Void
  ) async throws {
    var streams = columns.map(\.stream)
    var running: [Task<Result, any Error>] = []
    var line = 0
    while let batch = try nextBatch(of: &streams, at: line) {
      try Task.checkCancellation()
      line += batch.count
      guard threads > 1 else {
        try body(try work(batch))
        continue
      }
      running.append(Task { try work(batch) })
      if running.count > threads { try body(try await running.removeFirst().value) }
    }
    for task in running { try body(try await task.value) }
  }

  private func nextBatch(of streams: inout [LineStream], at line: Int) throws -> Batch? {
    var batch = Batch(firstLine: line, count: 0, columns: [])
    for place in streams.indices {
      let taken =
        place == 0
        ? try streams[0].take(Self.lines, bytes: Self.bytes)
        : try streams[place].take(max(1, batch.count))
      if place == 0 { batch.count = taken.lines }
      guard taken.lines == batch.count else {
        throw PipelineError.torn(
          "the rows of \(columns[0].name) and of \(columns[place].name) are not one for one")
      }
      batch.columns.append(taken.bytes)
    }
    return batch.count > 0 ? batch : nil
  }
}

extension [UInt8] {
  /// Calls `body` with every line, without its end.
  func forEachLine(_ body: (UnsafeRawBufferPointer) throws -> Void) rethrows {
    try withUnsafeBytes { bytes in
      var start = 0
      while start < bytes.count {
        let rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
        let end = start + (rest.firstIndex(of: 0x0A) ?? rest.count)
        try body(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
        start = end + 1
      }
    }
  }
}
