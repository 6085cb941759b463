import Formats
import Records
import Testing

@testable import Corpora

struct JSONObjectRowsTests {
  /// The member `n` of each row, and its number.
  private func rows(
    _ text: String, in path: String = "a.json", pieceLength: Int = 4096
  ) throws -> [String] {
    var entry = PiecewiseEntry(path: path, bytes: Array(text.utf8), pieceLength: pieceLength)
    var rows: [String] = []
    try JSONObjectRows.read(&entry, into: { _ in true }, id: { "\($0.number)" }) { row, id in
      rows.append("\(id): \(row.node["n"]?.int ?? -1)")
      throw RowProblem(reason: .emptyText, value: "n")
    }
    return rows
  }

  @Test(arguments: [1, 3, 4096])
  func `a list and a file of lines are told apart by their first sign`(length: Int) throws {
    let mark = "\u{FEFF}"
    let list = #" [{"n": 7},"# + "\r\n" + #"{"n": 8}]"#
    #expect(try rows(list, pieceLength: length) == ["1: 7", "2: 8"])
    #expect(try rows(mark + #"[{"n": 7}]"#, pieceLength: length) == ["1: 7"])
    let lines = "\n" + #"{"n": 7}"# + "\r\n" + #"{"n": 8}"#
    #expect(try rows(lines, pieceLength: length) == ["2: 7", "3: 8"])
    #expect(try rows(mark + #"{"n": 9}"#, pieceLength: length) == ["1: 9"])
  }

  @Test func `an empty file of lines has no rows, an empty list is cut short`() throws {
    #expect(try rows("", in: "a.jsonl") == [])
    #expect(try rows(" \n", in: "a.ndjson") == [])
    #expect(throws: JSONError.self) { try rows("", in: "a.json") }
  }
}
