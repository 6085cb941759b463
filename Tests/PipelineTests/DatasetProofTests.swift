import Formats
import Records
import Schemas
import TestSupport
import Testing

@testable import Pipeline

/// What `proof.json` says of splits, and what stops a build.
struct DatasetProofTests {
  private typealias Row = SplitDataset.Row

  private func phrase(_ number: Int) -> String { SplitDataset.phrase(number) }

  private func clean() -> [Row] {
    SplitDataset.questions(0..<40, split: "train")
      + SplitDataset.questions(40..<50, split: "validation")
      + SplitDataset.questions(50..<60, split: "test")
  }

  @Test func `splits without anything in common are proved apart`() async throws {
    let dataset = try SplitDataset(clean())
    let (report, proof) = try await dataset.build(
      dataset.recipe(stages: "[{deduplicate: {exact: true, near: {threshold: 0.8}}}]"))
    #expect(proof["disjoint"] == .bool(true))
    #expect(proof["highest"] == .null)
    #expect(proof["splits"]?["train"]?["rows"]?.int == 40)
    #expect(proof["stops_at"]?["near"] == .bool(true))
    for (one, two) in [("train", "validation"), ("train", "test"), ("validation", "test")] {
      for measure in ["same_input", "same_passage", "same_output", "copies", "near"] {
        #expect(proof.pair(one, two)?.rows(measure) == [0, 0])
      }
    }
    #expect(report.warnings.isEmpty)
    let problems = try Schema(embedded: "proof").problems(
      in: try JSONDocument(parsing: dataset.folder.bytes(of: "out/proof.json")).root, limit: 9)
    #expect(problems.map(\.diagnostic.message) == [])
  }

  /// Rows that are like others over splits, in every way that is counted.
  private func leaking() -> [Row] {
    var rows = clean()
    rows.append(Row(id: "same-q", split: "test", question: rows[0].question, answer: "No idea."))
    rows.append(Row(id: "same-a", split: "test", question: "Why?", answer: rows[1].answer))
    rows.append(
      Row(
        id: "copy", split: "validation", question: rows[2].question.uppercased(),
        answer: rows[2].answer))
    rows.append(
      Row(
        id: "near", split: "test", question: rows[3].question,
        answer: rows[3].answer + " Or so."))
    rows.append(Row(id: "late", split: "test", question: rows[41].question, answer: "No idea."))
    rows.append(Row(id: "yes-1", split: "train", question: "Is it \(phrase(90))?", answer: "Yes."))
    rows.append(Row(id: "yes-2", split: "test", question: "Is it \(phrase(91))?", answer: "yes"))
    return rows
  }

  @Test func `what splits have in common is counted on both sides, and a warning says so`()
    async throws
  {
    let dataset = try SplitDataset(leaking())
    let (report, proof) = try await dataset.build(dataset.recipe(split: "{train: 1, by: record}"))
    #expect(proof["disjoint"] == .bool(false))
    let test = try #require(proof.pair("train", "test"))
    #expect(test.rows("same_input") == [2, 2])
    #expect(test.rows("same_output") == [2, 2])
    #expect(test.rows("same_long_output") == [1, 1])
    #expect(test.rows("copies") == [0, 0])
    #expect(test.rows("near") == [1, 1])
    let validation = try #require(proof.pair("train", "validation"))
    #expect(validation.rows("copies") == [1, 1])
    #expect(validation.rows("near") == [1, 1])
    #expect(proof.pair("validation", "test")?.rows("same_input") == [1, 1])
    #expect(proof["highest"]?["similarity"]?.numberText == "1.0000")
    #expect(proof["highest"]?["row"]?.int == 3)
    #expect(proof["highest"]?["against"]?.string == "validation")
    #expect(proof["highest"]?["against_row"]?.int == 11)
    let warning = try #require(report.warnings.first { $0.hint?.contains("proof.json") == true })
    #expect(warning.message.contains("1 copied example, "))
  }

