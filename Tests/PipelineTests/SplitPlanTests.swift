import Formats
import Recipes
import Records
import TestSupport
import Testing

@testable import Pipeline

/// What a recipe's `split` leads to on disk, beyond plain fractions.
struct SplitPlanTests {
  private func ids(_ split: Split, in dataset: SplitDataset, _ output: String = "out") throws
    -> Set<String>
  {
    Set(
      try dataset.folder.text(of: "\(output)/provenance/\(split.rawValue).jsonl")
        .split(separator: "\n").compactMap { try JSON(parsing: String($0))["id"]?.string })
  }

  private func manifest(of dataset: SplitDataset) throws -> JSON {
    try JSON(parsing: dataset.folder.bytes(of: "out/manifest.json"))
  }

  /// 300 questions of 40 patients, a third of them of four patients.
  private func skewed() throws -> SplitDataset {
    var rows = SplitDataset.questions(0..<300)
    for place in rows.indices {
      rows[place].patient = place < 100 ? "big \(place % 4)" : "p\(place % 36)"
    }
    return try SplitDataset(rows)
  }

  @Test func `every record is of test in exactly one fold, and the folds share no patient`()
    async throws
  {
    let dataset = try skewed()
    var tests: [String: Int] = [:]
    for fold in 0..<4 {
      let (_, proof) = try await dataset.build(
        dataset.recipe(split: "{folds: 4, fold: \(fold), validation: 0.2}"))
      #expect(proof["groups"]?["in_two_splits"]?.int == 0)
      let test = try ids(.test, in: dataset)
      for id in test { tests[id, default: 0] += 1 }
      let train = try ids(.train, in: dataset)
      let validation = try ids(.validation, in: dataset)
      #expect(train.count + validation.count + test.count == 300)
      #expect(!validation.isEmpty)
    }
    #expect(tests.count == 300)
    #expect(tests.values.allSatisfy { $0 == 1 })
  }

  @Test func `folds leave published splits aside, unless they are asked for`() async throws {
    let dataset = try SplitDataset(SplitDataset.questions(0..<60, split: "test"))
    _ = try await dataset.build(dataset.recipe(split: "{folds: 3}"))
    #expect(try !ids(.train, in: dataset).isEmpty)
    _ = try await dataset.build(
      dataset.recipe(split: "{folds: 3, official: honour}", stages: "[]"), to: "out2")
    #expect(try ids(.test, in: dataset, "out2").count == 60)
  }

  @Test func `a share that is off is warned of, and balanced when the recipe says so`()
    async throws
  {
    let dataset = try skewed()
    let fractions = "train: 0.7, validation: 0.15, test: 0.15, tolerance: 0.01"
    let chance = try await dataset.build(dataset.recipe(split: "{\(fractions)}"))
    let shares = try #require(try manifest(of: dataset)["shares"])
    #expect(shares["met"] == .bool(false))
    #expect(shares["train"]?["wanted"]?.numberText == "0.7000")
    #expect(
      chance.report.warnings.contains {
        $0.message.contains("the splits' shares are off by more than 0.0100")
          && $0.hint?.contains("balance: true") == true
      })
    let balanced = try await dataset.build(
      dataset.recipe(split: "{\(fractions), balance: true}"))
    #expect(try manifest(of: dataset)["shares"]?["met"] == .bool(true))
    #expect(!balanced.report.warnings.contains { $0.message.contains("off by more") })
    #expect(balanced.proof["groups"]?["in_two_splits"]?.int == 0)
    let rows = try ids(.train, in: dataset).count
    #expect(abs(rows - 210) <= 3)
    let reason = try #require(
      dataset.folder.text(of: "out/provenance/train.jsonl").split(separator: "\n").first)
    #expect(reason.contains("\"split_reason\":\"group-balanced\""))
  }

  @Test func `shares are met within each source`() async throws {
    let dataset = try SplitDataset(SplitDataset.questions(0..<200))
    try dataset.write(SplitDataset.questions(200..<220), to: "rare/r.jsonl")
    let recipe = try dataset.recipe(
      split: "{train: 0.5, test: 0.5, stratify: source, tolerance: 0.01}")
    let text = dataset.folder.text(of: "r.yaml").replacing(
      "stages:",
      with: """
          - name: r
            corpus: jsonl
            path: rare
            license: CC0-1.0
            shape: question-answer
            fields: {id: id, question: q, answer: a}
        stages:
        """
    ).replacing("for: q", with: "for: [q, r]")
    try dataset.folder.write(text, to: "r.yaml")
    _ = try await dataset.build(recipe)
    let test = try ids(.test, in: dataset)
    #expect(abs(test.count { $0.hasPrefix("r:") } - 10) <= 1)
    #expect(abs(test.count { $0.hasPrefix("q:") } - 100) <= 2)
  }

  @Test func `a recipe without the new keys says nothing of shares`() async throws {
    let dataset = try skewed()
    _ = try await dataset.build(dataset.recipe(split: "{train: 0.8, test: 0.2}"))
    #expect(try manifest(of: dataset)["shares"] == nil)
    #expect(!dataset.folder.text(of: "out/recipe.lock.yaml").contains("tolerance"))
  }

  @Test(arguments: [
    ("{folds: 4, fold: 4}", "there is no fold 4 of 4"),
    ("{folds: 4, test: 0.1, train: 0.9}", "'test' does not go with 'folds'"),
    ("{train: 1, fold: 1}", "'fold' needs 'folds', their number"),
  ])
  func `folds that cannot be are refused at their place`(split: String, message: String) throws {
    let dataset = try SplitDataset(SplitDataset.questions(0..<3))
    let recipe = try dataset.recipe(split: split)
    #expect {
      try Recipe.load(from: recipe)
    } throws: { error in
      (error as? RecipeProblems)?.problems.contains {
        $0.message == message && $0.position.line == 12
      } == true
    }
  }
}
