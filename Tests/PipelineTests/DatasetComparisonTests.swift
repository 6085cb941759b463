import Formats
import Records
import Schemas
import Stages
import TestSupport
import Testing

@testable import Pipeline
@testable import Stages

/// What `materia diff` finds between two builds.
struct DatasetComparisonTests {
  private let dataset: SplitDataset
  private let rows: [SplitDataset.Row]

  init() throws {
    rows =
      SplitDataset.questions(0..<30, split: "train")
      + SplitDataset.questions(30..<36, split: "validation")
      + SplitDataset.questions(36..<45, split: "test")
    dataset = try SplitDataset(rows)
  }

  private static let plain = "{dialect: messages}"

  /// Builds the rows into a folder.
  private func build(
    _ rows: [SplitDataset.Row], to folder: String, stages: String = "[]", emit: String = plain
  ) async throws {
    try dataset.write(rows)
    _ = try await dataset.build(dataset.recipe(stages: stages, emit: emit), to: folder)
  }

  private func differences(
    limit: Int? = 10, showsText: Bool = false, threads: Int = 2, memoryBytes: Int = 1 << 30
  ) async throws -> DatasetDifferences {
    try await DatasetComparison(
      dataset.folder("a"), dataset.folder("b"), threads: threads, memoryBytes: memoryBytes,
      limit: limit, showsText: showsText
    ).differences()
  }

  /// Each kind that occurs, with its records as `id before>after`.
  private func kinds(_ found: DatasetDifferences) -> [String: [String]] {
    Dictionary(
      found.records.filter { $0.count > 0 }.map { kind in
        (
          kind.kind.rawValue,
          kind.listed.map { "\($0.id) \($0.before ?? "")>\($0.after ?? "")" }
        )
      }, uniquingKeysWith: +)
  }

  @Test func `of two versions of a record each is compared with its like`() {
    let id = Digest128(of: "abstracts:1")
    let old = RecordFacts(key: id, rank: RecordFacts.rejectedRank, label: 1, row: 0)
    let kept = RecordFacts(key: id, rank: 0, label: 0, examples: 1, text: 7, row: 5)
    var rewritten = kept
    rewritten.text = 8
    var table = RecordTable([old, kept])

    #expect(table.match(rewritten)?.row == 5)
    #expect(table.match(old)?.row == 0)
    #expect(table.unmatched.isEmpty)
  }

  @Test func `a record of very many examples is counted`() {
    let one = RecordFacts(key: Digest128(of: "q:1"), rank: 0, label: 0, examples: 1, row: 0)
    var facts = one
    for _ in 0..<70_000 { facts.add(one) }
    #expect(facts.examples == 70_001)
    var names = NameTable()
    for number in 0..<70_000 { _ = names.place(of: "\(number)") }
    #expect(names.name(names.place(of: "69999")) == "69999")
  }

  @Test func `the same build in another folder is the same`() async throws {
    try await build(rows, to: "a")
    try await build(rows, to: "b")
    let found = try await differences()
    #expect(found.isSame)
    #expect(try JSON(parsing: found.json)["same"]?.bool == true)
  }

