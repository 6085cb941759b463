import Formats

extension Recipe {
  /// Which copies go.
  package struct Deduplication: Sendable, Equatable {
    package var isExact = true
    /// The fields that must agree; the record's main fields when empty.
    package var exactFields: [String] = []
    package var near: Near?
    package var keep = Keep.longest

    /// Which member of a duplicate cluster survives.
    package enum Keep: String, Sendable, CaseIterable {
      case longest
      case shortest
      case first
    }

    /// How near copies are found.
    package struct Near: Sendable, Equatable {
      /// The least Jaccard similarity of shingle sets that makes two texts copies.
      package var threshold = 0.8
      package var fields: [String] = []
      package var shingleWords = 5
      package var permutations = 128
    }
  }
}

extension Recipe.Deduplication {
  init(_ node: YAMLNode) {
    isExact = node["exact"]?.bool ?? true
    exactFields = node["exact"]?.elements.compactMap(\.string) ?? []
    near = node["near"].flatMap(Near.init)
    keep = node["keep"]?.string.flatMap(Keep.init(rawValue:)) ?? .longest
  }
}

extension Recipe.Deduplication.Near {
  init?(_ node: YAMLNode) {
    if node.bool == false { return nil }
    self.init()
    threshold = node["threshold"]?.double ?? threshold
    fields = node["field"]?.strings ?? []
    shingleWords = node["shingle_words"]?.int ?? shingleWords
    permutations = node["permutations"]?.int ?? permutations
  }
}

extension Recipe.Deduplication {
  var resolved: JSON {
    var members = [
      JSON.Member("exact", exactFields.isEmpty ? .bool(isExact) : .strings(exactFields))
    ]
    if let near {
      members.append(
        JSON.Member(
          "near",
          .object(
            [JSON.Member("threshold", .decimal(near.threshold))] + near.fields.member("field") + [
              JSON.Member("shingle_words", .number(String(near.shingleWords))),
              JSON.Member("permutations", .number(String(near.permutations))),
            ])))
    } else {
      members.append(JSON.Member("near", .bool(false)))
    }
    members.append(JSON.Member("keep", .string(keep.rawValue)))
    return .object(members)
  }
}
