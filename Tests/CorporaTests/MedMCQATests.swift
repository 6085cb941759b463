import Records
import Testing

@testable import Corpora

struct MedMCQATests {
  private func line(_ id: String, _ answer: String) -> String {
    #"{"id": "\#(id)", "question": "Q\#(id)?", "opa": "1", "opb": "2", "opc": "3", "opd": "4", "#
      + #""cop": \#(answer), "exp": null}"# + "\n"
  }

  private func answers(
    _ lines: [String], options: [String: String] = [:]
  ) throws -> [[Int]] {
    try MedMCQA(options: ReaderOptions(options: options))
      .readings(of: lines.joined(), path: "dev.json").compactMap { reading in
        guard case .multipleChoice(let item)? = reading.record?.content else { return nil }
        return item.answers
      }
  }

  @Test func `a file with a 4 counts from 1, one with a 0 from 0`() throws {
    #expect(try answers([line("a", "1"), line("b", "3"), line("c", "4")]) == [[0], [2], [3]])
    #expect(try answers([line("a", "1"), line("b", "3"), line("c", "0")]) == [[1], [3], [0]])
  }

  @Test func `a file with neither or both is an error that names the option`() throws {
    for lines in [[line("a", "1"), line("b", "3")], [line("a", "0"), line("b", "4")]] {
      let error = try #require(throws: Diagnostic.self) { try answers(lines) }
      #expect(error.hint?.contains("'answer_base'") == true)
    }
    #expect(
      try answers([line("a", "1"), line("b", "3")], options: ["answer_base": "0"]) == [[1], [3]])
    #expect(try answers([line("a", "1"), line("b", "4")], options: ["answer_base": "0"]) == [[1]])
  }

  @Test func `records keep the order of the lines that were held back`() throws {
    let lines = [line("a", "2"), line("b", "-1"), "no JSON\n", line("c", "4"), line("d", "1")]
    let readings = try MedMCQA(options: ReaderOptions())
      .readings(of: lines.joined(), path: "dev.json")
    let offsets = readings.compactMap { $0.provenance?.byteOffset }
    #expect(offsets == offsets.sorted())
    #expect(readings.compactMap { $0.record?.id } == ["a", "c", "d"])
    #expect(readings.compactMap { $0.rejection?.reason } == [.emptyAnswer, .malformed])
  }

  @Test func `a test set without answers is rejected line by line, not as a whole`() throws {
    let readings = try MedMCQA(options: ReaderOptions())
      .readings(of: line("a", "-1") + line("b", "null"), path: "test.json")
    #expect(readings.compactMap { $0.rejection?.reason } == [.emptyAnswer, .emptyAnswer])
  }
}
