import Records
import Testing

@testable import Corpora

struct BioASQTests {
  private func answer(_ type: String, _ exact: String) throws -> QuestionAnswer? {
    let json =
      #"{"questions": [{"id": "1", "body": "Q?", "type": "\#(type)", "exact_answer": \#(exact)}]}"#
    let record = try BioASQ(options: ReaderOptions()).readings(of: json, path: "training9b.json")
      .first?.record
    guard case .questionAnswer(let item)? = record?.content else { return nil }
    return item
  }

  @Test(arguments: [
    #"[["p53", "TP53"], ["p53"]]"#, #"["p53", "TP53"]"#, #"[[["p53"], "TP53"]]"#,
  ])
  func `a factoid's answer is its spellings, however they are nested`(exact: String) throws {
    let item = try answer("factoid", exact)
    #expect(item?.kind == .factoid)
    #expect(item?.answer == "p53\nTP53")
  }

  @Test func `a list's answer is its items, each by its first synonym`() throws {
    #expect(try answer("list", #"[["a", "b"], ["c"], []]"#)?.answer == "a\nc")
    #expect(try answer("list", #"["a", "c"]"#)?.answer == "a\nc")
  }

  @Test func `decisions are told in any case, and nothing but yes and no is one`() throws {
    #expect(try answer("yesno", #""No""#)?.answer == "no")
    #expect(try answer("yesno", #"["yes"]"#)?.answer == "yes")
    #expect(try answer("yesno", #""yes, mostly""#) == nil)
  }

  @Test func `the published test batches are the test split`() throws {
    let json = #"{"questions": [{"id": "1", "body": "Q?", "type": "yesno", "exact_answer": "no"}]}"#
    let reader = try BioASQ(options: ReaderOptions())
    #expect(
      try reader.readings(of: json, path: "11B1_golden.json").first?.record?.officialSplit == .test)
    #expect(
      try reader.readings(of: json, path: "training11b.json").first?.record?.officialSplit == nil)
    #expect(throws: Diagnostic.self) { try reader.readings(of: #"{"data": []}"#, path: "x.json") }
  }
}
