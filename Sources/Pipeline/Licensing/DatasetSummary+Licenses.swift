import Emitters
import Records
import Stages

extension DatasetSummary {
  /// Takes in what the records of a source say of their licences, and what is to be told of it.
  mutating func take(
    _ source: PlannedSource, _ tally: SourceTally, _ records: Int, _ plan: BuildPlan
  ) {
    let conflicts = source.licenseConflicts(tally, records: records)
    licenseConflicts += conflicts
    warnings += conflicts.warnings(of: source.name)
    if let warning = source.providerWarning(tally, plan.stages.gate.providerDialects) {
      warnings.append(warning)
    }
    if !source.namesWorks, tally.licenses.keys.contains(where: \.asksToNameAuthors) {
      attributions.unnamed.insert(source.name)
    }
  }
}

extension [Manifest.LicenseConflict] {
  /// One warning for each ruling: its records, and where to read more.
  fileprivate func warnings(of source: String) -> [Diagnostic] {
    Manifest.LicenseConflict.Ruling.allCases.compactMap { ruling in
      let matching = filter { $0.ruling == ruling }
      guard let first = matching.first else { return nil }
      let records = matching.reduce(0) { $0 + $1.records }
      let count = "\(records) \(records == 1 ? "record" : "records")"
      let what =
        switch ruling {
        case .record: "\(count) state a licence that is not the recipe's; their own holds"
        case .strongestStatement:
          "\(count) state two licences; the one of the address or code holds"
        case .recipeStricter:
          "\(first.found) is declared by the corpus; \(first.kept) holds, as it asks for no less"
        case .recipeEvidence:
          "\(first.found) is declared by the corpus; \(first.kept) of the recipe holds by its evidence"
        }
      return Diagnostic(
        "source '\(source)': \(what) (license_conflicts in manifest.json)", severity: .warning)
    }
  }
}

extension BuildPlan {
  /// Whether all that was written may be passed on, and in one file.
  func isRedistributable(_ tallies: [String: SourceTally]) -> Bool {
    let licenses = tallies.values.flatMap(\.allLicenses)
    guard licenses.allSatisfy(\.isRedistributable) else { return false }
    if case .incompatible = LicenseMix.ruling(on: licenses, in: recipe) { return false }
    return true
  }
}

extension SourceTally {
  /// The licences of all records and examples.
  fileprivate var allLicenses: [Licenses] {
    Array(licenses.keys) + Array(exampleLicenses.keys)
  }
}

extension DatasetWriter {
  /// The licences of all that was written, in a fixed order.
  var licenses: [Licenses] { Set(tallies.values.flatMap(\.allLicenses)).sorted() }
}
