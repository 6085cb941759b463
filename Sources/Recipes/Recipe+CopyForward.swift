import Formats

extension Recipe.Deduplication {
  /// What is cut out of a record because an earlier one of the same patient holds it.
  package struct Within: Sendable, Equatable {
    package var group = Group.patient
    package var unit = Unit.sentence
    /// How many words in a row must be alike.
    package var length = 10
    /// The least words of a sentence that is cut.
    package var minimumWords = 5
    /// The least words that a record must have left.
    package var minimumLeft = 10

    /// The kind of key that the records share.
    package enum Group: String, Sendable, CaseIterable {
      case patient
      case document
      case group
    }

    /// What is compared and cut.
    package enum Unit: String, Sendable, CaseIterable {
      case sentence
      case words
    }
  }
}

extension Recipe.Deduplication.Within {
  init(_ node: YAMLNode) {
    group = node["group"]?.string.flatMap(Group.init(rawValue:)) ?? group
    unit = node["unit"]?.string.flatMap(Unit.init(rawValue:)) ?? unit
    length = node["length"]?.int ?? length
    minimumWords = node["min_words"]?.int ?? minimumWords
    minimumLeft = node["min_left"]?.int ?? minimumLeft
  }

  var resolved: JSON {
    .object([
      JSON.Member("group", .string(group.rawValue)),
      JSON.Member("unit", .string(unit.rawValue)),
      JSON.Member("length", .number(String(length))),
      JSON.Member("min_words", .number(String(minimumWords))),
      JSON.Member("min_left", .number(String(minimumLeft))),
    ])
  }
}
