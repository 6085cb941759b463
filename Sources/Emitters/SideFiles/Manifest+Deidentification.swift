import Formats
import Records

extension Manifest {
  /// What was done about identifiers of persons, in all sources together.
  package struct Deidentification: Sendable, Equatable {
    /// `report`, `redact`, `surrogate` or `fail`.
    package var mode: String
    /// The version of the rules.
    package var rules: String
    /// The classes that were looked for, in their order.
    package var classes: [String]
    /// The languages that the rules were written for, sorted.
    package var languages: [String]
    /// How ids of patients' records are hidden: `keyed`, `numbered` or `kept`.
    package var ids: String
    /// What tells one key from another; nil without a key.
    package var keyCheck: String?

    package init(
      mode: String, rules: String, classes: [String], languages: [String], ids: String,
      keyCheck: String?
    ) {
      self.mode = mode
      self.rules = rules
      self.classes = classes
      self.languages = languages
      self.ids = ids
      self.keyCheck = keyCheck
    }

    /// What nobody may take the counts for.
    package static let residualRisk =
      "Rules find these classes in part, not all of them: identifiers may be left. Review a sample, or "
      + "have an expert determine the risk, before the data is passed on."

    /// The stage in words, for people who open the dataset.
    func text(of sources: [Source]) -> String {
      let counts = sources.reduce(into: DeidentificationCounts()) { $0 += $1.account.identifiers }
      let found = classes.compactMap { name in counts.found[name].map { "\(name) \($0)" } }
      let doing =
        switch mode {
        case "redact": "numbered placeholders such as `[NAME_1]` took their place"
        case "surrogate": "invented values took their place"
        case "fail": "records that hold one were left out"
        default: "they were counted and **stand in the texts**"
        }
      let unknown = counts.languagesWithoutRules.keys.sorted { $0.precedes($1) }
      let languages =
        unknown.isEmpty
        ? ""
        : "\n\nRecords in languages that the rules were not written for "
          + "(\(unknown.joined(separator: ", "))): only identifiers with a form of their own, such as "
          + "phone numbers, were looked for in them."
      return """
        Identifiers of the classes \(classes.joined(separator: ", ")) were looked for in \
        \(counts.records) records by rules (version \(rules)); \(doing). \
        Found: \(found.isEmpty ? "none" : found.joined(separator: ", ")).

        \(Self.residualRisk)\(languages)
        """
    }

    func write(sources: [Source], into json: inout JSONWriter) {
      json.beginObject()
      json.member("mode", mode)
      json.member("rules", rules)
      json.member("classes", classes)
      json.member("languages", languages)
      json.member("ids", ids)
      json.member("key_check", optional: keyCheck)
      json.member("residual_risk", Self.residualRisk)
      json.members("sources", sources) { json, source in
        source.account.identifiers.write(of: source.name, into: &json)
      }
      json.endObject()
    }
  }
}

extension DeidentificationCounts {
  fileprivate func write(of source: String, into json: inout JSONWriter) {
    json.beginObject()
    json.member("name", source)
    json.member("records", records)
    json.member("records_with_identifiers", recordsWithIdentifiers)
    json.member("records_with_known_identifiers", recordsWithKnownIdentifiers)
    json.counts("found", Self.sorted(found))
    if !known.isEmpty { json.counts("known", Self.sorted(known)) }
    if !languagesWithoutRules.isEmpty {
      json.counts("languages_without_rules", Self.sorted(languagesWithoutRules))
    }
    if earlierPlaceholders > 0 { json.member("earlier_placeholders", earlierPlaceholders) }
    if widenedMentions > 0 { json.member("widened_mentions", widenedMentions) }
    json.endObject()
  }

  private static func sorted(_ counts: [String: Int]) -> [(String, Int)] {
    counts.map { ($0.key, $0.value) }.sorted { $0.0.precedes($1.0) }
  }
}
