import Recipes
import Records
import Stages

/// Checks that the fields which a recipe names are fields of its records.
///
/// A field that a shape lacks is passed over record by record, since a stage is for all sources; one that
/// no source has is a slip of the pen, which would let every record through.
struct RecipeFields {
  private let recipe: Recipe
  private let sources: [PlannedSource]

  init(_ recipe: Recipe, _ sources: [PlannedSource]) {
    self.recipe = recipe
    self.sources = sources
  }

  /// What is named and not there, each at its place.
  var problems: [Diagnostic] {
    // Sources that could not be planned were told; their records might have the fields.
    guard sources.count == recipe.sources.count else { return [] }
    let stages =
      recipe.filters.compactMap(\.field) + (recipe.deduplication?.exactFields ?? [])
      + (recipe.deduplication?.near?.fields ?? [])
    return stages.compactMap { problem(with: $0, in: sources) }
      + sources.compactMap { source in
        recipe.sources.first { $0.name.text == source.name }?.filter?.field
          .flatMap { problem(with: $0, in: [source]) }
      }
  }

  private func problem(with field: Recipe.Name, in sources: [PlannedSource]) -> Diagnostic? {
    let shapes = sources.flatMap(shapes)
    let known = shapes.flatMap(Content.fieldNames)
    guard !known.contains(field.text) else { return nil }
    let names = Set(shapes.map(\.rawValue)).sorted()
    return Diagnostic(
      at: field.position,
      "there is no field '\(field.text)' in records of shape \(names.joined(separator: " or "))",
      hint: NearestName.hint(for: field.text, among: Set(known))
        ?? "there are \(Set(known).sorted().joined(separator: ", "))")
  }

  private func shapes(of source: PlannedSource) -> [Content.Shape] {
    let given = recipe.sources.first { $0.name.text == source.name }?.shape
    return given.map { [$0] } ?? [source.facts.shape] + source.facts.otherShapes
  }
}

extension RecordKeys {
  /// Refuses strata that no record has: tags are known only once the records were read.
  ///
  /// - Throws: `PipelineError.recipe` at the place of the name.
  func requireStrata(of plan: BuildPlan) throws {
    var problems: [Diagnostic] = []
    if let name = plan.recipe.split.stratum, !strata.isEmpty, strata.allSatisfy({ $0 == .nothing })
    {
      problems.append(missing(name, of: "no record"))
    }
    for source in plan.sources {
      guard let name = plan.recipe.mix[source.name]?.stratum else { continue }
      let marks = capStrata.filter { Int(keys[$0.record].source) == source.number }
      guard !marks.isEmpty, marks.allSatisfy({ $0.stratum == Digest128.nothing.high }) else {
        continue
      }
      problems.append(missing(name, of: "no record of '\(source.name)'"))
    }
    guard problems.isEmpty else { throw PipelineError.recipe(problems) }
  }

  private func missing(_ name: Recipe.Name, of records: String) -> Diagnostic {
    let known = ["source", "label"] + Content.Shape.allCases.flatMap(Content.fieldNames)
    return Diagnostic(
      at: name.position, "\(records) has a field or a tag '\(name.text)' to stratify by",
      hint: NearestName.hint(for: name.text, among: Set(known))
        ?? "'materia preview' shows the fields and tags of records")
  }
}

extension Digest128 {
  /// What records without the field have as their stratum.
  fileprivate static let nothing = Digest128(of: "")
}
