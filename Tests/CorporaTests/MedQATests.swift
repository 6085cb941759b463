import Records
import Testing

@testable import Corpora

struct MedQATests {
  private let item =
    #"{"question": "Which?", "answer": "Tea", "options": {"A": "Ink", "B": "Tea"}, "answer_idx": "B"}"#

  private func record(in path: String, archive: String = "") throws -> Record? {
    try MedQA(options: ReaderOptions())
      .readings(of: BufferedEntry(path: path, archive: archive, bytes: Array(item.utf8)))
      .first?.record
  }

  @Test(arguments: [
    ("data_clean/questions/US/train.jsonl", "us-train-1", Split.train, "US"),
    (
      "questions/US/4_options/phrases_no_exclude_dev.jsonl", "us-4-options-dev-1", .validation, "US"
    ),
    ("medqa_us_test", "us-test-1", .test, "US"),
    ("questions/Mainland/4_options/test.jsonl", "mainland-4-options-test-1", .test, "Mainland"),
    (
      "Taiwan/tw_translated_jsonl/zh/dev-2zh.jsonl", "taiwan-translated-zh-dev-1", .validation,
      "Taiwan"
    ),
    ("questions/US/US_qbank.jsonl", "us-us_qbank-1", nil, "US"),
  ])
  func `the path says region, form and split`(
    path: String, id: String, split: Split?, region: String
  ) throws {
    let record = try record(in: path)
    #expect(record?.id == id)
    #expect(record?.officialSplit == split)
    #expect(record?.tag("region") == region)
  }

  @Test func `a bare file takes its region from the folder that the source names`() throws {
    #expect(
      try record(in: "test.jsonl", archive: "questions/Taiwan/test.jsonl")?.id == "taiwan-test-1")
  }
}
