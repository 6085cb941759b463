import Formats
import Records

/// Holds the rows of every dialect against those of the others: each must be the same example, to the
/// letter, and answers that were rejected too where several dialects have them.
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

  /// The rows of a dialect that are other examples than the other dialects'.
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
    return try zip(dialects, found).filter { $0.1.rows > 0 }.map { dialect, difference in
      let (file, line) = try dataset.place(ofRow: difference.firstRow, of: split, in: dialect)
      let others = difference.rows - 1
      return Diagnostic(
        at: Position(file: file, line: line),
        "the row is not the example that the other dialects have in its place"
          + (others > 0 ? ", nor are \(others) more of \(split.rawValue)" : ""),
        hint: "one of them was changed after the build; build the dataset again")
    }
  }

  /// For every column the rows that differ from the first column that keeps their texts.
  private static func differingRows(_ batch: LineBatches.Batch) throws -> [[Int]] {
    let columns = try batch.columns.map { column in
      var rows: [Texts] = []
      try column.forEachLine { line in
        let turns = PublishedTurns(try JSONDocument(parsing: line).root)
        rows.append(Texts(whole: turns.exactHash, rejected: turns.rejectedHash))
      }
      return rows
    }
    guard columns.allSatisfy({ $0.count == batch.count }) else {
      throw PipelineError.torn("the rows of the dialects are not one for one")
    }
    let reference = (0..<batch.count).map { row in
      Texts(
        whole: columns.lazy.map { $0[row].whole }.first { $0 != 0 } ?? 0,
        rejected: columns.lazy.map { $0[row].rejected }.first { $0 != 0 } ?? 0)
    }
    return columns.map { column in
      zip(column, reference).enumerated().filter { $0.element.0.differs(from: $0.element.1) }
        .map { batch.firstLine + $0.offset }
    }
  }

  /// Hashes of a row's texts; 0 for what a dialect does not have, or says in other words.
  private struct Texts {
    var whole: UInt64
    var rejected: UInt64

    func differs(from other: Texts) -> Bool {
      whole != 0 && whole != other.whole || rejected != 0 && rejected != other.rejected
    }
  }
}
