import Records
import Testing

@testable import Corpora

struct PubMedQATests {
  @Test func `the list of test ids is left alone`() throws {
    let reader = try PubMedQA(options: ReaderOptions())
    #expect(reader.accepts(path: "data/ori_pqal.json"))
    #expect(!reader.accepts(path: "data/test_ground_truth.json"))
  }

  @Test func `other JSON is an error`() throws {
    #expect(throws: Diagnostic.self) {
      try PubMedQA(options: ReaderOptions()).readings(of: #"{"1": "yes"}"#, path: "x.json")
    }
  }

  @Test func `the conclusion never stands in the context`() throws {
    let item =
      #"{"1": {"QUESTION": "Q?", "CONTEXTS": ["C"], "LONG_ANSWER": "L", "final_decision": "no"}}"#
    let record = try PubMedQA(options: ReaderOptions()).readings(of: item, path: "x.json").first?
      .record
    #expect(record?.content.text(of: "context") == "C")
    #expect(record?.content.text(of: "long_answer") == "L")
  }
}
