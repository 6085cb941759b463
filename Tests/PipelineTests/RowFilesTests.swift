import Formats
import Records
import TestSupport
import Testing

@testable import Pipeline

/// Datasets whose rows lie in other forms than JSON lines, in parts, or both.
struct RowFilesTests {
  private let dataset: SplitDataset

  init() throws {
    dataset = try SplitDataset(
      SplitDataset.questions(0..<30, split: "train")
        + SplitDataset.questions(30..<36, split: "validation")
        + SplitDataset.questions(36..<45, split: "test"))
  }

  private func build(_ emit: String) async throws {
    _ = try await dataset.build(dataset.recipe(emit: emit))
  }

  private func verified() async throws -> DatasetVerification.Result {
    try await DatasetVerification(
      folder: dataset.folder("out"), threads: 2, memoryBytes: 1 << 26
    ).run()
  }

  private func validated(_ path: String) async throws -> ValidationResult {
    try await FileValidation(ValidationSettings()).run([dataset.folder(path)]) { _ in }
  }

  @Test(arguments: [
    "{dialect: messages, format: parquet}",
    "{dialect: messages, format: parquet, compression: snappy, shard_rows: 7}, {dialect: sharegpt}",
    "{dialect: alpaca, shards: license}, {dialect: messages, format: parquet, shards: license}",
    "{dialect: super-natural-instructions}, {dialect: alpaca, shard_rows: 4, shards: license}",
    "{dialect: super-natural-instructions, format: parquet}",
  ])
  func `are proved, verified and validated as lines are`(emit: String) async throws {
    try await build(emit)

    let found = try await verified()
    let checked = try await validated("out")

    #expect(found.problems.map(\.description) == [])
    #expect(found.provedPairs == 3)
    #expect(checked.isValid)
  }

  @Test func `hold the same examples in the same order in every form`() async throws {
    try await build(
      "{dialect: messages}, {dialect: alpaca, format: parquet, shard_rows: 7}, "
        + "{dialect: prompt-completion, format: parquet, compression: none, shards: license}")

    let plain = try rows(["out/messages/train.jsonl"]).map {
      $0["messages"]?.array?.last?["content"]
    }
    let parquet = try rows((0..<5).map { "out/alpaca/train-0000\($0)-of-00005.parquet" })
      .map { $0["output"] }
    let parts = try rows(["out/prompt-completion/train.cc0-1.0.parquet"])
      .map { $0["completion"]?.array?.last?["content"] }

    #expect(plain.count == 30)
    #expect(parquet == plain)
    #expect(parts == plain)
  }

  @Test func `are the same bytes in every build`() async throws {
    let emit = "{dialect: messages, format: parquet}, {dialect: super-natural-instructions}"
    let names = [
      "messages/train.parquet",
      "super-natural-instructions/train.q.question-answering.cc0-1.0.json",
    ]
    try await build(emit)
    let first = names.map { dataset.folder.bytes(of: "out/\($0)") }
    try await build(emit)

    #expect(names.map { dataset.folder.bytes(of: "out/\($0)") } == first)
    #expect(!first.contains([]))
  }

  @Test func `make a task document that JSON readers take whole`() async throws {
    try await build("{dialect: super-natural-instructions}")

    let text = dataset.folder.text(
      of: "out/super-natural-instructions/test.q.question-answering.cc0-1.0.json")
    let document = try JSON(parsing: text)

    #expect(document["Instances"]?.array?.count == 9)
    #expect(document["Instance License"]?.array == [.string("CC0-1.0")])
    #expect(document["Source"]?.array == [.string("q")])
    for key in ["Definition", "Categories", "Input_language", "Positive Examples"] {
      #expect(document[key]?.array != nil, "\(key)")
    }
  }

  @Test func `tell a changed Parquet file`() async throws {
    try await build("{dialect: messages, format: parquet}")
    var bytes = dataset.folder.bytes(of: "out/messages/train.parquet")
    bytes[bytes.count / 2] ^= 1
    try dataset.folder.write(bytes, to: "out/messages/train.parquet")

    #expect(try await !verified().isValid)
    #expect(try await !validated("out/messages").isValid)
  }

  @Test func `of sentences come back as they were`() throws {
    let lines = "{\"sentences\":[\"One.\",\"Two \\\"is\\\" é.\"]}\n{\"sentences\":[\"Three.\"]}\n"
    let text = try SentenceRowEncoder().encode(Array(lines.utf8)[...])
    #expect(String(decoding: text, as: UTF8.self) == "One.\nTwo \"is\" é.\n\nThree.\n\n")

    for piece in [1, 3, text.count] {
      var decoder = SentenceRowDecoder()
      var rows: [UInt8] = []
      for start in stride(from: 0, to: text.count, by: piece) {
        rows += text[start..<min(start + piece, text.count)].withUnsafeBytes {
          decoder.decode($0)
        }
      }
      rows += decoder.finish()
      #expect(String(decoding: rows, as: UTF8.self) == lines)
    }
  }

  private func rows(_ names: [String]) throws -> [JSON] {
    var stream = LineStream(names.map { dataset.folder($0) })
    var rows: [JSON] = []
    try RowLines.forEach(in: try stream.take(.max).bytes[...]) { rows.append(JSON($0)) }
    return rows
  }
}
