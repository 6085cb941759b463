import Emitters
import Records

/// Two statements on the licence of one record that do not agree, and which of them holds.
struct RecordConflict: Sendable, Hashable {
  /// What the record is under.
  var kept: Licenses
  /// The other statement.
  var found: String
  /// Where that stands: `prose`, `list` or `recipe`.
  var evidence: String
  var ruling: Manifest.LicenseConflict.Ruling

  /// The conflicts of a record.
  ///
  /// - Parameter asserted: What its source is read under, where the recipe says something of it.
  static func all(of record: Record, asserted: Licenses?) -> [RecordConflict] {
    var conflicts = record.licenseConflicts.map {
      RecordConflict(
        kept: record.licenses, found: $0.license, evidence: $0.evidence,
        ruling: .strongestStatement)
    }
    if let asserted, !asserted.agrees(with: record.licenses) {
      conflicts.append(
        RecordConflict(
          kept: record.licenses, found: asserted.expression, evidence: "recipe", ruling: .record))
    }
    return conflicts
  }
}

extension PlannedSource {
  /// The conflict of what the recipe says with what the corpus declares, if there is one.
  func licenseConflict(records: Int) -> Manifest.LicenseConflict? {
    guard let asserted = licensing.asserted?.choice, let declared = licensing.declared,
      !asserted.agrees(with: Licenses(declared))
    else { return nil }
    return Manifest.LicenseConflict(
      source: name, kept: (licensing.licenses ?? asserted).expression, found: declared.rawValue,
      evidence: "corpus", records: records,
      ruling: licensing.hasEvidence ? .recipeEvidence : .recipeStricter)
  }

  /// All conflicts of the source's records, in a fixed order.
  func licenseConflicts(_ tally: SourceTally, records: Int) -> [Manifest.LicenseConflict] {
    let ofRecords = tally.conflicts.map { conflict, count in
      Manifest.LicenseConflict(
        source: name, kept: conflict.kept.expression, found: conflict.found,
        evidence: conflict.evidence, records: count, ruling: conflict.ruling)
    }
    return [licenseConflict(records: records)].compactMap { $0 } + ofRecords.sorted()
  }

  /// What the user must read before the records are sent to a provider.
  func providerWarning(_ tally: SourceTally, _ dialects: [String]) -> Diagnostic? {
    let terms = Licenses(
      tally.licenses.keys.flatMap(\.all).filter {
        LicenseClassFacts.of($0.licenseClass).providers == .warn
      })
    guard let terms, !dialects.isEmpty else { return nil }
    let ids = terms.all.map(\.rawValue).joined(separator: ", ")
    return Diagnostic(
      "source '\(name)' holds records under \(ids); read these terms before "
        + "\(dialects.joined(separator: ", ")) is sent to a provider", severity: .warning)
  }
}
