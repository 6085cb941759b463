import Formats
import Records

extension Recipe {
  /// Which records stay.
  package struct Filter: Sendable, Equatable {
    package var field: Name?
    package var minimumWords: Int?
    package var maximumWords: Int?
    package var minimumCharacters: Int?
    package var maximumCharacters: Int?
    package var languages: [String] = []
    package var keepsRetracted = false
    package var minimumYear: Int?
    package var maximumYear: Int?
    package var includedTags: [Tag] = []
    package var excludedTags: [Tag] = []
    /// What must hold of measures, in the order of their names.
    package var bounds: [Bound] = []
    /// The names of flaws that a record must not have, in byte order.
    package var flaws: [String] = []
    package var rejectsConflicts = false
    /// The published filter whose thresholds hold for what is not bounded.
    package var profile: String?

    /// The least and the most that the measure of a name may be.
    package struct Bound: Sendable, Equatable {
      package var measure: String
      package var least: Double?
      package var most: Double?

      package init(measure: String, least: Double? = nil, most: Double? = nil) {
        self.measure = measure
        self.least = least
        self.most = most
      }
    }
  }
}

extension Recipe.Filter {
  init(_ node: YAMLNode) {
    field = Recipe.Name(node["field"])
    minimumWords = node["min_words"]?.int
    maximumWords = node["max_words"]?.int
    minimumCharacters = node["min_chars"]?.int
    maximumCharacters = node["max_chars"]?.int
    languages = node["languages"]?.strings ?? []
    keepsRetracted = node["retracted"]?.string == "keep"
    minimumYear = node["min_year"]?.int
    maximumYear = node["max_year"]?.int
    includedTags = node["include_tags"].tags
    excludedTags = node["exclude_tags"].tags
    bounds = Self.bounds(node)
    flaws = (node["reject"]?.strings ?? []).sorted()
    rejectsConflicts = node["conflicting_answers"]?.string == "reject"
    profile = node["profile"]?.string
  }

  /// Every `min_x` and `max_x` that is no length and no year.
  private static func bounds(_ node: YAMLNode) -> [Bound] {
    var bounds: [String: Bound] = [:]
    for member in node.members {
      let name = String(member.key.dropFirst(4))
      guard !["words", "chars", "year"].contains(name) else { continue }
      if member.key.hasPrefix("min_") {
        bounds[name, default: Bound(measure: name)].least = member.value.double
      } else if member.key.hasPrefix("max_") {
        bounds[name, default: Bound(measure: name)].most = member.value.double
      }
    }
    return bounds.values.sorted { $0.measure < $1.measure }
  }
}

extension Recipe.Filter {
  var resolved: JSON {
    var members: [JSON.Member] = field.map { [JSON.Member("field", .string($0.text))] } ?? []
    members += minimumWords.member("min_words") + maximumWords.member("max_words")
    members += minimumCharacters.member("min_chars") + maximumCharacters.member("max_chars")
    members += languages.member("languages")
    members.append(JSON.Member("retracted", .string(keepsRetracted ? "keep" : "reject")))
    members += minimumYear.member("min_year") + maximumYear.member("max_year")
    if !includedTags.isEmpty { members.append(JSON.Member("include_tags", .tags(includedTags))) }
    if !excludedTags.isEmpty { members.append(JSON.Member("exclude_tags", .tags(excludedTags))) }
    for bound in bounds {
      members += bound.least.member("min_\(bound.measure)")
      members += bound.most.member("max_\(bound.measure)")
    }
    members += flaws.member("reject")
    if rejectsConflicts { members.append(JSON.Member("conflicting_answers", .string("reject"))) }
    if let profile { members.append(JSON.Member("profile", .string(profile))) }
    return .object(members)
  }
}

extension Double? {
  /// The member of a bound: a whole number without a point, as counts are whole.
  fileprivate func member(_ key: String) -> [JSON.Member] {
    guard let value = self else { return [] }
    if let whole = Int(exactly: value) { return [JSON.Member(key, .number(String(whole)))] }
    return [JSON.Member(key, .decimal(value))]
  }
}
