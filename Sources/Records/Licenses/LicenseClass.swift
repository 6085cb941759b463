/// What a licence lets one do, as far as a dataset builder must know: from the loosest to the strictest.
///
/// Every use refuses a class and all that come after it in part of this order, so that of several
/// licences on offer the one of the first class is allowed where any is.
package enum LicenseClass: String, Sendable, CaseIterable, Comparable {
  case open
  case shareAlike = "share-alike"
  case terms
  case nonCommercial = "non-commercial"
  case noDerivatives = "no-derivatives"
  case siteCopyright = "site-copyright"
  case agreement
  case unknown

  package static func < (first: LicenseClass, second: LicenseClass) -> Bool {
    first.rank < second.rank
  }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// What the user means to do with the dataset: what the licence gate rules on.
package enum Use: String, Sendable, CaseIterable {
  case research
  case commercial
  case redistribution
}

/// Why a use is refused to records of a class.
package enum LicenseRefusal: String, Sendable, CaseIterable {
  case unknown
  case agreementNotAccepted
  case forbidsCommercialUse
  case forbidsDerivatives
  case forbidsRedistribution
  case siteCopyright
  case forbidsProviders
}

/// Whether records may be sent to a provider that trains or answers for one.
package enum ProviderRuling: String, Sendable, CaseIterable {
  case yes
  /// It may be, once the terms were read.
  case warn
  case no
}

/// What is true of all licences of a class: the rows that the gate rules by.
package struct LicenseClassFacts: Sendable {
  package let licenseClass: LicenseClass
  /// Whether a dataset that holds such records may be passed on.
  package let isPassedOn: Bool
  package let providers: ProviderRuling
  /// The uses that are refused, with the reason.
  package let refusals: [Use: LicenseRefusal]
  /// What the user of the dataset must heed; nil where a notice is enough.
  package let note: String?

  private init(
    _ licenseClass: LicenseClass, isPassedOn: Bool, providers: ProviderRuling,
    refusals: [Use: LicenseRefusal] = [:], note: String? = nil
  ) {
    self.licenseClass = licenseClass
    self.isPassedOn = isPassedOn
    self.providers = providers
    self.refusals = refusals
    self.note = note
  }

  package static func of(_ licenseClass: LicenseClass) -> LicenseClassFacts {
    switch licenseClass {
    case .open: open
    case .shareAlike: shareAlike
    case .terms: terms
    case .nonCommercial: nonCommercial
    case .noDerivatives: noDerivatives
    case .siteCopyright: siteCopyright
    case .agreement: agreement
    case .unknown: unknown
    }
  }

  private static let open = LicenseClassFacts(.open, isPassedOn: true, providers: .yes)
  private static let shareAlike = LicenseClassFacts(
    .shareAlike, isPassedOn: true, providers: .yes,
    note: "the dataset must be passed on under the same terms")
  private static let terms = LicenseClassFacts(
    .terms, isPassedOn: true, providers: .warn, note: "the publisher's terms apply")
  private static let nonCommercial = LicenseClassFacts(
    .nonCommercial, isPassedOn: true, providers: .yes,
    refusals: [.commercial: .forbidsCommercialUse],
    note: "the dataset must not be used commercially")
  private static let noDerivatives = LicenseClassFacts(
    .noDerivatives, isPassedOn: false, providers: .warn,
    refusals: [.commercial: .forbidsDerivatives, .redistribution: .forbidsDerivatives],
    note: "the dataset must not be passed on")
  private static let siteCopyright = LicenseClassFacts(
    .siteCopyright, isPassedOn: false, providers: .no,
    refusals: [.commercial: .siteCopyright, .redistribution: .siteCopyright],
    note: "the texts stay under the site's copyright; the dataset must not be passed on")
  private static let agreement = LicenseClassFacts(
    .agreement, isPassedOn: false, providers: .no,
    refusals: [.commercial: .forbidsCommercialUse, .redistribution: .forbidsRedistribution],
    note: "the dataset stays under the agreement; it must not be passed on")
  private static let unknown = LicenseClassFacts(
    .unknown, isPassedOn: false, providers: .no,
    refusals: [.commercial: .unknown, .redistribution: .unknown],
    note: "the licence is unknown; the dataset must not be passed on")
}
