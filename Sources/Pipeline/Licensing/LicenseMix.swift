import Emitters
import Recipes
import Records

/// Whether what a build holds may stand in one file, if the file is to be passed on.
enum LicenseMix {
  /// The problem of sources whose share-alike terms do not go together; nil where they may be mixed.
  static func problem(of sources: [PlannedSource], in recipe: Recipe) -> Diagnostic? {
    guard recipe.use == .redistribution else { return nil }
    let licensed = sources.compactMap { source in
      source.licensing.licenses.map { (source: source, licenses: $0) }
    }
    guard case .incompatible(let licenses) = ruling(on: licensed.map(\.licenses)) else {
      return nil
    }
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
      case .incompatible(let parties) = ruling(on: licenses)
    else { return nil }
    let ids = parties.map(\.rawValue).joined(separator: ", ")
    return Diagnostic(
      "the records are under \(ids), which cannot be passed on in one file", hint: hint)
  }

  static func ruling(on licenses: [Licenses]) -> LicenseCompatibility.Ruling {
    LicenseCompatibility.ruling(on: licenses.flatMap(\.all))
  }

  private static let hint =
    "remove all but one of them, give each a recipe of its own, or set 'use: research' and keep the "
    + "output to yourself"
}
