import Foundation
import TestSupport
import Testing

/// What `Recipes/samples/README.md` says is planted in the sample archives.
struct SampleCounts {
  /// Source → row of the table (`read`, `kept`, a reason) → count.
  private(set) var columns: [String: [String: Int]] = [:]

  static let published: Result<SampleCounts, any Error> = Result {
    try SampleCounts(readme: Fixture("../../Recipes/samples/README.md").text ?? "")
  }

  /// Reads the one table whose head names the four sources.
  init(readme: String) throws {
    let rows = readme.split(separator: "\n").filter { $0.hasPrefix("|") }.map(Self.cells)
    let head = try #require(rows.first { $0.contains("questions") && $0.contains("dialogues") })
    let start = try #require(rows.firstIndex(of: head))
    for row in rows[(start + 2)...].prefix(while: { $0.count == head.count }) {
      for (source, cell) in zip(head, row).dropFirst() {
        columns[source, default: [:]][row[0]] = cell == "–" ? 0 : Int(cell)
      }
    }
  }

  /// The reasons of a source that occur, with their counts.
  func rejected(in source: String) -> [String: Int] {
    (columns[source] ?? [:]).filter {
      !["read", "kept", "entries skipped"].contains($0.key) && $0.value > 0
    }
  }

  private static func cells(of line: Substring) -> [String] {
    line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast().map {
      $0.filter { $0 != "*" && $0 != "`" }.trimmingCharacters(in: .whitespaces)
    }
  }
}
