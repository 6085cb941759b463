import Records

/// Rules on licences: which records may go into a dataset of the given use.
///
/// The gate is asked twice: about a source before anything is read in bulk, and about every record,
/// since the articles of one archive carry licences of their own.
package struct LicenseGate: Sendable {
  package var use: Use
  /// Whether records of unknown licence may go into a research build.
  package var allowsUnknown: Bool

  package init(use: Use, allowsUnknown: Bool = false) {
    self.use = use
    self.allowsUnknown = allowsUnknown
  }

  /// What the gate says about a licence.
  package enum Verdict: Sendable, Equatable {
    case allowed
    /// Allowed, with something that the user must heed.
    case allowedWithNote(Note)
    case refused(Refusal)
  }

  /// What the user of the dataset must heed.
  package enum Note: String, Sendable, CaseIterable {
    case shareAlike = "the dataset must be passed on under the same terms"
    case nonCommercial = "the dataset must not be used commercially"
    case noDerivatives = "the dataset must not be passed on"
    case terms = "the publisher's terms apply"
    case siteCopyright =
      "the texts stay under the site's copyright; the dataset must not be passed on"
    case agreement = "the dataset stays under the agreement; it must not be passed on"
    case unknown = "the licence is unknown; the dataset must not be passed on"
  }

  /// Why a licence is refused.
  package enum Refusal: String, Sendable, CaseIterable {
    case unknown
    case agreementNotAccepted
    case forbidsCommercialUse
    case forbidsDerivatives
    case forbidsRedistribution
    case siteCopyright
  }

  /// The ruling on a licence.
  ///
  /// - Parameter isAccepted: Whether the recipe accepts the source's agreement
  ///   (`accept_terms: true`).
  package func verdict(on license: License, isAccepted: Bool) -> Verdict {
    switch license.licenseClass {
    case .open: .allowed
    case .shareAlike: .allowedWithNote(.shareAlike)
    case .terms: .allowedWithNote(.terms)
    case .nonCommercial:
      use == .commercial ? .refused(.forbidsCommercialUse) : .allowedWithNote(.nonCommercial)
    case .noDerivatives:
      use == .research ? .allowedWithNote(.noDerivatives) : .refused(.forbidsDerivatives)
    case .siteCopyright:
      use == .research ? .allowedWithNote(.siteCopyright) : .refused(.siteCopyright)
    case .agreement: verdictOnAgreement(isAccepted: isAccepted)
    case .unknown:
      use == .research && allowsUnknown ? .allowedWithNote(.unknown) : .refused(.unknown)
    }
  }

  private func verdictOnAgreement(isAccepted: Bool) -> Verdict {
    switch use {
    case .research: isAccepted ? .allowedWithNote(.agreement) : .refused(.agreementNotAccepted)
    case .commercial: .refused(.forbidsCommercialUse)
    case .redistribution: .refused(.forbidsRedistribution)
    }
  }

  /// The message for a source whose licence is refused; nil when it may be read.
  package func problem(
    with license: License, ofSource source: String, isAccepted: Bool,
    at position: Position = Position()
  ) -> Diagnostic? {
    guard case .refused(let refusal) = verdict(on: license, isAccepted: isAccepted) else {
      return nil
    }
    return diagnostic(refusal, license, source, at: position)
  }

  /// The message for a source before a byte of it is read: its licence is refused, or the recipe
  /// asserts a looser one than the corpus declares; nil when it may be read.
  package func refusal(
    ofSource source: String, asserted: License?, declared: License?, acceptsTerms: Bool,
    at position: Position = Position()
  ) -> Diagnostic? {
    do {
      let license = try Self.license(
        asserted: asserted, declared: declared, ofSource: source, at: position)
      return problem(with: license, ofSource: source, isAccepted: acceptsTerms, at: position)
    } catch {
      return error
    }
  }

  /// The rejection of a record whose own licence is refused; nil when it may go on.
  package func rejection(of record: Record, isAccepted: Bool) -> Rejection? {
    guard case .refused = verdict(on: record.license, isAccepted: isAccepted) else { return nil }
    return Rejection(
      id: record.id, reason: .licenseRefused, stage: "license", value: record.license.rawValue,
      provenance: record.provenance)
  }
}

