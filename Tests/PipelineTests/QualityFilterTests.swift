import Formats
import Recipes
import Records
import Schemas
import Testing

@testable import Pipeline
@testable import Recipes
@testable import Stages

struct QualityFilterTests {
  /// The keys that a recipe's filter may have.
  private func filterKeys() throws -> (bounds: Set<String>, flaws: [String]) {
    let schema = try JSON(parsing: try #require(EmbeddedFiles.schema(named: "recipe")))
    let filter = schema["$defs"]?["filter"]?["properties"]
    let keys = (filter?.members ?? []).map(\.key).filter {
      ($0.hasPrefix("min_") || $0.hasPrefix("max_")) && !$0.hasSuffix("_year")
    }
    let flaws = filter?["reject"]?["items"]?["enum"]?.array?.compactMap(\.string) ?? []
    return (Set(keys), flaws)
  }

  @Test func `recipes have a key for every measure and flaw, and no other`() throws {
    let known = MeasureRegistry.all.flatMap { measure in
      (measure.low == nil ? [] : ["min_\(measure.name)"])
        + (measure.high == nil ? [] : ["max_\(measure.name)"])
    }
    let keys = try filterKeys()
    #expect(keys.bounds == Set(known))
    #expect(keys.flaws == FlawRegistry.all.map(\.name))
  }

  @Test func `a profile bounds what the recipe does not`() throws {
    var recipe = Recipe.Filter()
    recipe.profile = "gopher"
    recipe.minimumWords = 5
    recipe.bounds = [Recipe.Filter.Bound(measure: "top_2grams", most: 0.5)]
    let filter = RecordFilter(recipe)
    let bounds = filter.bounds.map { "\($0.measure.name) \($0.least ?? -1) \($0.most ?? -1)" }
    #expect(bounds.count == 20)
    #expect(bounds.contains("top_2grams -1.0 0.5"))
    #expect(bounds.contains("repeated_10grams -1.0 0.1"))
    #expect(!bounds.contains { $0.hasPrefix("words ") })
  }
}
