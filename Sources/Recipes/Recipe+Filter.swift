import Formats
import Records

extension Recipe {
  /// Which records stay.
  package struct Filter: Sendable, Equatable {
    package var field: String?
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
  }
}

extension Recipe.Filter {
  init(_ node: YAMLNode) {
    field = node["field"]?.string
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
  }
}

extension Recipe.Filter {
  var resolved: JSON {
    var members: [JSON.Member] = field.map { [JSON.Member("field", .string($0))] } ?? []
    members += minimumWords.member("min_words") + maximumWords.member("max_words")
    members += minimumCharacters.member("min_chars") + maximumCharacters.member("max_chars")
    members += languages.member("languages")
    members.append(JSON.Member("retracted", .string(keepsRetracted ? "keep" : "reject")))
    members += minimumYear.member("min_year") + maximumYear.member("max_year")
    if !includedTags.isEmpty { members.append(JSON.Member("include_tags", .tags(includedTags))) }
    if !excludedTags.isEmpty { members.append(JSON.Member("exclude_tags", .tags(excludedTags))) }
    return .object(members)
  }
}
