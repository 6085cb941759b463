/// The terms a record is under: SPDX ids and named agreements, as a closed set.
///
/// The raw value is the SPDX id, or a `LicenseRef-` of ours where SPDX has none. Matching is
/// case-insensitive, as SPDX asks.
package enum License: String, Sendable, CaseIterable, Hashable {
  case cc0 = "CC0-1.0"
  case ccPDM = "CC-PDM-1.0"
  case pddl = "PDDL-1.0"
  case usGovernment = "LicenseRef-US-PublicDomain"
  case ccBy2 = "CC-BY-2.0"
  case ccBy25 = "CC-BY-2.5"
  case ccBy3 = "CC-BY-3.0"
  case ccBy4 = "CC-BY-4.0"
  case odcBy = "ODC-By-1.0"
  case cdlaPermissive2 = "CDLA-Permissive-2.0"
  case mit = "MIT"
  case apache2 = "Apache-2.0"
  case bsd2 = "BSD-2-Clause"
  case bsd3 = "BSD-3-Clause"
  case ogl3 = "OGL-UK-3.0"
  case etalab2 = "etalab-2.0"
  case mhlw = "LicenseRef-MHLW-PDL-1.0"
  case ccBySA3 = "CC-BY-SA-3.0"
  case ccBySA4 = "CC-BY-SA-4.0"
  case odbl = "ODbL-1.0"
  case gpl3 = "GPL-3.0-only"
  case ccByNC2 = "CC-BY-NC-2.0"
  case ccByNC3 = "CC-BY-NC-3.0"
  case ccByNC4 = "CC-BY-NC-4.0"
  case ccByNCSA3 = "CC-BY-NC-SA-3.0"
  case ccByNCSA3IGO = "CC-BY-NC-SA-3.0-IGO"
  case ccByNCSA4 = "CC-BY-NC-SA-4.0"
  case ccByND4 = "CC-BY-ND-4.0"
  case ccByNCND3 = "CC-BY-NC-ND-3.0"
  case ccByNCND4 = "CC-BY-NC-ND-4.0"
  case nlmTerms = "LicenseRef-NLM-Terms"
  case bioASQ = "LicenseRef-BioASQ"
  case siteCopyright = "LicenseRef-Site-Copyright"
  case physioNetCredentialed = "LicenseRef-PhysioNet-Credentialed-1.5.0"
  case n2c2 = "LicenseRef-n2c2-DUA"
  case umls = "LicenseRef-UMLS"
  case unknown = "LicenseRef-Unknown"

  /// The licence of an id as recipes and corpora write it, whatever its case.
  package init?(id: String) {
    guard let match = Self.byLowercasedID[id.lowercased()] else { return nil }
    self = match
  }

  private static let byLowercasedID = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0.rawValue.lowercased(), $0) })
}

/// What a licence lets one do, as far as a dataset builder must know.
package enum LicenseClass: String, Sendable, CaseIterable {
  case open
  case shareAlike = "share-alike"
  case nonCommercial = "non-commercial"
  case noDerivatives = "no-derivatives"
  case terms
  case siteCopyright = "site-copyright"
  case agreement
  case unknown
}

extension License {
  package var licenseClass: LicenseClass {
    switch self {
    case .cc0, .ccPDM, .pddl, .usGovernment, .ccBy2, .ccBy25, .ccBy3, .ccBy4, .odcBy,
      .cdlaPermissive2, .mit, .apache2, .bsd2, .bsd3, .ogl3, .etalab2, .mhlw:
      .open
    case .ccBySA3, .ccBySA4, .odbl, .gpl3: .shareAlike
    case .ccByNC2, .ccByNC3, .ccByNC4, .ccByNCSA3, .ccByNCSA3IGO, .ccByNCSA4: .nonCommercial
    case .ccByND4, .ccByNCND3, .ccByNCND4: .noDerivatives
    case .nlmTerms, .bioASQ: .terms
    case .siteCopyright: .siteCopyright
    case .physioNetCredentialed, .n2c2, .umls: .agreement
    case .unknown: .unknown
    }
  }

  /// Whether a dataset that holds such records may be passed on.
  package var isRedistributable: Bool {
    switch licenseClass {
    case .open, .shareAlike, .nonCommercial, .terms: true
    case .noDerivatives, .siteCopyright, .agreement, .unknown: false
    }
  }

  /// Whether the recipe must accept the agreement by name before anything is read.
  package var needsAcceptance: Bool { licenseClass == .agreement }
}

/// What the user means to do with the dataset: what the licence gate rules on.
package enum Use: String, Sendable, CaseIterable {
  case research
  case commercial
  case redistribution
}
