import Records

/// Rules on licences: which records may go into a dataset of the given use.
///
/// The gate is asked twice: about a source before anything is read in bulk, and about every record,
/// since the articles of one archive carry licences of their own. What it rules by are the rows of
/// `LicenseFacts` and `LicenseClassFacts`.
package struct LicenseGate: Sendable {
  package var use: Use
  /// Whether records of unknown licence may go into a research build.
  package var allowsUnknown: Bool
  /// The dialects whose files are sent to a provider, which not every licence lets one do.
  package var providerDialects: [String]

  package init(use: Use, allowsUnknown: Bool = false, providerDialects: [String] = []) {
    self.use = use
    self.allowsUnknown = allowsUnknown
    self.providerDialects = providerDialects
  }

  /// Why a licence is refused; nil when it is allowed.
  ///
  /// - Parameter accepted: The agreements that the recipe accepts for the source by their names.
  package func refusal(of license: License, accepted: [License] = []) -> LicenseRefusal? {
    let licenseClass = license.licenseClass
    let facts = LicenseClassFacts.of(licenseClass)
    if licenseClass == .unknown, use != .research || !allowsUnknown { return .unknown }
    if let refusal = facts.refusals[use] { return refusal }
    if licenseClass == .agreement, !accepted.contains(license) { return .agreementNotAccepted }
    return facts.providers == .no && !providerDialects.isEmpty ? .forbidsProviders : nil
  }

  /// The strictest of the licences that are refused, with the reason; nil when all are allowed.
  package func refusal(
    of licenses: Licenses, accepted: [License] = []
  ) -> (license: License, reason: LicenseRefusal)? {
    if let only = licenses.only { return refusal(of: only, accepted: accepted).map { (only, $0) } }
    var strictest: (license: License, reason: LicenseRefusal)?
    for license in licenses.all {
      guard let reason = refusal(of: license, accepted: accepted) else { continue }
      if let other = strictest, other.license.licenseClass >= license.licenseClass { continue }
      strictest = (license, reason)
    }
    return strictest
  }

  /// The message for a source whose licences are refused; nil when it may be read.
  package func problem(
    with licenses: Licenses, ofSource source: String, accepted: [License] = [],
    at position: Position = Position()
  ) -> Diagnostic? {
    guard let refusal = refusal(of: licenses, accepted: accepted) else { return nil }
    return diagnostic(refusal.reason, refusal.license, accepted, source, at: position)
  }

  /// The rejection of a record whose own licence is refused; nil when it may go on.
  ///
  /// Where a record states two licences, both must be allowed: which of them its authors meant is
  /// theirs to say.
  package func rejection(of record: Record, accepted: [License] = []) -> Rejection? {
    let refused =
      refusal(of: record.licenses, accepted: accepted)
      ?? record.otherLicenses.lazy.compactMap { refusal(of: $0, accepted: accepted) }.first
    return refused.map {
      Rejection(
        id: record.id, reason: .licenseRefused, stage: "license", value: $0.license.rawValue,
        provenance: record.provenance)
    }
  }
}

// MARK: What the recipe asserts

extension LicenseGate {
  /// The licences a source is read under: what the recipe asserts, where it takes nothing away from
  /// what the corpus declares.
  ///
  /// Terms that bind by name, agreements and share-alike, stay beside what is asserted: one cannot take
  /// the place of another.
  ///
  /// - Throws: `Diagnostic` when the assertion is looser than the declaration.
  package static func licenses(
    asserted: Licenses?, declared: License?, ofSource source: String,
    at position: Position = Position()
  ) throws(Diagnostic) -> Licenses {
    guard let asserted else { return declared.map(Licenses.init) ?? .unknown }
    guard let declared, declared != .unknown, !asserted.contains(declared) else { return asserted }
    guard asserted.obligations.isSuperset(of: declared.obligations) else {
      throw Diagnostic(
        at: position,
        """
        source '\(source)' is asserted to be under \(asserted.expression), but its corpus declares \
        \(declared.rawValue), which is stricter
        """,
        hint:
          "remove 'license:', set it to \(declared.rawValue), or say in 'license_evidence:' why it holds"
      )
    }
    let isBinding = !declared.obligations.isDisjoint(with: [.shareAlike, .agreement])
    return isBinding && !asserted.agrees(with: Licenses(declared))
      ? asserted.union(Licenses(declared)) : asserted
  }
}

// MARK: Wording

extension LicenseGate {
  private func diagnostic(
    _ refusal: LicenseRefusal, _ license: License, _ accepted: [License], _ source: String,
    at position: Position
  ) -> Diagnostic {
    let subject = "source '\(source)' is under \(license.rawValue), "
    return switch refusal {
    case .unknown:
      Diagnostic(
        at: position, "source '\(source)' has no known license",
        hint: "set 'license:' on the source once you have checked its terms"
          + (use == .research ? ", or 'allow_unknown_license: true' in the recipe" : "")
          + ", or remove it")
    case .agreementNotAccepted:
      Diagnostic(
        at: position, subject + "an agreement that the recipe does not accept",
        hint: Self.acceptance(of: license))
    case .forbidsCommercialUse:
      Diagnostic(
        at: position, subject + "which forbids commercial use", hint: researchHint(license))
    case .forbidsDerivatives:
      Diagnostic(
        at: position, subject + "which forbids passing on changed copies",
        hint: researchHint(license))
    case .forbidsRedistribution:
      Diagnostic(
        at: position, subject + "which forbids redistribution", hint: researchHint(license))
    case .siteCopyright:
      Diagnostic(
        at: position, subject + "whose publisher keeps all rights but that to read",
        hint: researchHint(license))
    case .forbidsProviders:
      Diagnostic(
        at: position,
        subject + "which forbids sending it to a provider, as "
          + "\(Self.list(providerDialects)) would be",
        hint: "emit dialects for training of your own, or remove the source")
    }
  }

  /// The line that accepts an agreement.
  package static func acceptance(of license: License) -> String {
    "write 'accept_terms: \(license.rawValue)' on the source if you are a party to the agreement, "
      + "or remove the source"
  }

  private func researchHint(_ license: License) -> String {
    let keeping = license.isRedistributable ? "" : " and keep the output to yourself"
    return "remove the source, or set 'use: research'\(keeping); if you hold other terms, "
      + "say so in 'license:' and 'license_evidence:'"
  }

  private static func list(_ dialects: [String]) -> String {
    let names = dialects.map { "'\($0)'" }
    return names.count == 1 ? "dialect \(names[0])" : "dialects \(names.joined(separator: ", "))"
  }
}
