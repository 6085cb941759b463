import Emitters
import Formats
import Recipes
import Records

/// Compares two published datasets: recipes, inputs, counts, proofs, files, and record by record.
///
/// Records are joined by their ids in the build. Those of the first are held in memory as numbers, in
/// parts of the ids where they do not fit; those of the second stream past.
package struct DatasetComparison: Sendable {
  private let before: PublishedDataset
  private let after: PublishedDataset
  private let threads: Int
  private let memoryBytes: Int
  private let limit: Int?
  private let showsText: Bool

  /// - Parameters:
  ///   - limit: How many records of each kind are listed; nil for all.
  ///   - showsText: Whether the rows of listed records are told too.
  /// - Throws: `PipelineError.recipe` when one of the folders is no dataset.
  package init(
    _ before: String, _ after: String, threads: Int, memoryBytes: Int, limit: Int?, showsText: Bool
  ) throws {
    self.before = try PublishedDataset(before)
    self.after = try PublishedDataset(after)
    self.threads = threads
    self.memoryBytes = memoryBytes
    self.limit = limit
    self.showsText = showsText
  }

  /// - Throws: `PipelineError.torn` when rows cannot be read as they were published.
  package func differences() async throws -> DatasetDifferences {
    do {
      return try await read()
    } catch {
      throw PublishedDataset.failure(error)
    }
  }

  private func read() async throws -> DatasetDifferences {
    var found = DatasetDifferences(before: before.side, after: after.side)
    found.dialect = dialect
    compareDocuments(&found)
    found.files = before.fileDigests.changes(to: after.fileDigests)
    found.proof = try before.proofValues().changes(to: after.proofValues())
    found.counts = before.manifest.counts.changes(to: after.manifest.counts)
    try compareLocks(&found)
    // Equal digests leave nothing to look for.
    if !found.files.isEmpty { try await compareRecords(&found) }
    return found
  }

  /// The first dialect that both have for each row of provenance.
  private var dialect: String? {
    let other = after.comparableDialects
    return before.comparableDialects.first(where: other.contains)
  }

  // MARK: Documents

  private func compareDocuments(_ found: inout DatasetDifferences) {
    var tools = (FlatValues(), FlatValues())
    tools.0["tool"] = before.side.tool
    tools.1["tool"] = after.side.tool
    found.tool = tools.0.changes(to: tools.1)
  }

  private func compareLocks(_ found: inout DatasetDifferences) throws {
    let (old, new) = (try PublishedLock(in: before.root), try PublishedLock(in: after.root))
    found.recipe = old.recipeValues.changes(to: new.recipeValues)
    found.inputs = old.inputDigests.changes(to: new.inputDigests)
  }

  // MARK: Records

  private func compareRecords(_ found: inout DatasetDifferences) async throws {
    var comparison = RecordComparison(limit: limit)
    let room = max(1, memoryBytes / Self.bytesPerRecord)
    let parts = max(1, (before.recordBound - 1) / room + 1)
    for part in 0..<parts {
      var first = RecordReading(dataset: before, dialect: dialect, threads: threads)
      first.part = (part, parts)
      var second = RecordReading(dataset: after, dialect: dialect, threads: threads)
      second.part = (part, parts)
      try await comparison.compare(first, second)
    }
    comparison.finish()
    found.records = comparison.records
    (found.before.kept, found.before.rejected) = comparison.before
    (found.after.kept, found.after.rejected) = comparison.after
    try nameRemoved(&found.records)
    if showsText, let dialect { try showRows(of: dialect, &found.records) }
  }

  /// Facts, twice while they are sorted, and the table's own.
  private static let bytesPerRecord = 160

  /// Gives the records that only the first dataset has their ids, which were not held in memory.
  private func nameRemoved(_ records: inout [DatasetDifferences.Records]) throws {
    for (rank, paths) in before.recordPaths {
      let wanted = Self.places(in: records) { $0.id.isEmpty ? $0.placeBefore : nil }
        .filter { $0.key.rank == rank }
      try PublishedDataset.forEachLine(at: wanted.keys.map(\.row).sorted(), in: LineStream(paths)) {
        row, line in
        let node = try JSONDocument(parsing: line).root
        let id =
          rank == RecordFacts.rejectedRank
          ? PublishedID.rejected(node) : PublishedID.record(of: node)
        for place in wanted[RowPlace(rank: rank, row: row)] ?? [] {
          records[place.kind].listed[place.record].id = id
        }
      }
    }
  }

  private func showRows(of dialect: String, _ records: inout [DatasetDifferences.Records]) throws {
    for split in Split.allCases {
      for (dataset, isBefore) in [(before, true), (after, false)] {
        let wanted = Self.places(in: records) { isBefore ? $0.placeBefore : $0.placeAfter }
          .filter { $0.key.rank == split.rank }
        let rows = dataset.column(of: split, in: dialect).stream
        try PublishedDataset.forEachLine(at: wanted.keys.map(\.row).sorted(), in: rows) {
          row, line in
          let text = String(decoding: line, as: UTF8.self)
          for place in wanted[RowPlace(rank: split.rank, row: row)] ?? [] {
            if isBefore {
              records[place.kind].listed[place.record].rowBefore = text
            } else {
              records[place.kind].listed[place.record].rowAfter = text
            }
          }
        }
      }
    }
  }

  /// The listed records by a place of theirs.
  private static func places(
    in records: [DatasetDifferences.Records],
    _ place: (DatasetDifferences.Record) -> RowPlace?
  ) -> [RowPlace: [(kind: Int, record: Int)]] {
    var places: [RowPlace: [(kind: Int, record: Int)]] = [:]
    for (kind, list) in records.enumerated() {
      for (number, record) in list.listed.enumerated() {
        if let place = place(record) { places[place, default: []].append((kind, number)) }
      }
    }
    return places
  }
}

extension PublishedDataset {
  fileprivate var side: DatasetDifferences.Side {
    DatasetDifferences.Side(path: root, tool: manifest.tool, recipe: manifest.recipeSHA256)
  }

  fileprivate var fileDigests: FlatValues {
    var values = FlatValues()
    for file in manifest.files { values[file.path] = file.sha256 }
    return values
  }

  /// No more records than this are in the dataset.
  fileprivate var recordBound: Int {
    recordFiles.rowCount
  }

  private var recordFiles: [WrittenFile] {
    manifest.files.filter { $0.path.hasPrefix("provenance/") || $0.path == Self.rejections }
  }

  /// The files that name records, by the rank of their rows.
  fileprivate var recordPaths: [(rank: Int8, paths: [String])] {
    Split.allCases.map { ($0.rank, column(of: $0, in: "provenance").paths) }
      + [(RecordFacts.rejectedRank, paths(of: Self.rejections))]
  }

  fileprivate func proofValues() throws -> FlatValues {
    guard let path = paths(of: ProofDocument.fileName).first else { return FlatValues() }
    let bytes = try FileRange.bytes(of: path, offset: 0, count: FileSize.of(path))
    return FlatValues(try JSON(parsing: bytes))
  }
}
