import Formats
import Records
import Stages

/// Reads the records of a published dataset as facts: those that became examples, split by split, then
/// those that were rejected.
struct RecordReading: Sendable {
  let dataset: PublishedDataset
  /// The folder whose rows are compared; nil where the datasets have none in common.
  let dialect: String?
  let threads: Int
  /// Of how many parts of the ids this reading takes which one.
  var part = (number: 0, of: 1)

  /// A record with the texts that its facts are short for.
  struct Item: Sendable {
    var id: String
    var label: String
    var facts: RecordFacts
  }

  /// Calls `body` with every record of the part, in the order of the files.
  func forEach(_ body: (Item) throws -> Void) async throws {
    for split in Split.allCases { try await readExamples(of: split, body) }
    try await readRejections(body)
  }

  // MARK: Examples

  private func readExamples(of split: Split, _ body: (Item) throws -> Void) async throws {
    let columns =
      [dataset.column(of: split, in: "provenance")]
      + (dialect.map { [dataset.column(of: split, in: $0)] } ?? [])
    var open: Item?
    try await LineBatches(columns: columns, threads: threads).forEach({ batch in
      try items(of: batch, split)
    }) { items in
      for item in items {
        if open?.id == item.id {
          open?.facts.add(item.facts)
        } else {
          if let open, isWanted(open) { try body(open) }
          open = item
        }
      }
    }
    if let open, isWanted(open) { try body(open) }
  }

  private func isWanted(_ item: Item) -> Bool { isOfPart(item.facts.key) }

  private func isOfPart(_ key: Digest128) -> Bool {
    Int(key.low % UInt64(part.of)) == part.number
  }

  /// An item for each row.
  private func items(of batch: LineBatches.Batch, _ split: Split) throws -> [Item] {
    var items: [Item] = []
    items.reserveCapacity(batch.count)
    try batch.columns[0].forEachLine { line in
      let row = try JSONDocument(parsing: line).root
      let id = PublishedID.record(of: row)
      var wording = RowHash.of(row["task"]?.string ?? "")
      wording = RowHash.of(row["template"]?.string ?? "", seed: wording)
      items.append(
        Item(
          id: id, label: row["license"]?.string ?? "",
          facts: RecordFacts(
            key: Digest128(of: id), rank: split.rank, label: 0, examples: 1, wording: wording,
            row: UInt32(clamping: batch.firstLine + items.count))))
    }
    guard dialect != nil else { return items }
    var place = 0
    batch.columns[1].forEachLine { line in
      items[place].facts.text = RowHash.of(line)
      place += 1
    }
    return items
  }

  // MARK: Rejections

  private func readRejections(_ body: (Item) throws -> Void) async throws {
    let keptRecords = try await keptRecords()
    let name = PublishedDataset.rejections
    try await LineBatches(
      columns: [.init(name: name, paths: dataset.paths(of: name))], threads: threads
    ).forEach({ batch in
      var items: [Item] = []
      try batch.columns[0].forEachLine { line in
        let row = try JSONDocument(parsing: line).root
        let id = PublishedID.rejected(row)
        let key = Digest128(of: id)
        items.append(
          Item(
            id: id, label: row["reason"]?.string ?? "",
            facts: RecordFacts(
              key: key, rank: RecordFacts.rejectedRank, label: 0, kept: keptRecords[key] ?? 0,
              row: UInt32(clamping: batch.firstLine + items.count))))
      }
      return items
    }) { items in
      for item in items where isWanted(item) { try body(item) }
    }
  }

  /// Hashes of the records that stay, by the copies of the part that go for them.
  private func keptRecords() async throws -> [Digest128: UInt64] {
    var kept: [Digest128: UInt64] = [:]
    let name = PublishedDataset.duplicates
    try await LineBatches(
      columns: [.init(name: name, paths: dataset.paths(of: name))], threads: threads
    ).forEach({ batch in
      var pairs: [(dropped: Digest128, kept: UInt64)] = []
      try batch.columns[0].forEachLine { line in
        let row = try JSONDocument(parsing: line).root
        pairs.append(
          (
            Digest128(of: row["dropped"]?.string ?? ""), RowHash.of(row["kept"]?.string ?? "")
          ))
      }
      return pairs
    }) { pairs in
      for pair in pairs where isOfPart(pair.dropped) { kept[pair.dropped] = pair.kept }
    }
    return kept
  }
}

/// How side files name records: `SOURCE:ID`, the id that is unique in a build.
enum PublishedID {
  /// The record of a row of provenance.
  static func record(of row: JSONNode) -> String {
    "\(row["source"]?.string ?? ""):\(row["records"]?[0]?.string ?? "")"
  }

  /// The record of a row of rejections; its place where it had no id.
  static func rejected(_ row: JSONNode) -> String {
    let source = row["source"]?.string ?? ""
    guard let id = row["id"]?.string, !id.isEmpty else {
      let place = [row["archive"]?.string, row["entry"]?.string].compactMap(\.self)
        .filter { !$0.isEmpty }.joined(separator: "/")
      return "\(source):\(place)@\(row["ordinal"]?.int ?? 0)"
    }
    return "\(source):\(id)"
  }
}
