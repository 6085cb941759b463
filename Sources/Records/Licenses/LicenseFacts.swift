/// What a licence asks for.
package struct Obligations: OptionSet, Sendable, Hashable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// To name the authors, the licence and what was changed.
  package static let attribution = Obligations(rawValue: 1)
  /// To pass what is made of it on under the same terms.
  package static let shareAlike = Obligations(rawValue: 2)
  /// To read the publisher's own terms.
  package static let terms = Obligations(rawValue: 4)
  package static let nonCommercial = Obligations(rawValue: 8)
  package static let noDerivatives = Obligations(rawValue: 16)
  /// To leave all rights but that to read with the site.
  package static let siteCopyright = Obligations(rawValue: 32)
  /// To enter a data-use agreement.
  package static let agreement = Obligations(rawValue: 64)
  /// Nobody knows.
  package static let unknown = Obligations(rawValue: 128)
}

extension Obligations {
  /// What is asked for, in words, in the order of their weight.
  package var names: [String] {
    let names: [(Obligations, String)] = [
      (.attribution, "attribution"), (.shareAlike, "same terms"), (.terms, "the publisher's terms"),
      (.nonCommercial, "no commercial use"), (.noDerivatives, "no changed copies"),
      (.siteCopyright, "no copies"), (.agreement, "an agreement"), (.unknown, "not known"),
    ]
    return names.filter { contains($0.0) }.map(\.1)
  }
}

/// On which condition a dataset that holds records under a licence may be passed on.
package enum Redistribution: String, Sendable, CaseIterable {
  case yes
  case withNotice = "with notice"
  case sameTerms = "same terms"
  case no
}

/// What is true of a licence: one row of the table that the gate, the notices, the card and
/// `materia licenses` follow.
package struct LicenseFacts: Sendable {
  package let license: License
  /// The licence's name, or what its terms are in words.
  package let title: String
  /// Where its text is; nil where it has no page of its own.
  package let address: String?
  package let obligations: Obligations
  /// The class of the strictest thing that it asks for.
  package let licenseClass: LicenseClass
  /// The Hugging Face hub's id, which is lower case and no SPDX id; nil where the hub has none.
  package let hubID: String?

  init(
    _ license: License, _ title: String, _ obligations: Obligations, hub: String? = nil,
    address: String? = nil
  ) {
    self.license = license
    self.title = title
    self.obligations = obligations
    licenseClass = Self.licenseClass(of: obligations)
    hubID = hub
    self.address =
      address
      ?? (license.isSPDX ? "https://spdx.org/licenses/\(license.rawValue).html" : nil)
  }

  private static func licenseClass(of obligations: Obligations) -> LicenseClass {
    let classes: [(Obligations, LicenseClass)] = [
      (.unknown, .unknown), (.agreement, .agreement), (.siteCopyright, .siteCopyright),
      (.noDerivatives, .noDerivatives), (.nonCommercial, .nonCommercial), (.terms, .terms),
      (.shareAlike, .shareAlike),
    ]
    return classes.first { obligations.contains($0.0) }?.1 ?? .open
  }

  package var redistribution: Redistribution {
    guard LicenseClassFacts.of(licenseClass).isPassedOn else { return .no }
    if obligations.contains(.shareAlike) { return .sameTerms }
    return obligations.isEmpty ? .yes : .withNotice
  }
}

extension License {
  package var facts: LicenseFacts {
    guard let facts = Self.factsByLicense[self] else {
      preconditionFailure("licence \(rawValue) has no row in the table")
    }
    return facts
  }

  private static let factsByLicense = Dictionary(
    uniqueKeysWithValues: LicenseFacts.all.map { ($0.license, $0) })

  /// Whether SPDX lists the id; the others are references of ours.
  package var isSPDX: Bool { !rawValue.hasPrefix("LicenseRef-") }

  package var licenseClass: LicenseClass { facts.licenseClass }

  /// All that the licence asks for; agreements and site copyright ask for whatever comes before them.
  package var obligations: Obligations {
    let own = facts.obligations
    if own.contains(.agreement) { return own.union(Obligations(rawValue: 127)) }
    return own.contains(.siteCopyright) ? own.union(Obligations(rawValue: 63)) : own
  }

  /// Whether a dataset that holds such records may be passed on.
  package var isRedistributable: Bool { facts.redistribution != .no }

  /// Whether the recipe must accept the agreement by name before anything is read.
  package var needsAcceptance: Bool { licenseClass == .agreement }

  /// Whether the author of each single work must be named: the licences that people give their works,
  /// as against terms on a collection.
  package var asksToNameAuthors: Bool {
    facts.obligations.contains(.attribution)
      && [.open, .shareAlike, .nonCommercial, .noDerivatives].contains(licenseClass)
  }

  /// Whether two statements allow and ask for the same, versions aside.
  package func agrees(with other: License) -> Bool {
    self == other || family != nil && family == other.family
  }

  /// What versions of one licence have in common; nil for licences that come in one form.
  private var family: Obligations? {
    if facts.obligations.isEmpty { return [] }
    return rawValue.hasPrefix("CC-") || rawValue.hasPrefix("LicenseRef-CC-")
      ? facts.obligations : nil
  }
}
