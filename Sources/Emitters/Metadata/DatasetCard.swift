import Records

/// `README.md` of a dataset: what is in it, for whoever opens the folder.
package struct DatasetCard: Sendable {
  private let dataset: DatasetDescription

  private var manifest: Manifest { dataset.manifest }

  package init(_ dataset: DatasetDescription) { self.dataset = dataset }

  package var text: String {
    ([CardFrontMatter(dataset).text, "# \(dataset.title)"]
      + (manifest.prohibition.map { ["**\($0)**"] } ?? []) + [
        dataset.summary, summary, "## Splits",
        splits + lengths, "## Sources", sources, "## Licences", licenses,
      ]).joined(separator: "\n\n") + identifiers
      + (["", "## Files", files] + loading).joined(separator: "\n\n") + "\n"
  }

  /// How the dialects are loaded that have no configuration in the head of the card.
  private var loading: [String] {
    dataset.loadedByPath.map { configuration in
      let path = configuration.files[0].path
      return switch configuration.format {
      case .text:
        "`\(configuration.name)` holds text, a sentence a line and a blank line behind each example:"
          + " `load_dataset(\"text\", data_files=\"\(path)\")`."
      case .json:
        "`\(configuration.name)` holds documents, the examples in their list `Instances`:"
          + " `load_dataset(\"json\", data_files=\"\(path)\", field=\"Instances\")`."
      case .jsonl, .parquet:
        "`\(configuration.name)` holds rows in another format than those that load by name:"
          + " `load_dataset(\"\(configuration.format.loader)\", data_files=\"\(path)\")`."
      }
    }
  }

  private var summary: String {
    let passingOn =
      manifest.isRedistributable
      ? "Every licence in it lets the dataset be passed on, on the terms in `NOTICE.md`."
      : "It is not to be passed on; `NOTICE.md` has the terms."
    return """
      \(trial)\(manifest.splits.values.reduce(0) { $0 + $1.examples }) examples, built by \
      \(manifest.tool) for \(manifest.use.rawValue) use with seed \(manifest.seed).
      \(passingOn)

      What was built from what is in `manifest.json`, where each example came from in `provenance/`,
      what was left out and why in `rejected.jsonl`.
      """
  }

  /// That this is no whole dataset; empty for one that is.
  private var trial: String {
    manifest.limit.map { "**A trial: of each source \($0) records were read at most.**\n\n" } ?? ""
  }

  /// What was looked for, in words that promise no more; empty without the stage.
  private var identifiers: String {
    guard let stage = manifest.deidentification else { return "" }
    return "\n\n## Identifiers of persons\n\n" + stage.text(of: manifest.sources)
  }

  private var splits: String {
    table(
      ["split", "examples", "records", "groups"],
      Split.allCases.map { split in
        let counts = manifest.splits[split] ?? Manifest.SplitCounts()
        return [split.rawValue, "\(counts.examples)", "\(counts.records)", "\(counts.groups)"]
      })
  }

  /// How long the rows are; empty when nobody measured.
  private var lengths: String {
    guard let lengths = manifest.lengths, !lengths.splits.isEmpty else { return "" }
    let counted = lengths.isExact ? "tokens" : "tokens (estimated)"
    let percentiles = Manifest.Lengths.Distribution.percentiles
    let rows = Split.allCases.compactMap { split in
      lengths.splits[split].map { one in
        [split.rawValue, "\(one.minimum)"] + one.ranks.map(String.init)
          + ["\(one.maximum)", "\(one.total)"]
      }
    }
    return "\n\nLengths of rows in \(counted), \(lengths.method), in the chat template "
      + "\(lengths.markup):\n\n"
      + table(
        [counted, "least"] + percentiles.map { $0 == 50 ? "median" : "p\($0)" } + [
          "most", "in all",
        ],
        rows) + (lengths.consequence.map { "\n\n\($0)" } ?? "")
  }

  private var sources: String {
    table(
      ["source", "corpus", "read", "written", "rejected"],
      manifest.sources.map {
        [
          $0.name, $0.corpus, "\($0.account.read)", "\($0.account.written)",
          "\($0.account.rejectedTotal)",
        ]
      })
  }

  private var licenses: String {
    table(
      ["licence", "source", "records"],
      manifest.sources.flatMap { source in
        source.sortedLicenses.map { [$0.licenses.expression, source.name, "\($0.count)"] }
      })
  }

  private var files: String {
    table(
      ["file", "rows"],
      manifest.files.sorted { $0.path.precedes($1.path) }.compactMap { file in
        file.rows.map { ["`\(file.path)`", "\($0)"] }
      })
  }

  private func table(_ head: [String], _ rows: [[String]]) -> String {
    let lines = [head, head.map { _ in "---" }] + rows
    return lines.map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n")
  }
}
