import Records

/// `NOTICE.md` of a dataset: whose work is in it and on which terms.
package struct Notice: Sendable {
  private let manifest: Manifest
  private let corpora: [CorpusFacts]

  /// - Parameter corpora: the facts of the corpora that the manifest's sources name.
  package init(_ manifest: Manifest, corpora: [CorpusFacts]) {
    self.manifest = manifest
    self.corpora = corpora
  }

  package var text: String {
    let head = """
      # Notice

      The dataset \(manifest.name) holds works of others. Each stays under its own licence.
      """
    let changes = """
      ## Changes

      Records were selected, cleaned, de-duplicated and reworded as training examples by \
      \(manifest.tool); see `manifest.json` and `provenance/`.
      """
    let sections = manifest.sources.filter { !$0.licenses.isEmpty }.map(section)
    return ([head] + sections + [changes] + identifiers)
      .joined(separator: "\n\n") + "\n"
  }

  /// What was done about identifiers of persons, and that this is no proof.
  private var identifiers: [String] {
    manifest.deidentification.map {
      ["## Identifiers of persons\n\n" + $0.text(of: manifest.sources)]
    } ?? []
  }

  private func section(for source: Manifest.Source) -> String {
    let facts = corpora.first { $0.name == source.corpus }
    var lines = ["## \(source.name)", "", "- Work: \(facts?.title ?? source.corpus)"]
    if let reference = facts?.reference, !reference.isEmpty { lines.append("- From: \(reference)") }
    for (license, count) in source.sortedLicenses {
      lines.append("- \(license.terms) (\(count) \(count == 1 ? "record" : "records"))")
    }
    return lines.joined(separator: "\n")
  }
}

extension License {
  /// The licence's id with the page of its text, or what it is in words where there is no such page.
  fileprivate var terms: String {
    guard rawValue.hasPrefix("LicenseRef-") else {
      return "Licence: [\(rawValue)](https://spdx.org/licenses/\(rawValue).html)"
    }
    return "Terms: \(rawValue), \(words)"
  }

  private var words: String {
    switch self {
    case .usGovernment: "a work of the United States government, in the public domain there"
    case .mhlw: "the public data licence of the Japanese Ministry of Health, Labour and Welfare"
    case .nlmTerms: "the terms of the U.S. National Library of Medicine; courtesy of NLM"
    case .bioASQ: "the terms of the BioASQ challenge"
    case .researchOnly: "for non-commercial research only, as its authors say"
    case .siteCopyright: "copyright of the site that published it"
    case .pmcTextMining: "copyright of the publisher; PMC offers the text for mining"
    case .ccBy, .ccBySA, .ccByNC, .ccByNCSA, .ccByND, .ccByNCND:
      "the Creative Commons licence of that name in a version that is not stated"
    case .physioNetCredentialed: "the PhysioNet credentialed health data agreement"
    case .n2c2: "the n2c2 data use agreement"
    case .umls: "the UMLS Metathesaurus licence"
    default: "terms unknown"
    }
  }
}