  @Test(arguments: [1, 3])
  func `counts do not depend on threads, memory or dialect`(threads: Int) async throws {
    let dataset = try SplitDataset(leaking())
    let usual = try await dataset.build(dataset.recipe(split: "{train: 1, by: record}")).proof
    for dialect in [
      "messages, shard_rows: 7, compression: gzip", "alpaca", "sharegpt", "prompt-completion",
      "prompt-completion, form: standard",
    ] {
      let recipe = try dataset.recipe(
        split: "{train: 1, by: record}", emit: "{dialect: \(dialect)}")
      let other = try await dataset.build(
        recipe, threads: threads, memoryBytes: 10_000, to: "other"
      ).proof
      for key in ["pairs", "highest", "splits"] { #expect(other[key] == usual[key], "\(dialect)") }
    }
  }

  @Test func `groups in two splits are counted by kind and row`() async throws {
    var rows =
      SplitDataset.questions(0..<30, split: "train")
      + SplitDataset.questions(30..<40, split: "test")
    for place in rows.indices { rows[place].patient = "p\(place % 35)" }
    let dataset = try SplitDataset(rows)
    let (_, proof) = try await dataset.build(dataset.recipe(split: "{train: 1, by: record}"))
    #expect(proof["groups"]?["in_two_splits"]?.int == 5)
    let groups = try #require(proof.pair("train", "test")?["groups"]?.array?.first)
    #expect(groups["kind"]?.string == "patient")
    #expect(["groups", "rows", "against_rows"].compactMap { groups[$0]?.int } == [5, 5, 5])
  }

  @Test func `test rows are told apart by the file they are from`() async throws {
    var rows = SplitDataset.questions(0..<10, split: "train")
    let dataset = try SplitDataset(rows)
    rows = SplitDataset.questions(20..<25, split: "test")
    rows[0].answer = SplitDataset.questions(0..<1)[0].answer
    try dataset.write(rows, to: "t1.jsonl")
    try dataset.write(SplitDataset.questions(25..<30, split: "test"), to: "t2.jsonl")
    let (_, proof) = try await dataset.build(dataset.recipe())
    let parts = try #require(proof.pair("train", "test")?["parts"]?.array)
    #expect(parts.compactMap { $0["entry"]?.string } == ["t1.jsonl", "t2.jsonl"])
    #expect(parts.map { $0.rows("same_long_output") } == [[1, 1], [0, 0]])
    #expect(parts.compactMap { $0["against_total"]?.int } == [5, 5])
  }

  /// Records that differ in a field that the examples do not show: deduplication sees two, the
  /// trainer sees one twice.
  private func hidden() throws -> SplitDataset {
    var rows = SplitDataset.questions(0..<20, split: "train")
    rows += [Row(id: "x", split: "test", question: rows[4].question, answer: rows[4].answer)]
    return try SplitDataset(rows)
  }

  @Test func `copies over splits stop a build that was to have none, unless they may be reported`()
    async throws
  {
    let dataset = try hidden()
    let stage = "[{deduplicate: {exact: [id, question], near: false}}]"
    let fields = "id: id, split: split, focus: id, question: q, answer: a"
    let exact = stage.replacing("[id, question]", with: "[focus, question]")
    await #expect {
      try await dataset.build(dataset.recipe(stages: exact, fields: fields))
    } throws: { error in
      guard let error = error as? PipelineError else { return false }
      return error.exitCode == 1
        && error.diagnostic.message.contains("1 held-out row is a copy of rows of another split")
    }
    #expect(!dataset.folder.has("out"))
    let (_, proof) = try await dataset.build(
      dataset.recipe(split: "{train: 1, leaks: report}", stages: exact, fields: fields))
    #expect(proof.pair("train", "test")?.rows("copies") == [1, 1])
    #expect(proof["stops_at"]?["copies"] == .bool(false))
  }
}
