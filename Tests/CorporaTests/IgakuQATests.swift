import Records
import Testing

@testable import Corpora

struct IgakuQATests {
  private let picture =
    #"{"problem_id": "112A3", "problem_text": "図に示すものはどれか。", "choices": ["皿", "箸"], "#
    + #""text_only": false, "answer": ["b"], "points": "1"}"#

  @Test func `questions with a picture stay when the recipe keeps them, and say so`() throws {
    let options = ReaderOptions(options: ["pictures": "keep"])
    let record = try IgakuQA(options: options).readings(of: picture, path: "112-A.jsonl").first?
      .record
    #expect(record?.tag("picture") == "missing")
    #expect(record?.tag("year") == "2018")
  }

  @Test func `translations and tables beside the questions are left alone`() throws {
    let reader = try IgakuQA(options: ReaderOptions())
    #expect(reader.accepts(path: "data/2022/116-F.jsonl"))
    #expect(!reader.accepts(path: "data/2022/116-F_translate.jsonl"))
    #expect(!reader.accepts(path: "data/2022/116-F_metadata.jsonl"))
    #expect(!reader.accepts(path: "baseline_results/gpt4/116-F_gpt4.jsonl"))
  }
}
