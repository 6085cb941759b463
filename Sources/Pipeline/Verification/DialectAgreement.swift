import Formats
import Records

/// Holds the rows of every dialect against those of the first: each must be the same example, to the
/// letter.
///
/// A text that was changed in one dialect is found by the others, whatever the manifest says of its
/// file. Dialects whose rows are of no form that is known, or say the example in other words, are not compared.
struct DialectAgreement {
  let dataset: PublishedDataset
  let threads: Int

  /// What differs, by the first row of each dialect and split, in their order.
  func problems() async -> [Diagnostic] {
    let dialects = dataset.comparableDialects
    guard dialects.count > 1 else { return [] }
    var problems: [Diagnostic] = []
    for split in Split.allCases {
      do {
        problems += try await differences(of: dialects, in: split)
      } catch let error as any DiagnosticError {
        problems.append(error.diagnostic)
      } catch {
        problems.append(Diagnostic("the rows of \(split.rawValue) cannot be compared"))
      }
    }
    return problems
  }

  /// The rows of a dialect that are other examples than the first dialect's.
  private struct Difference {
    var rows = 0
    var firstRow = 0
  }

  private func differences(of dialects: [String], in split: Split) async throws -> [Diagnostic] {
    var found = dialects.map { _ in Difference() }
    let columns = dialects.map { dataset.column(of: split, in: $0) }
    try await LineBatches(columns: columns, threads: threads).forEach(Self.differingRows) { rows in
      for (place, rows) in rows.enumerated() {
        guard let first = rows.first else { continue }
        if found[place].rows == 0 { found[place].firstRow = first }
        found[place].rows += rows.count
      }
    }
    return zip(dialects, found).filter { $0.1.rows > 0 }.map { dialect, difference in
      let (file, line) = dataset.place(ofRow: difference.firstRow, of: split, in: dialect)
      let others = difference.rows - 1
      return Diagnostic(
        at: Position(file: file, line: line),
        "the row is not the example that \(dialects[0]) has in its place"
          + (others > 0 ? ", nor are \(others) more of \(split.rawValue)" : ""),
        hint: "one of the two was changed after the build; build the dataset again")
    }
  }

  /// For every column the rows that differ from those of the first.
  private static func differingRows(_ batch: LineBatches.Batch) throws -> [[Int]] {
    let hashes = try batch.columns.map { column in
      var hashes: [UInt64] = []
      try column.forEachLine { line in
        hashes.append(PublishedTurns(try JSONDocument(parsing: line).root).exactHash)
      }
      return hashes
    }
    return hashes.map { column in
      zip(column, hashes[0]).enumerated().filter { _, pair in
        pair.0 != pair.1 && pair.0 != 0 && pair.1 != 0
      }.map { batch.firstLine + $0.offset }
    }
  }
}
