import Records

/// Which keys of a recipe a rejection's value was held against.
enum RejectionLimits {
  /// The settings, from the resolved recipe's values.
  static func settings(
    of reason: String, by stage: String, value: String?, source: String, in recipe: FlatValues
  ) -> [RecordExplanation.Setting] {
    let keys = keys(of: reason, by: stage, value: value)
    let places = [
      "stages.", "sources.\(source).", "mix.\(source).", "split.", "total.", "training.", "use",
    ]
    return recipe.values
      .filter { path, _ in
        places.contains(where: path.hasPrefix) && keys.contains { Self.ends(path, with: $0) }
      }
      .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .map { RecordExplanation.Setting(path: $0.key, value: $0.value) }
  }

  /// Whether a path leads to a key; a second filter is `filter#2`.
  private static func ends(_ path: String, with key: String) -> Bool {
    let plain = path.split(separator: ".").map { $0.prefix { $0 != "#" } }.joined(separator: ".")
    return plain == key || plain.hasSuffix(".\(key)")
  }

  private static func keys(of reason: String, by stage: String, value: String?) -> [String] {
    switch Rejection.Reason(rawValue: reason) {
    case .tooShort: ["filter.min_words", "filter.min_chars"]
    case .tooLong: ["filter.max_words", "filter.max_chars"]
    case .otherLanguage: ["filter.languages"]
    case .retracted: ["filter.retracted"]
    case .filteredOut:
      ["filter.min_year", "filter.max_year", "filter.include_tags", "filter.exclude_tags"]
    case .exactDuplicate: ["deduplicate.exact", "deduplicate.keep"]
    case .nearDuplicate:
      ["deduplicate.near.threshold", "deduplicate.near.field", "deduplicate.keep"]
    case .copiedForward: ["deduplicate.within.min_left"]
    case .contaminated: ["decontaminate.overlap", "decontaminate.ngram"]
    case .officialSplitConflict: ["split.official"]
    case .overMixCap: ["max_examples"]
    case .belowMixWeight: ["weight"]
    case .overMixShare: ["share"]
    case .overMixTotal: ["total.max_examples"]
    case .licenseRefused: ["use"]
    case .overLong: ["training.context_tokens", "training.over_long"]
    case .identifierFound: ["deidentify.mode"]
    default: stage == "filter" ? measureKeys(of: value) : []
    }
  }

  /// `stop_words 0.01` was held against `min_stop_words` or `max_stop_words`.
  private static func measureKeys(of value: String?) -> [String] {
    guard let measure = value?.split(separator: " ").first else { return ["filter.reject"] }
    return ["filter.min_\(measure)", "filter.max_\(measure)", "filter.profile"]
  }
}
