extension LicenseFacts {
  /// A row for each licence, the kinds together.
  ///
  /// Classes and verdicts: notes on licences of medical corpora of 2026; the hub's ids: hub-docs,
  /// 2026-08-22.
  package static let all: [LicenseFacts] =
    publicDomain + permissive + creativeCommons + copyleft + ownTerms

  private static let publicDomain = [
    LicenseFacts(.cc0, "Creative Commons Zero 1.0 Universal", [], hub: "cc0-1.0"),
    LicenseFacts(.ccPDM, "Creative Commons Public Domain Mark 1.0", []),
    LicenseFacts(.pddl, "Open Data Commons Public Domain Dedication 1.0", [], hub: "pddl"),
    LicenseFacts(
      .usGovernment, "a work of the United States government, in the public domain there", [],
      address: "https://www.usa.gov/government-copyright"),
  ]

  private static let permissive = [
    LicenseFacts(.odcBy, "Open Data Commons Attribution 1.0", .attribution, hub: "odc-by"),
    LicenseFacts(
      .cdlaPermissive2, "Community Data License Agreement Permissive 2.0", .attribution,
      hub: "cdla-permissive-2.0"),
    LicenseFacts(.mit, "MIT License", .attribution, hub: "mit"),
    LicenseFacts(.apache2, "Apache License 2.0", .attribution, hub: "apache-2.0"),
    LicenseFacts(.bsd2, "BSD 2-Clause License", .attribution, hub: "bsd-2-clause"),
    LicenseFacts(.bsd3, "BSD 3-Clause License", .attribution, hub: "bsd-3-clause"),
    LicenseFacts(.ogl3, "Open Government Licence 3.0 of the United Kingdom", .attribution),
    LicenseFacts(.etalab2, "Licence ouverte Etalab 2.0", .attribution, hub: "etalab-2.0"),
    LicenseFacts(
      .mhlw, "the public data licence of the Japanese Ministry of Health, Labour and Welfare",
      .attribution, address: "https://www.mhlw.go.jp/chosakuken/"),
  ]

  private static let copyleft = [
    LicenseFacts(
      .odbl, "Open Data Commons Open Database License 1.0", [.attribution, .shareAlike],
      hub: "odbl"),
    LicenseFacts(
      .gpl3, "GNU General Public License 3.0 only", [.attribution, .shareAlike], hub: "gpl-3.0"),
    LicenseFacts(
      .gpl3OrLater, "GNU General Public License 3.0 or later", [.attribution, .shareAlike],
      hub: "gpl-3.0"),
  ]

  private static let ownTerms = [
    LicenseFacts(
      .nlmTerms, "the terms of the U.S. National Library of Medicine; courtesy of NLM",
      [.attribution, .terms],
      address: "https://www.nlm.nih.gov/databases/download/terms_and_conditions.html"),
    LicenseFacts(.bioASQ, "the terms of the BioASQ challenge", [.attribution, .terms]),
    LicenseFacts(
      .researchOnly, "for non-commercial research only, as its authors say",
      [.attribution, .nonCommercial]),
    LicenseFacts(
      .siteCopyright, "copyright of the site that published it", [.attribution, .siteCopyright]),
    LicenseFacts(
      .pmcTextMining, "copyright of the publisher; PMC offers the text for mining",
      [.attribution, .siteCopyright], address: "https://pmc.ncbi.nlm.nih.gov/about/copyright/"),
    LicenseFacts(
      .physioNetCredentialed, "the PhysioNet credentialed health data agreement",
      [.attribution, .agreement]),
    LicenseFacts(.n2c2, "the n2c2 data use agreement", [.attribution, .agreement]),
    LicenseFacts(
      .umls, "the UMLS Metathesaurus licence", [.attribution, .agreement],
      address:
        "https://www.nlm.nih.gov/research/umls/knowledge_sources/metathesaurus/release/license_agreement.html"
    ),
    LicenseFacts(.unknown, "terms unknown", [.attribution, .unknown]),
  ]
}

// MARK: Creative Commons

extension LicenseFacts {
  private static let creativeCommons: [LicenseFacts] =
    family(
      "Attribution", .attribution,
      [
        (.ccBy1, nil), (.ccBy2, "cc-by-2.0"), (.ccBy25, "cc-by-2.5"), (.ccBy3, "cc-by-3.0"),
        (.ccBy3IGO, nil), (.ccBy4, "cc-by-4.0"), (.ccBy, nil),
      ])
    + family(
      "Attribution-ShareAlike", [.attribution, .shareAlike],
      [
        (.ccBySA2, nil), (.ccBySA25, nil), (.ccBySA3, "cc-by-sa-3.0"), (.ccBySA4, "cc-by-sa-4.0"),
        (.ccBySA, nil),
      ])
    + family(
      "Attribution-NonCommercial", [.attribution, .nonCommercial],
      [
        (.ccByNC2, "cc-by-nc-2.0"), (.ccByNC25, nil), (.ccByNC3, "cc-by-nc-3.0"),
        (.ccByNC4, "cc-by-nc-4.0"), (.ccByNC, nil),
      ])
    + family(
      "Attribution-NonCommercial-ShareAlike", [.attribution, .nonCommercial, .shareAlike],
      [
        (.ccByNCSA2, "cc-by-nc-sa-2.0"), (.ccByNCSA25, nil), (.ccByNCSA3, "cc-by-nc-sa-3.0"),
        (.ccByNCSA3IGO, nil), (.ccByNCSA4, "cc-by-nc-sa-4.0"), (.ccByNCSA, nil),
      ])
    + family(
      "Attribution-NoDerivatives", [.attribution, .noDerivatives],
      [
        (.ccByND2, nil), (.ccByND25, nil), (.ccByND3, nil), (.ccByND4, "cc-by-nd-4.0"),
        (.ccByND, nil),
      ])
    + family(
      "Attribution-NonCommercial-NoDerivatives", [.attribution, .nonCommercial, .noDerivatives],
      [
        (.ccByNCND2, nil), (.ccByNCND25, nil), (.ccByNCND3, "cc-by-nc-nd-3.0"),
        (.ccByNCND3IGO, nil), (.ccByNCND4, "cc-by-nc-nd-4.0"), (.ccByNCND, nil),
      ])

  private static func family(
    _ name: String, _ obligations: Obligations, _ members: [(License, String?)]
  ) -> [LicenseFacts] {
    members.map { license, hub in
      LicenseFacts(
        license, "Creative Commons \(name) \(version(of: license))", obligations, hub: hub)
    }
  }

  /// `3.0 IGO`, or that there is none.
  private static func version(of license: License) -> String {
    guard license.isSPDX else { return "in a version that is not stated" }
    let parts = license.rawValue.split(separator: "-").drop { $0.first?.isNumber == false }
    return parts.joined(separator: " ")
  }
}
