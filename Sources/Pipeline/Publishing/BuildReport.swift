import Emitters
import Formats
import Recipes
import Records

/// What a build has to say when it is done.
package struct BuildReport: Sendable {
  package let output: String
  package let ledger: Ledger
  package let isDryRun: Bool
  /// What the user should hear of.
  package let warnings: [Diagnostic]
  /// What the recipe's `expect:` asked for and the build did not reach.
  package let shortfalls: [Diagnostic]
  private let hasDamage: Bool
  private let manifest: Manifest

  /// The size of a split, for people.
  package struct SplitRow: Sendable {
    package var name: String
    package var records: Int
    package var examples: Int
    package var groups: Int
  }

  init(
    output: String, manifest: Manifest, summary: DatasetSummary, isDryRun: Bool, hasDamage: Bool,
    expectations: Recipe.Expectations
  ) {
    self.output = output
    self.manifest = manifest
    self.isDryRun = isDryRun
    self.hasDamage = hasDamage
    ledger = summary.ledger
    warnings = summary.warnings
    shortfalls = Self.shortfalls(of: summary, expectations)
  }

  /// Whether the exit code is 1: damaged inputs were left out, or an expectation was missed.
  package var isFoundWanting: Bool { hasDamage || !shortfalls.isEmpty }

  package var examples: Int { manifest.splits.values.reduce(0) { $0 + $1.examples } }

  package var splits: [SplitRow] {
    Split.allCases.map { split in
      let counts = manifest.splits[split] ?? Manifest.SplitCounts()
      return SplitRow(
        name: split.rawValue, records: counts.records, examples: counts.examples,
        groups: counts.groups)
    }
  }

  /// How long the rows are, in a line or two for people; nil when nobody measured.
  package var lengths: String? {
    guard let lengths = manifest.lengths else { return nil }
    let all = Split.allCases.compactMap { split in
      lengths.splits[split].map {
        "\(split.rawValue) \($0.minimum) to \($0.maximum), median \($0.rank(50))"
      }
    }
    let first =
      "tokens of a row (\(lengths.certainty)): \(all.joined(separator: "; ")); "
      + "sequences of \(lengths.sequence)"
    return [first, lengths.consequence].compactMap { $0 }.joined(separator: "\n")
  }

  /// The report as one JSON object: where the dataset is, what was missed, and the manifest.
  package var json: String {
    var json = JSONWriter()
    json.beginObject()
    json.key("schema_version")
    json.number(1)
    json.key("output")
    json.string(output)
    json.key("published")
    json.bool(!isDryRun)
    json.key("shortfalls")
    json.beginArray()
    for shortfall in shortfalls { json.string(shortfall.message) }
    json.endArray()
    json.key("warnings")
    json.beginArray()
    for warning in warnings { json.string(warning.description) }
    json.endArray()
    json.key("manifest")
    if let value = try? JSON(parsing: manifest.file) { json.value(value) } else { json.null() }
    json.endObject()
    return json.text
  }

  private static func shortfalls(
    of summary: DatasetSummary, _ expected: Recipe.Expectations
  ) -> [Diagnostic] {
    var shortfalls: [Diagnostic] = []
    for split in Split.allCases {
      let count = summary.splits[split]?.examples ?? 0
      if let least = expected.minimumExamples[split], count < least {
        shortfalls.append(
          Diagnostic(
            "\(split.rawValue) has \(Counted.text(count, "example")); the recipe expects at least \(least)"
          ))
      }
      if let most = expected.maximumExamples[split], count > most {
        shortfalls.append(
          Diagnostic(
            "\(split.rawValue) has \(Counted.text(count, "example")); the recipe expects at most \(most)"
          ))
      }
    }
    let total = summary.ledger.total
    let share = total.read > 0 ? Double(total.rejectedTotal) / Double(total.read) : 0
    if let most = expected.maximumRejectedShare, share > most {
      shortfalls.append(
        Diagnostic(
          "\(Decimals.four(share)) of the records were rejected; the recipe expects at most \(most)"
        ))
    }
    return shortfalls
  }
}
