import Archives
import Emitters
import Records
import TestSupport
import Testing

@testable import Pipeline

struct ProofTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func row(
    _ id: String, group: String, split: String, exemplars: String = ""
  ) -> String {
    """
    {"id":"q:\(id)","records":["\(id)"],"source":"q","corpus":"table","license":"CC0-1.0",\
    "language":"en","groups":["\(group)"],"archive":"q.csv","entry":"q.csv","ordinal":0,\
    "split":"\(split)","split_reason":"group-hash","task":"question-answering",\
    "template":"consumer-qa/0"\(exemplars.isEmpty ? "" : ",\"exemplars\":[\"\(exemplars)\"]")}\n
    """
  }

  /// Writes a file and says what a writer would have said of it.
  private func write(_ text: String, to path: String) throws -> WrittenFile {
    try folder.write(text, to: path)
    let bytes = Array(text.utf8)
    return WrittenFile(
      path: path, sha256: SHA256.hex(of: bytes), byteCount: bytes.count,
      rows: bytes.count { $0 == 0x0A })
  }

  private func proof(of files: [WrittenFile], isSplitByGroup: Bool = true) async throws
    -> (rows: Int, groups: Int, shared: Int)
  {
    let proof = try await ProofReading(
      root: folder.path, isSplitByGroup: isSplitByGroup, hasExemplars: true, threads: 2
    ).proof(of: files)
    return (proof.rowsRead, proof.groupsChecked, proof.groupsInTwoSplits)
  }

  private func failure(of files: [WrittenFile]) async -> String {
    do {
      _ = try await proof(of: files)
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test func `what was written as it stands is proved`() async throws {
    let files = [
      try write(row("1", group: "patient:1", split: "train"), to: "provenance/train.jsonl"),
      try write(row("2", group: "patient:2", split: "test"), to: "provenance/test.jsonl"),
      try write("{}\n{}\n", to: "messages/train.jsonl"),
    ]
    #expect(try await proof(of: files) == (4, 2, 0))
  }

  @Test func `a group in two splits is refused, unless groups may be split`() async throws {
    let files = [
      try write(row("1", group: "patient:1", split: "train"), to: "provenance/train.jsonl"),
      try write(row("2", group: "patient:1", split: "test"), to: "provenance/test.jsonl"),
    ]
    #expect(await failure(of: files).contains("groups in two splits: 1"))
    #expect(try await proof(of: files, isSplitByGroup: false).shared == 1)
  }

  @Test func `an exemplar of a record outside of train is refused`() async throws {
    let train = try write(
      row("1", group: "patient:1", split: "train", exemplars: "q:3"), to: "provenance/train.jsonl")
    let test = try write(
      row("2", group: "patient:2", split: "test", exemplars: "q:1"), to: "provenance/test.jsonl")
    #expect(try await proof(of: [train, test]) == (2, 2, 0))

    let leaking = try write(
      row("1", group: "patient:1", split: "train", exemplars: "q:2"), to: "provenance/train.jsonl")
    #expect(
      await failure(of: [leaking, test]).contains(
        "exemplars of validation or test records: 1"))
  }

  @Test(arguments: ["{}\n{ }\n", "{}\n", "{}\n{}\n{}\n"])
  func `a file that was changed after it was written is refused`(changed: String) async throws {
    let file = try write("{}\n{}\n", to: "messages/train.jsonl")
    try folder.write(changed, to: file.path)
    let message = await failure(of: [file])
    #expect(message.contains("messages/train.jsonl"))
    #expect(!message.isEmpty)
  }

  @Test func `a row that does not fit its schema is refused by its line`() async throws {
    let good = row("1", group: "patient:1", split: "train")
    let file = try write(good + "{\"id\":\"x\"}\n", to: "provenance/train.jsonl")
    #expect(
      await failure(of: [file]).contains(
        "line 2 of provenance/train.jsonl does not fit its schema"))
  }

  @Test func `a row in the file of another split is refused`() async throws {
    let file = try write(
      row("1", group: "patient:1", split: "test"), to: "provenance/train.jsonl")
    #expect(await failure(of: [file]).contains("names another split"))
  }
}
