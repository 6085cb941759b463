import Emitters
import Recipes
import Records

/// Whether what a build holds may stand in one file, if the file is to be passed on; with
/// `shards: license` in every dialect, rows of other licences stand in other files.
enum LicenseMix {
  /// The problem of sources whose share-alike terms do not go together; nil where they may be mixed.
  static func problem(of sources: [PlannedSource], in recipe: Recipe) -> Diagnostic? {
    guard recipe.use == .redistribution else { return nil }
    let licensed = sources.compactMap { source in
      source.licensing.licenses.map { (source: source, licenses: $0) }
    }
    guard case .incompatible(let licenses) = ruling(on: licensed.map(\.licenses), in: recipe)
    else { return nil }
    let parties = licensed.filter { $0.licenses.all.contains(where: licenses.contains) }
    let names = parties.map { "'\($0.source.name)' (\($0.licenses.expression))" }
    return Diagnostic(
      at: parties.last?.source.licensing.position ?? Position(),
      "sources \(names.joined(separator: ", ")) cannot be passed on in one file: no terms are "
        + "those that all of them ask for", hint: hint)
  }

  /// The problem of what was written: articles bring licences that the recipe does not name.
  static func problem(of licenses: [Licenses], in recipe: Recipe) -> Diagnostic? {
    guard recipe.use == .redistribution,
      case .incompatible(let parties) = ruling(on: licenses, in: recipe)
    else { return nil }
    let ids = parties.map(\.rawValue).joined(separator: ", ")
    return Diagnostic(
      "the records are under \(ids), which cannot be passed on in one file", hint: hint)
  }

  /// The ruling on the file that is the hardest to pass on.
  static func ruling(
    on licenses: [Licenses], in recipe: Recipe
  ) -> LicenseCompatibility.Ruling {
    guard recipe.emissions.allSatisfy(\.isPartedByLicense) else {
      return LicenseCompatibility.ruling(on: licenses.flatMap(\.all))
    }
    let rulings = licenses.map { LicenseCompatibility.ruling(on: $0.all) }
    return rulings.first { if case .incompatible = $0 { true } else { false } } ?? .free
  }

  private static let hint =
    "remove all but one of them, write 'shards: license' in every dialect, give each a recipe of its "
    + "own, or set 'use: research' and keep the output to yourself"
}