// MARK: What the recipe asserts

extension LicenseGate {
  /// The licence a source is read under: what the recipe asserts, where it takes nothing away from
  /// what the corpus declares.
  ///
  /// - Throws: `Diagnostic` when the assertion is looser than the declaration.
  package static func license(
    asserted: License?, declared: License?, ofSource source: String,
    at position: Position = Position()
  ) throws(Diagnostic) -> License {
    guard let asserted else { return declared ?? .unknown }
    guard let declared, declared != .unknown, declared != asserted else { return asserted }
    guard asserted.obligations.isSuperset(of: declared.obligations) else {
      throw Diagnostic(
        at: position,
        """
        source '\(source)' is asserted to be under \(asserted.rawValue), but its corpus declares \
        \(declared.rawValue), which is stricter
        """,
        hint:
          "remove 'license:', set it to \(declared.rawValue), or say in 'license_evidence:' why it holds"
      )
    }
    return asserted
  }
}

/// What a licence asks for; agreements and site copyright ask for all that comes before them.
private struct Obligations: OptionSet {
  let rawValue: UInt8

  static let shareAlike = Obligations(rawValue: 1)
  static let nonCommercial = Obligations(rawValue: 2)
  static let noDerivatives = Obligations(rawValue: 4)
  static let terms = Obligations(rawValue: 8)
  static let siteCopyright = Obligations(rawValue: 16)
  static let agreement = Obligations(rawValue: 32)
  static let unknown = Obligations(rawValue: 64)
  static let attribution = Obligations(rawValue: 128)
}

extension License {
  fileprivate var obligations: Obligations {
    switch licenseClass {
    case .open: isPublicDomain ? [] : .attribution
    case .shareAlike: [.shareAlike, .attribution]
    case .nonCommercial, .noDerivatives: creativeCommonsObligations
    case .terms: [.terms, .attribution]
    case .siteCopyright: Obligations(rawValue: 31 | 128)
    case .agreement: Obligations(rawValue: 63 | 128)
    case .unknown: [.unknown, .attribution]
    }
  }

  /// Whether the licence asks for nothing at all.
  private var isPublicDomain: Bool {
    [.cc0, .ccPDM, .pddl, .usGovernment].contains(self)
  }

  /// The elements of a Creative Commons id: `CC-BY-NC-SA-4.0`.
  private var creativeCommonsObligations: Obligations {
    let elements = rawValue.split(separator: "-")
    var obligations: Obligations = .attribution
    if elements.contains("SA") { obligations.insert(.shareAlike) }
    if elements.contains("NC") { obligations.insert(.nonCommercial) }
    if elements.contains("ND") { obligations.insert(.noDerivatives) }
    return obligations
  }
}

// MARK: Wording

extension LicenseGate {
  private func diagnostic(
    _ refusal: Refusal, _ license: License, _ source: String, at position: Position
  ) -> Diagnostic {
    let subject = "source '\(source)' is under \(license.rawValue), "
    return switch refusal {
    case .unknown:
      Diagnostic(
        at: position, "source '\(source)' has no known license",
        hint: "set 'license:' on the source once you have checked its terms"
          + (use == .research ? ", or 'allow_unknown_license: true' in the recipe" : ""))
    case .agreementNotAccepted:
      Diagnostic(
        at: position, subject + "an agreement that the recipe does not accept",
        hint: "set 'accept_terms: true' on the source if you are a party to the agreement")
    case .forbidsCommercialUse:
      Diagnostic(
        at: position, subject + "which forbids commercial use",
        hint: "remove the source, or set 'use: research'")
    case .forbidsDerivatives:
      Diagnostic(
        at: position, subject + "which forbids passing on changed copies",
        hint: "remove the source, or set 'use: research'")
    case .forbidsRedistribution:
      Diagnostic(
        at: position, subject + "which forbids redistribution",
        hint: "remove the source, or set 'use: research' and keep the output to yourself")
    case .siteCopyright:
      Diagnostic(
        at: position,
        subject + "whose publisher keeps all rights but that to read",
        hint: "remove the source, or set 'use: research' and keep the output to yourself")
    }
  }
}
