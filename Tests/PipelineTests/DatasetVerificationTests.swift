import Archives
import Formats
import Records
import TestSupport
import Testing

@testable import Pipeline

/// What `materia verify` finds in datasets that were changed after they were published.
struct DatasetVerificationTests {
  private let dataset: SplitDataset

  init() throws {
    dataset = try SplitDataset(
      SplitDataset.questions(0..<30, split: "train")
        + SplitDataset.questions(30..<36, split: "validation")
        + SplitDataset.questions(36..<45, split: "test"))
  }

  private func build(_ emit: String = "{dialect: messages}") async throws {
    _ = try await dataset.build(dataset.recipe(emit: emit))
  }

  private func verified(threads: Int = 2) async throws -> DatasetVerification.Result {
    try await DatasetVerification(
      folder: dataset.folder("out"), threads: threads, memoryBytes: 1 << 26
    ).run()
  }

  private func messages() async throws -> [String] {
    let folder = dataset.folder("out")
    return try await verified().problems.map {
      $0.description.replacing(folder, with: "out").split(separator: "\n").first.map(String.init)
        ?? ""
    }
  }

  private func lines(_ name: String) -> [String] {
    dataset.folder.text(of: "out/\(name)").split(separator: "\n").map { "\($0)\n" }
  }

  private func write(_ lines: [String], to name: String) throws {
    try dataset.folder.write(lines.joined(), to: "out/\(name)")
  }

  /// Writes size, digest and rows of every listed file into the manifest as they are now.
  private func fixDigests() throws {
    var text = dataset.folder.text(of: "out/manifest.json")
    let manifest = try JSON(parsing: text)
    for file in manifest["files"]?.array ?? [] {
      let path = file["path"]?.string ?? ""
      let bytes = dataset.folder.bytes(of: "out/\(path)")
      text = text.replacing(file["sha256"]?.string ?? "", with: SHA256.hex(of: bytes))
      let old = "\"bytes\": \(file["bytes"]?.int ?? 0)"
      guard let place = text.firstRange(of: "\"\(path)\""),
        let size = text[place.upperBound...].firstRange(of: old)
      else { continue }
      text.replaceSubrange(size, with: "\"bytes\": \(bytes.count)")
      let rows = "\"rows\": \(file["rows"]?.int ?? -1)"
      guard file["rows"] != nil, let count = text[place.upperBound...].firstRange(of: rows) else {
        continue
      }
      text.replaceSubrange(count, with: "\"rows\": \(bytes.count { $0 == 0x0A })")
    }
    try dataset.folder.write(text, to: "out/manifest.json")
  }

  @Test(arguments: [
    "{dialect: messages}", "{dialect: messages, shard_rows: 4, compression: gzip}",
    "{dialect: prompt-completion, form: standard}, {dialect: mlx}, {dialect: vertex-gemini}",
  ])
  func `a dataset as it was published has no problems`(emit: String) async throws {
    try await build(emit)
    for threads in [1, 3] {
      let result = try await verified(threads: threads)
      #expect(result.problems.map(\.description) == [])
      #expect(result.isValid)
      #expect(result.provedPairs == 3)
    }
  }

