import Records
import TestSupport
import Testing

@testable import Pipeline

/// What is said of fields that a recipe names and no record has, and of shares that cannot be met.
struct RecipeFieldsTests {
  private let dataset: SplitDataset

  init() throws {
    dataset = try SplitDataset(SplitDataset.questions(0..<40))
  }

  private func problems(_ recipe: String) async -> [String] {
    do {
      return try await dataset.build(recipe).report.warnings.map(\.message)
    } catch let error as PipelineError {
      return error.diagnostics.map {
        ($0.description.split(separator: "r.yaml").last.map(String.init) ?? "")
      }
    } catch {
      return ["\(error)"]
    }
  }

  @Test(arguments: [
    ("[{filter: {field: anwser, min_words: 2}}]", "anwser"),
    ("[{deduplicate: {exact: [answer, qestion]}}]", "qestion"),
    ("[{deduplicate: {near: {field: [answer, contexts]}}}]", "contexts"),
  ])
  func `a field that no source has is an error at its place`(
    stages: String, field: String
  ) async throws {
    let found = await problems(try dataset.recipe(stages: stages))
    #expect(found.count == 1)
    let message = try #require(found.first)
    #expect(
      message.contains(
        "error: there is no field '\(field)' in records of shape question-answer"))
    #expect(message.hasPrefix(":11:"))
    #expect(message.contains("hint: did you mean"))
  }

  @Test func `fields that are there are taken`() async throws {
    #expect(
      await problems(
        try dataset.recipe(
          stages: "[{filter: {field: answer, min_words: 2}}, {deduplicate: {exact: [question]}}]"))
        == [])
  }

  @Test func `strata that no record has are an error once the records were read`() async throws {
    let found = await problems(
      try dataset.recipe(split: "{train: 0.8, test: 0.2, stratify: focuss}"))
    #expect(found.count == 1)
    #expect(
      found.first?.contains("error: no record has a field or a tag 'focuss' to stratify by") == true
    )
    #expect(found.first?.contains("did you mean 'focus'?") == true)
  }

  @Test func `shares that chance does not explain are told`() {
    func warning(_ counts: [Int], tolerance: Double? = nil) -> String? {
      SplitShares(
        counts: counts, wanted: [0.8, 0.1, 0.1], tolerance: tolerance, isBalanced: false
      ).warning?.message
    }
    #expect(warning([800, 100, 100]) == nil)
    #expect(warning([16, 4, 0]) == nil)
    #expect(warning([780, 120, 100]) == nil)
    #expect(
      warning([990, 10, 0])
        == "the splits' shares are far from those asked for: train 0.9900 for 0.8000, validation "
        + "0.0100 for 0.1000, test 0.0000 for 0.1000")
    #expect(warning([780, 120, 100], tolerance: 0.01)?.contains("off by more than 0.0100") == true)
  }
}
