import Formats
import Records
import Schemas
import TestSupport
import Testing

@testable import Pipeline

/// What `materia explain` tells of a record.
struct DatasetExplanationTests {
  private let dataset: SplitDataset

  init() async throws {
    var rows = SplitDataset.questions(0..<12, split: "train")
    rows[1].patient = "p7"
    rows[2].patient = "p7"
    rows.append(rows[3])
    rows[12].id = "copy"
    rows.append(
      SplitDataset.Row(id: "short", split: "train", question: "Why so?", answer: "So."))
    dataset = try SplitDataset(rows + SplitDataset.questions(20..<26, split: "test"))
    _ = try await dataset.build(
      dataset.recipe(
        stages: "[{filter: {min_words: 9}}, {deduplicate: {exact: true, near: false}}]",
        emit: "{dialect: messages, shard_rows: 4, compression: gzip}, {dialect: alpaca}"))
  }

  private func explained(_ id: String, showsText: Bool = false) throws -> RecordExplanation {
    try DatasetExplanation(dataset.folder("out"), showsText: showsText).explanation(of: id)
  }

  @Test(arguments: ["q:2", "2"])
  func `an example's whole way`(id: String) throws {
    let found = try explained(id)
    #expect(found.id == "q:2")
    #expect(found.corpus == "jsonl")
    #expect(found.place?.archive == "q.jsonl")
    #expect(found.license?.id == "CC0-1.0")
    #expect(found.license?.why == "the recipe asserts it for the source")
    #expect(found.groups.first { $0.key == "patient:p7" }?.examples.map(\.count) == [2])
    #expect(found.split?.name == "train")
    #expect(found.split?.reason == "official")
    #expect(found.rejections.isEmpty)
    let rows = try #require(found.examples.first?.rows)
    #expect(rows.map(\.dialect) == ["alpaca", "messages"])
    #expect(rows[0].line == 3)
    #expect(rows[1].file.hasSuffix("messages/train-00000-of-00003.jsonl.gz"))
    #expect(rows[1].line == 3)
    #expect(rows.allSatisfy { $0.text == nil })
  }

  @Test func `rows are found by file and line, and shown when asked for`() throws {
    let out = dataset.folder("out")
    let found = try explained("\(out)/messages/train-00001-of-00003.jsonl.gz:2", showsText: true)
    #expect(found.id == "q:5")
    for row in found.examples.first?.rows ?? [] { #expect(row.text?.contains("a5x0") == true) }
    #expect(try explained("alpaca/test.jsonl:6").id == "q:25")
    #expect(try explained("provenance/train.jsonl:1").id == "q:0")
    #expect(try DatasetExplanation.folder(for: "\(out)/alpaca/test.jsonl:6") == out)
  }

  @Test func `a rejected record is told with its limit`() throws {
    let found = try explained("q:short")
    let rejection = try #require(found.rejections.first)
    #expect(rejection.stage == "filter")
    #expect(rejection.reason == "too-short")
    #expect(rejection.value == "3 words")
    #expect(
      rejection.limits.map { "\($0.path) \($0.value)" } == ["stages.filter.min_words 9"])
    #expect(found.examples.isEmpty)
    let line = dataset.folder.text(of: "out/rejected.jsonl").split(separator: "\n")
      .firstIndex { $0.contains("\"short\"") }
    #expect(try explained("rejected.jsonl:\((line ?? 0) + 1)").id == "q:short")
  }

  @Test func `a copy is told with what stays in its place`() throws {
    let copies = try ["q:3", "q:copy"].map { try explained($0).copies }
    #expect(copies[0].count == 1)
    #expect(copies[0].map(\.kept) == copies[1].map(\.kept))
    #expect(Set(copies[0].map(\.kept) + copies[0].map(\.dropped)) == ["q:3", "q:copy"])
    #expect(copies[0].map(\.clusterSize) == [1])
  }

  @Test func `an id that is not there is refused with the nearest`() throws {
    let error = #expect(throws: PipelineError.self) { try explained("q:shortt") }
    #expect(error?.exitCode == 2)
    #expect(error?.diagnostic.hint?.contains("q:short") == true)
    for text in ["alpaca/test.jsonl:7", "alpaca/none.jsonl:1"] {
      #expect(throws: PipelineError.self) { try explained(text) }
    }
  }

  @Test(arguments: ["/none.jsonl", "/none/none.jsonl", "none.jsonl", ""])
  func `a file outside of any dataset has none above it`(file: String) {
    #expect(DatasetExplanation.folder(above: file) == nil)
  }

  @Test func `another reading of the id that was rejected is told apart`() throws {
    let short = dataset.folder.text(of: "out/rejected.jsonl").split(separator: "\n")
      .first { $0.contains("\"short\"") }
    try dataset.folder.write(
      dataset.folder.text(of: "out/rejected.jsonl")
        + (try #require(short)).replacing("\"short\"", with: "\"2\"") + "\n",
      to: "out/rejected.jsonl")
    let found = try explained("q:2")
    #expect(found.examples.count == 1)
    #expect(found.rejections.map { $0.otherReading?.ordinal } == [13])
    #expect(try explained("q:short").rejections.map { $0.otherReading == nil } == [true])
    let document = try JSONDocument(parsing: Array(found.json.utf8))
    #expect(try Schema(embedded: "explanation").problems(in: document.root).map(\.message) == [])
  }

  @Test func `an over-long example is told with the settings of training`() {
    var recipe = FlatValues()
    recipe["training.context_tokens"] = "64"
    recipe["training.over_long"] = "reject"
    recipe["training.epochs"] = "2"
    let limits = RejectionLimits.settings(
      of: "over-long", by: "training", value: "90 tokens", source: "q", in: recipe)
    #expect(
      limits.map { "\($0.path) \($0.value)" } == [
        "training.context_tokens 64", "training.over_long reject",
      ])
  }

  @Test func `rows that are not there are no other rows`() async throws {
    _ = try await dataset.build(
      dataset.recipe(emit: "{dialect: super-natural-instructions}"), to: "parts")
    let published = try PublishedDataset(dataset.folder("parts"))
    let folder = "super-natural-instructions"
    let (file, line) = try published.place(ofRow: 2, of: .train, in: folder)
    #expect(line == 3)
    let name = String(file.dropFirst(dataset.folder("parts").count + 1))
    #expect(try published.provenanceRow(ofRow: 2, in: name, of: .train, folder) == 2)
    #expect(throws: PipelineError.self) {
      try published.place(ofRow: 9_999, of: .train, in: folder)
    }
    #expect(throws: PipelineError.self) {
      try published.provenanceRow(ofRow: 9_999, in: name, of: .train, folder)
    }
  }

  @Test(arguments: ["q:0", "q:short", "q:copy"])
  func `the result fits its schema and holds no text`(id: String) throws {
    let json = try explained(id).json
    let document = try JSONDocument(parsing: Array(json.utf8))
    #expect(try Schema(embedded: "explanation").problems(in: document.root).map(\.message) == [])
    #expect(!json.contains("a0x1"))
  }
}
