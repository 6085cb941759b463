import Recipes
import Stages

extension RecordFilter {
  /// The filter that a recipe writes; names that no registry knows were refused by its schema.
  init(_ recipe: Recipe.Filter) {
    self.init(
      field: recipe.field?.text, minimumWords: recipe.minimumWords,
      maximumWords: recipe.maximumWords,
      minimumCharacters: recipe.minimumCharacters, maximumCharacters: recipe.maximumCharacters,
      languages: recipe.languages, keepsRetracted: recipe.keepsRetracted,
      minimumYear: recipe.minimumYear, maximumYear: recipe.maximumYear,
      includedTags: recipe.includedTags, excludedTags: recipe.excludedTags,
      bounds: Self.bounds(recipe),
      flaws: FlawRegistry.all.filter { recipe.flaws.contains($0.name) },
      rejectsConflicts: recipe.rejectsConflicts)
  }

  /// The recipe's own bounds, and those of its profile for what it does not bound.
  private static func bounds(_ recipe: Recipe.Filter) -> [MeasureBound] {
    var own = Set(recipe.bounds.map(\.measure))
    if recipe.minimumWords != nil || recipe.maximumWords != nil { own.insert("words") }
    let profile = recipe.profile.flatMap([MeasureBound].profile(named:)) ?? []
    let bounds =
      profile.filter { !own.contains($0.measure.name) }
      + recipe.bounds.compactMap { bound in
        MeasureRegistry.measure(named: bound.measure).map {
          MeasureBound(measure: $0, least: bound.least, most: bound.most)
        }
      }
    return MeasureRegistry.all.compactMap { measure in
      bounds.first { $0.measure.name == measure.name }
    }
  }
}
