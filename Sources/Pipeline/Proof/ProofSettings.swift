import Emitters
import Formats
import Recipes
import Stages
import Templates

/// What a proof compares, and what stops publishing: all that `materia verify` needs to repeat it.
struct ProofSettings: Sendable, Equatable {
  /// The dialect whose rows are read; all of them hold the same examples.
  var dialect: String
  var leaks = LeakSettings()
  /// The requests of the wordings, so that requests are compared by what fills them.
  var patterns: [RequestPattern] = []
  /// Whether a group in two splits, a copied example, an example like another stops publishing.
  var requiresGroups = false
  var requiresCopies = false
  var requiresNear = false
}

extension ProofSettings {
  init(_ plan: BuildPlan) {
    dialect = plan.dialects.first?.folder ?? ""
    var seen: Set<String> = []
    patterns = plan.tasks.values.joined().flatMap(\.renderer.requestPatterns)
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
      .filter { seen.insert($0.name).inserted }
    take(plan.recipe)
  }

  /// The settings that a recipe asks for, without its wordings, which the recipe names only.
  init(_ recipe: Recipe) {
    dialect = recipe.emissions.first?.dialect.text ?? ""
    take(recipe)
  }

  private mutating func take(_ recipe: Recipe) {
    let duplicates = recipe.deduplication.map(DuplicateSettings.init)
    if let near = duplicates?.near {
      leaks.threshold = near.threshold
      leaks.shingleWords = near.shingleWords
      leaks.shingleCharacters = near.shingleCharacters
    }
    requiresGroups = recipe.split.isByGroup
    let stopsAtLeaks = recipe.split.stopsAtLeaks
    requiresCopies = stopsAtLeaks && duplicates?.isExact == true
    requiresNear = stopsAtLeaks && duplicates?.near != nil
  }
}

// MARK: As the document has it

extension ProofSettings {
  var method: ProofDocument.Method {
    ProofDocument.Method(
      dialect: dialect, threshold: leaks.threshold, floor: min(LeakSettings.floor, leaks.threshold),
      shingleWords: leaks.shingleWords, shingleCharacters: leaks.shingleCharacters,
      longOutputWords: leaks.longOutputWords, longOutputCharacters: leaks.longOutputCharacters,
      requests: patterns.map { pattern in
        ProofDocument.Request(
          name: pattern.name,
          pieces: pattern.pieces.map { piece in
            switch piece {
            case .literal(let text): (false, text)
            case .slot(let name): (true, name)
            }
          })
      })
  }

  var required: ProofDocument.Required {
    ProofDocument.Required(groups: requiresGroups, copies: requiresCopies, near: requiresNear)
  }

  /// The settings that a `proof.json` states; the schema was checked.
  init(_ document: JSONNode) {
    let compared = document["compared"]
    dialect = compared?["dialect"]?.string ?? ""
    leaks = LeakSettings(
      threshold: compared?["threshold"]?.double ?? 0.8,
      shingleWords: compared?["shingle_words"]?.int ?? 5,
      shingleCharacters: compared?["shingle_characters"]?.int ?? 5,
      longOutputWords: compared?["long_output_words"]?.int ?? 8,
      longOutputCharacters: compared?["long_output_characters"]?.int ?? 30)
    patterns = (compared?["requests"]?.elements.map { $0 } ?? []).map { request in
      RequestPattern(
        name: request["name"]?.string ?? "",
        pieces: (request["pieces"]?.elements.map { $0 } ?? []).map { piece in
          if let slot = piece["slot"]?.string {
            .slot(slot)
          } else {
            .literal(piece["text"]?.string ?? "")
          }
        })
    }
    let required = document["stops_at"]
    requiresGroups = required?["groups"]?.bool ?? false
    requiresCopies = required?["copies"]?.bool ?? false
    requiresNear = required?["near"]?.bool ?? false
  }
}
