/// The id of a licence: SPDX ids and named agreements, as a closed set.
///
/// What is true of each is its row in `LicenseFacts.all`. The raw value is the SPDX id, or a `LicenseRef-` of ours where SPDX has none. Matching is
/// case-insensitive, as SPDX asks.
package enum License: String, Sendable, CaseIterable, Hashable {
  case cc0 = "CC0-1.0"
  case ccPDM = "CC-PDM-1.0"
  case pddl = "PDDL-1.0"
  case usGovernment = "LicenseRef-US-PublicDomain"
  case ccBy1 = "CC-BY-1.0"
  case ccBy2 = "CC-BY-2.0"
  case ccBy25 = "CC-BY-2.5"
  case ccBy3 = "CC-BY-3.0"
  case ccBy3IGO = "CC-BY-3.0-IGO"
  case ccBy4 = "CC-BY-4.0"
  /// CC BY, version not stated, as many articles have it: all versions ask for attribution alone, and
  /// to name one would be a claim that nobody made. The other families have such a case too.
  case ccBy = "LicenseRef-CC-BY"
  case odcBy = "ODC-By-1.0"
  case cdlaPermissive2 = "CDLA-Permissive-2.0"
  case mit = "MIT"
  case apache2 = "Apache-2.0"
  case bsd2 = "BSD-2-Clause"
  case bsd3 = "BSD-3-Clause"
  case ogl3 = "OGL-UK-3.0"
  case etalab2 = "etalab-2.0"
  case mhlw = "LicenseRef-MHLW-PDL-1.0"
  case ccBySA2 = "CC-BY-SA-2.0"
  case ccBySA25 = "CC-BY-SA-2.5"
  case ccBySA3 = "CC-BY-SA-3.0"
  case ccBySA4 = "CC-BY-SA-4.0"
  case ccBySA = "LicenseRef-CC-BY-SA"
  case odbl = "ODbL-1.0"
  case gpl3 = "GPL-3.0-only"
  case gpl3OrLater = "GPL-3.0-or-later"
  case ccByNC2 = "CC-BY-NC-2.0"
  case ccByNC25 = "CC-BY-NC-2.5"
  case ccByNC3 = "CC-BY-NC-3.0"
  case ccByNC4 = "CC-BY-NC-4.0"
  case ccByNC = "LicenseRef-CC-BY-NC"
  case ccByNCSA2 = "CC-BY-NC-SA-2.0"
  case ccByNCSA25 = "CC-BY-NC-SA-2.5"
  case ccByNCSA3 = "CC-BY-NC-SA-3.0"
  case ccByNCSA3IGO = "CC-BY-NC-SA-3.0-IGO"
  case ccByNCSA4 = "CC-BY-NC-SA-4.0"
  case ccByNCSA = "LicenseRef-CC-BY-NC-SA"
  case ccByND2 = "CC-BY-ND-2.0"
  case ccByND25 = "CC-BY-ND-2.5"
  case ccByND3 = "CC-BY-ND-3.0"
  case ccByND4 = "CC-BY-ND-4.0"
  case ccByND = "LicenseRef-CC-BY-ND"
  case ccByNCND2 = "CC-BY-NC-ND-2.0"
  case ccByNCND25 = "CC-BY-NC-ND-2.5"
  case ccByNCND3 = "CC-BY-NC-ND-3.0"
  case ccByNCND3IGO = "CC-BY-NC-ND-3.0-IGO"
  case ccByNCND4 = "CC-BY-NC-ND-4.0"
  case ccByNCND = "LicenseRef-CC-BY-NC-ND"
  case nlmTerms = "LicenseRef-NLM-Terms"
  case bioASQ = "LicenseRef-BioASQ"
  /// Non-commercial research, as the authors say in words of their own.
  case researchOnly = "LicenseRef-Research-Only"
  case siteCopyright = "LicenseRef-Site-Copyright"
  /// PMC's `TDM`: manuscripts whose text may be mined, under their publishers' copyright.
  case pmcTextMining = "LicenseRef-PMC-TDM"
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