  @Test func `records added, removed, changed and moved are told by kind`() async throws {
    try await build(rows, to: "a")
    var changed = rows
    changed[0].answer += " Indeed."
    changed[1].split = "test"
    changed[40].split = "train"
    changed[31].split = "test"
    changed.remove(at: 5)
    changed += SplitDataset.questions(60..<61, split: "train")
    try await build(changed, to: "b")
    for (threads, memory) in [(1, 1 << 30), (3, 1 << 10)] {
      let found = try await differences(threads: threads, memoryBytes: memory)
      #expect(
        kinds(found) == [
          "held-out-to-train": ["q:40 test>train"], "train-to-held-out": ["q:1 train>test"],
          "moved": ["q:31 validation>test"], "added": ["q:60 >train"], "removed": ["q:5 train>"],
          "text": ["q:0 >"],
        ])
      #expect(!found.isSame)
      #expect(found.recipe == [])
      #expect(found.inputs.map(\.path) == ["q/q.jsonl"])
      #expect(found.before.kept == 45)
      #expect(found.after.kept == 45)
    }
  }

  /// Rows drawn by chance, against a join of the rows themselves.
  @Test(arguments: 1...3) func `chance changes are all told, and no others`(
    seed: UInt64
  ) async throws {
    var chance = SplitMix64(seed: seed)
    let splits = ["train", "validation", "test"]
    func draw() -> [String: SplitDataset.Row] {
      let drawn = SplitDataset.questions(0..<40).filter { _ in
        Int.random(in: 0..<5, using: &chance) > 0
      }
      .map { row in
        var row = row
        row.split = splits[Int.random(in: 0..<3, using: &chance)]
        if Int.random(in: 0..<4, using: &chance) == 0 { row.answer += " Indeed." }
        return row
      }
      return Dictionary(drawn.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    }
    let (first, second) = (draw(), draw())
    try await build(first.keys.sorted().compactMap { first[$0] }, to: "a")
    try await build(second.keys.sorted().compactMap { second[$0] }, to: "b")
    var wanted: [String: Set<String>] = [:]
    for id in Set(first.keys).union(second.keys) {
      switch (first[id], second[id]) {
      case (let old?, let new?):
        if old.split != new.split {
          let kind =
            new.split == "train"
            ? "held-out-to-train" : old.split == "train" ? "train-to-held-out" : "moved"
          wanted[kind, default: []].insert("q:\(id)")
        }
        if old.answer != new.answer { wanted["text", default: []].insert("q:\(id)") }
      case (_?, nil): wanted["removed", default: []].insert("q:\(id)")
      default: wanted["added", default: []].insert("q:\(id)")
      }
    }
    for memory in [1 << 30, 1 << 11] {
      let found = try await differences(limit: nil, memoryBytes: memory)
      let kinds = found.records.filter { $0.count > 0 }.map { kind in
        (kind.kind.rawValue, Set(kind.listed.map(\.id)))
      }
      #expect(Dictionary(kinds, uniquingKeysWith: { $1 }) == wanted)
      #expect(found.records.allSatisfy { $0.count == $0.listed.count })
    }
  }

  @Test func `rejections, their reasons and their copies are told`() async throws {
    var first = rows
    for place in [0, 2, 3] { first[place].answer = "It is short." }
    first[2].question = first[3].question
    try await build(first, to: "a", stages: "[{deduplicate: {exact: true, near: false}}]")
    try await build(
      first, to: "b",
      stages:
        "[{filter: {field: answer, min_words: 9}}, {deduplicate: {exact: true, near: false}}]")
    let found = try await differences(limit: 2)
    let kinds = kinds(found)
    #expect(kinds["now-rejected"]?.first == "q:0 train>too-short")
    #expect(kinds["reason"]?.map { String($0.dropFirst(3)) } == [" exact-duplicate>too-short"])
    #expect(found.records.first { $0.kind == .nowRejected }?.listed.count == 2)
    #expect(
      found.recipe.map(\.path) == [
        "stages.filter.field", "stages.filter.min_words", "stages.filter.retracted",
      ])
  }

  @Test func `compressed shards are compared with plain files`() async throws {
    try await build(rows, to: "a")
    var changed = rows
    changed[7].answer += " Indeed."
    try await build(
      changed, to: "b", emit: "{dialect: messages, shard_rows: 4, compression: gzip}")
    #expect(kinds(try await differences()) == ["text": ["q:7 >"]])
  }

  @Test func `dialects that only one has are said not to be compared`() async throws {
    try await build(rows, to: "a")
    try await build(rows, to: "b", emit: "{dialect: alpaca}")
    let found = try await differences()
    #expect(found.dialect == nil)
    #expect(kinds(found) == [:])
    #expect(!found.isSame)
  }

  @Test func `texts are shown only when they are asked for`() async throws {
    try await build(rows, to: "a")
    var changed = rows
    changed[0].answer = "Something else."
    try await build(changed, to: "b")
    let silent = try await differences()
    #expect(!silent.json.contains("Something else"))
    let shown = try await differences(showsText: true)
    let record = try #require(shown.records.first { $0.kind == .text }?.listed.first)
    #expect(record.rowBefore?.contains("a0x1") == true)
    #expect(record.rowAfter?.contains("Something else.") == true)
  }

  @Test func `the result fits its schema`() async throws {
    try await build(rows, to: "a")
    try await build(
      Array(rows.dropFirst(3)), to: "b", emit: "{dialect: alpaca}, {dialect: messages}")
    let found = try await differences(limit: nil, showsText: true)
    let document = try JSONDocument(parsing: Array(found.json.utf8))
    #expect(try Schema(embedded: "diff").problems(in: document.root).map(\.message) == [])
  }

  @Test func `a folder that is no dataset is a usage error`() throws {
    let error = #expect(throws: PipelineError.self) {
      try DatasetComparison(
        dataset.folder("x"), dataset.folder("y"), threads: 1, memoryBytes: 1 << 20, limit: 1,
        showsText: false)
    }
    #expect(error?.exitCode == 2)
  }
}

/// Trees of settings as paths and values.
struct FlatValuesTests {
  private func values(_ text: String) throws -> [String: String] {
    FlatValues(try JSON(parsing: text)).values
  }

  @Test func `elements are known by their names, stages by their keys`() throws {
    #expect(
      try values(
        #"{"sources":[{"name":"a","n":1}],"stages":[{"filter":{"x":2}},{"filter":{"x":3}}],"l":["p","q"]}"#
      ) == [
        "sources.a.name": "a", "sources.a.n": "1", "stages.filter.x": "2", "stages.filter#2.x": "3",
        "l": "p, q",
      ])
  }

  @Test func `changes are told with what was and what is`() throws {
    let one = FlatValues(try JSON(parsing: #"{"a":1,"b":2}"#))
    let two = FlatValues(try JSON(parsing: #"{"b":3,"c":4}"#))
    #expect(
      one.changes(to: two) == [
        ValueChange(path: "a", before: "1", after: nil),
        ValueChange(path: "b", before: "2", after: "3"),
        ValueChange(path: "c", before: nil, after: "4"),
      ])
  }
}
