import Records

/// `NOTICE.md` of a dataset: whose work is in it and on which terms.
package struct Notice: Sendable {
  private let manifest: Manifest
  private let corpora: [CorpusFacts]
  private let attributions: Attributions

  /// - Parameter corpora: the facts of the corpora that the manifest's sources name.
  package init(
    _ manifest: Manifest, corpora: [CorpusFacts], attributions: Attributions = Attributions()
  ) {
    self.manifest = manifest
    self.corpora = corpora
    self.attributions = attributions
  }

  package var text: String {
    let head = "# Notice"
    let prohibition = manifest.prohibition.map { ["**\($0)**"] } ?? []
    let introduction = """
      The dataset \(manifest.name) holds works of others. Each stays under its own licence\
      \(manifest.commonTerms.map { ".\nPassed on as a whole, it is under \($0.rawValue)" } ?? "").
      """
    let sections = manifest.sources.filter { !$0.licenses.isEmpty }.map(section)
    return ([head] + prohibition + [introduction] + sections + conflicts + [changes] + identifiers)
      .joined(separator: "\n\n") + "\n"
  }

  private var changes: String {
    """
    ## Changes

    Records were selected, cleaned, de-duplicated and reworded as training examples by \
    \(manifest.tool); see `manifest.json` and `provenance/`.
    """
  }

  /// Statements on licences that do not agree.
  private var conflicts: [String] {
    guard !manifest.licenseConflicts.isEmpty else { return [] }
    let lines = manifest.licenseConflicts.map { "- \($0.sentence)" }
    return ["## Conflicts of licences\n\n" + lines.joined(separator: "\n")]
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
    for (licenses, count) in source.sortedLicenses {
      lines.append("- \(licenses.terms) (\(count) \(count == 1 ? "record" : "records"))")
    }
    if let offered = source.offeredLicense {
      lines.append("- Taken from what the recipe says is on offer: \(offered)")
    }
    if !source.acceptedTerms.isEmpty {
      let names = source.acceptedTerms.map(\.rawValue).joined(separator: ", ")
      lines.append("- Accepted by the recipe's author: \(names)")
    }
    lines += source.notes.map { "- Heed: \($0)" }
    return (lines + works(of: source)).joined(separator: "\n")
  }

  /// The works whose authors must be named, and where the rest of them are.
  private func works(of source: Manifest.Source) -> [String] {
    if attributions.unnamed.contains(source.name) {
      return [
        "",
        "The authors of single works are not named here, as the ids of the records are hidden; who "
          + "passes the dataset on must see to that.",
      ]
    }
    let named = attributions.named(of: source.name)
    guard let count = attributions.counts[source.name], !named.isEmpty else { return [] }
    let rest = count - named.count
    return ["", "Works, with what their licences ask to name:", ""] + named.map(\.line)
      + (rest == 0 ? [] : ["- and \(rest) more in `\(Attributions.fileName)`"])
  }
}

extension Manifest.Source {
  /// What the user must heed, each thing once, the loosest class first.
  fileprivate var notes: [String] {
    Set(licenses.keys.flatMap(\.all).map(\.licenseClass)).sorted()
      .compactMap { LicenseClassFacts.of($0).note }
  }
}

extension Licenses {
  /// The licences' ids with the pages of their texts, and what they are in words.
  fileprivate var terms: String {
    guard all.count > 1 else { return all[0].terms }
    return "All of these apply: " + all.map(\.terms).joined(separator: "; ")
  }
}

extension License {
  fileprivate var terms: String {
    let id = facts.address.map { "[\(rawValue)](\($0))" } ?? rawValue
    return "\(isSPDX ? "Licence" : "Terms"): \(id), \(facts.title)"
  }
}

extension AttributionRow {
  /// The work as a list item of Markdown.
  fileprivate var line: String {
    let names =
      work.authors.prefix(Self.maximumAuthors)
      + (work.authors.count > Self.maximumAuthors
        ? ["et al."] : [])
    let authors = names.isEmpty ? "" : Markdown.escaped(names.joined(separator: ", ")) + ": "
    let place = [Markdown.escaped(work.publication), work.year.map(String.init) ?? ""]
      .filter { !$0.isEmpty }.joined(separator: ", ")
    let title = work.title.isEmpty ? "" : "“\(Markdown.escaped(work.title))”"
    let parts = ["\(authors)\(title)", place]
      .filter { !$0.isEmpty }.joined(separator: ". ")
    let address = work.address.map { " <\(Markdown.address($0))>" } ?? ""
    return "- \(parts).\(address) (\(licenses.expression))"
  }

  /// The most authors that the notice names of a work; the side file names all.
  private static let maximumAuthors = 8
}

/// Text inside of Markdown.
private enum Markdown {
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text {
      if #"\`*_[]<>"#.contains(character) { escaped.append("\\") }
      escaped.append(character)
    }
    return escaped
  }

  /// An address that may stand between angle brackets.
  static func address(_ text: String) -> String {
    text.replacing("<", with: "%3C").replacing(">", with: "%3E").replacing(" ", with: "%20")
      .replacing("\n", with: "%0A")
  }
}