  @Test func `missing, added, truncated and changed files are named`() async throws {
    try await build()
    try dataset.folder.write("x", to: "out/notes.txt")
    try write(
      [lines("messages/test.jsonl").joined().dropLast(3).description], to: "messages/test.jsonl")
    try write(
      lines("messages/train.jsonl").map { $0.replacing("w3x1", with: "w3x2") },
      to: "messages/train.jsonl")
    try dataset.folder.remove("out/README.md")
    let found = try await messages()
    #expect(found.contains("out/README.md: error: the file is missing"))
    #expect(found.contains("out/notes.txt: error: the file is not in the manifest"))
    #expect(
      found.contains(
        "out/messages/test.jsonl: error: the file is 3 bytes shorter than it was written"))
    #expect(
      found.contains("out/messages/train.jsonl: error: the file has changed since it was written"))
  }

  @Test func `a row moved from train to test is found, with digests put right too`() async throws {
    try await build()
    for folder in ["messages", "provenance"] {
      var train = lines("\(folder)/train.jsonl")
      let row = train.remove(at: 2).replacing("\"split\":\"train\"", with: "\"split\":\"test\"")
      try write(train, to: "\(folder)/train.jsonl")
      try write(lines("\(folder)/test.jsonl") + [row], to: "\(folder)/test.jsonl")
    }
    #expect(try await messages().count { $0.contains("longer than it was written") } == 2)
    try fixDigests()
    let found = try await messages()
    #expect(!found.contains { $0.contains("bytes") || $0.contains("changed since") })
    #expect(
      found.contains { $0.contains("messages has 29 rows of train, and the manifest counts 30") })
    #expect(found.contains("out/proof.json: error: 'splits' is not what the rows say"))
  }

  @Test func `a row moved in the dialect alone is found`() async throws {
    try await build()
    var train = lines("messages/train.jsonl")
    let row = train.removeLast()
    try write(train, to: "messages/train.jsonl")
    try write(lines("messages/test.jsonl") + [row], to: "messages/test.jsonl")
    try fixDigests()
    #expect(try await messages().contains { $0.contains("are not one for one") })
  }

  @Test func `rows exchanged between splits are found`() async throws {
    try await build()
    var train = lines("messages/train.jsonl")
    var test = lines("messages/test.jsonl")
    (train[0], test[0]) = (test[0], train[0])
    try write(train, to: "messages/train.jsonl")
    try write(test, to: "messages/test.jsonl")
    try fixDigests()
    #expect(try await messages() == ["out/proof.json: error: 'splits' is not what the rows say"])
  }

  @Test func `a test row copied into train is found by the proof`() async throws {
    try await build()
    for folder in ["messages", "provenance"] {
      let row = lines("\(folder)/test.jsonl")[0]
        .replacing("\"split\":\"test\"", with: "\"split\":\"train\"")
      try write(lines("\(folder)/train.jsonl") + [row], to: "\(folder)/train.jsonl")
    }
    try fixDigests()
    let found = try await messages()
    for key in ["disjoint", "splits", "pairs", "highest"] {
      #expect(found.contains("out/proof.json: error: '\(key)' is not what the rows say"))
    }
  }

  @Test func `rows that do not fit, and counts that do not add up, are found`() async throws {
    try await build()
    try write(
      lines("messages/train.jsonl").map { $0.replacing("\"assistant\"", with: "\"helper\"") },
      to: "messages/train.jsonl")
    try fixDigests()
    try dataset.folder.write(
      dataset.folder.text(of: "out/manifest.json").replacing(
        "\"written\": 45", with: "\"written\": 44"),
      to: "out/manifest.json")
    let found = try await messages()
    #expect(
      found.contains(
        "out/messages/train.jsonl:1: error: the row does not fit the dialect's schema"))
    #expect(found.contains { $0.contains("source 'q' read 45 records, but wrote 44") })
  }

  @Test func `no manifest, a damaged one, and one that leads elsewhere are refused`() async throws {
    try await build()
    let text = dataset.folder.text(of: "out/manifest.json")
    try dataset.folder.write(
      text.replacing("\"README.md\"", with: "\"../README.md\""), to: "out/manifest.json")
    #expect(try await messages().first?.contains("a listed path leads out of the dataset") == true)
    try dataset.folder.write(
      text.replacing("\"version\": 1", with: "\"version\": 2"), to: "out/manifest.json")
    #expect(try await !messages().isEmpty)
    try dataset.folder.remove("out/manifest.json")
    await #expect(throws: Diagnostic.self) { try await verified() }
  }

  @Test(arguments: [("It is", "it is"), (" a3x1 ", " a3x1, "), ("w4x1 ", "w4x1  ")])
  func `a change of case, punctuation or blanks is found`(old: String, new: String) async throws {
    try await build("{dialect: messages}, {dialect: nemo}, {dialect: alpaca}, {dialect: bedrock}")
    let rows = lines("messages/train.jsonl")
    let place = try #require(rows.firstIndex { $0.contains(old) })
    var changed = rows
    changed[place] = rows[place].replacing(old, with: new)
    try write(changed, to: "messages/train.jsonl")
    try fixDigests()
    let found = try await messages()
    #expect(found.contains("out/proof.json: error: 'splits' is not what the rows say"))
    #expect(
      found.contains(
        "out/messages/train.jsonl:\(place + 1): error: the row is not the example that the other "
          + "dialects have in its place") || found.contains { $0.contains("nor are") })
  }

  @Test func `a text changed in a later dialect is found at its line`() async throws {
    try await build("{dialect: messages}, {dialect: prompt-completion, form: standard}")
    var rows = lines("prompt-completion/test.jsonl")
    rows[4] = rows[4].replacing("It is", with: "It is not")
    try write(rows, to: "prompt-completion/test.jsonl")
    try fixDigests()
    #expect(
      try await messages() == [
        "out/prompt-completion/test.jsonl:5: error: the row is not the example that the other "
          + "dialects have in its place"
      ])
  }

  @Test func `a dialect that rephrases does not hide a change in another`() async throws {
    try await build("{dialect: alpaca}, {dialect: messages}, {dialect: nemo}")
    // Rows without the instruction are compared with no others.
    let rephrased = lines("alpaca/test.jsonl").map { _ in "{\"inputs\":\"q\",\"targets\":\"a\"}\n" }
    try write(rephrased, to: "alpaca/test.jsonl")
    var rows = lines("nemo/test.jsonl")
    rows[4] = rows[4].replacing("It is", with: "It is not")
    try write(rows, to: "nemo/test.jsonl")
    try fixDigests()
    #expect(try await messages().contains { $0.hasPrefix("out/nemo/test.jsonl:5: error: the row") })
  }

  @Test func `a rejected answer is the same in all forms of preferences`() throws {
    let rows = [
      #"{"prompt":"q","chosen":"a","rejected":"b"}"#,
      #"{"prompt":"q","chosen":" a","rejected":" b"}"#,
      #"{"prompt":[],"chosen":[],"rejected":[{"role":"assistant","content":"b"}]}"#,
      #"{"conversations":[],"chosen":{"from":"gpt","value":"a"},"rejected":{"from":"gpt","value":"b"}}"#,
      #"{"input":{"messages":[]},"preferred_output":[],"non_preferred_output":[{"content":"b"}]}"#,
    ]
    let hashes = try rows.map {
      PublishedTurns(try JSONDocument(parsing: Array($0.utf8)).root).rejectedHash
    }
    #expect(Set(hashes).count == 1)
    #expect(hashes[0] != 0)
    let other = #"{"prompt":"q","chosen":"a","rejected":"B"}"#
    let plain = #"{"prompt":"q","completion":"a"}"#
    #expect(
      PublishedTurns(try JSONDocument(parsing: Array(other.utf8)).root).rejectedHash != hashes[0])
    #expect(PublishedTurns(try JSONDocument(parsing: Array(plain.utf8)).root).rejectedHash == 0)
  }

  @Test(arguments: ["5000000000000000000", "1000000000001"])
  func `counts that no dataset has are refused`(count: String) async throws {
    try await build()
    let text = dataset.folder.text(of: "out/manifest.json")
    try dataset.folder.write(
      text.replacing("\"rows\": 30", with: "\"rows\": \(count)"), to: "out/manifest.json")
    #expect(try await messages().contains { $0.contains("out/manifest.json") })
    #expect(throws: PipelineError.self) { try PublishedDataset(dataset.folder("out")) }
    #expect([Int.max, 1, 2].saturatingSum == .max)
  }

  @Test func `a proof by other settings than the recipe asks for is found`() async throws {
    try await build()
    let proof = dataset.folder.text(of: "out/proof.json")
    try dataset.folder.write(
      proof.replacing("\"threshold\": 0.8", with: "\"threshold\": 0.95"), to: "out/proof.json")
    try fixDigests()
    #expect(
      try await messages().contains(
        "out/proof.json: error: 'compared' is not what recipe.lock.yaml asks for"))
  }

  @Test func `no message says that nothing was published`() async throws {
    try await build()
    try write(Array(lines("messages/train.jsonl").dropLast()), to: "messages/train.jsonl")
    try fixDigests()
    let result = try await verified()
    #expect(!result.isValid)
    #expect(!result.problems.contains { $0.description.contains("published;") })
    #expect(!result.problems.contains { $0.description.contains("nothing was published") })
  }

  @Test func `messages hold no text of the dataset`() async throws {
    try await build()
    try write(
      lines("messages/train.jsonl").map { $0.replacing("messages", with: "mess") },
      to: "messages/train.jsonl")
    try fixDigests()
    let result = try await verified()
    #expect(!result.isValid)
    #expect(!result.problems.contains { $0.description.contains("w1x") })
  }
}
