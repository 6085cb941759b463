import Formats

extension Recipe {
  /// Which copies go.
  package struct Deduplication: Sendable, Equatable {
    package var isExact = true
    /// The fields that must agree; the record's main fields when empty.
    package var exactFields: [Name] = []
    package var near: Near?
    package var keep = Keep.longest
    package var cluster = Cluster.star
    /// The largest share of a source that may go as copies without an alarm.
    package var maximumLoss = 0.5
    package var alarm = Alarm.warn
    /// What records may not be copies of besides one another, sorted by path.
    package var references: [Recipe.Decontamination.Benchmark] = []
    /// What is cut that records of one patient repeat; nil unless asked for.
    package var within: Within?

    /// Which of several copies survives, where their priority and licence are the same.
    package enum Keep: String, Sendable, CaseIterable {
      case longest
      case shortest
      case first
    }

    /// Which of the records that are linked by near copies go.
    package enum Cluster: String, Sendable, CaseIterable {
      case star
      case single
    }

    /// What happens when a source loses more than it may.
    package enum Alarm: String, Sendable, CaseIterable {
      case warn
      case fail
    }

    /// How near copies are found.
    package struct Near: Sendable, Equatable {
      /// The least Jaccard similarity of shingle sets that makes two texts copies.
      package var threshold = 0.8
      package var fields: [Name] = []
      package var shingleWords = 5
      package var permutations = 128
      /// The least chance to find a pair that lies exactly at the threshold.
      package var recall = 0.999999
    }
  }
}

extension Recipe.Deduplication {
  init(_ node: YAMLNode) {
    isExact = node["exact"]?.bool ?? true
    exactFields = node["exact"]?.elements.compactMap { Recipe.Name($0) } ?? []
    near = node["near"].flatMap(Near.init)
    keep = node["keep"]?.string.flatMap(Keep.init(rawValue:)) ?? keep
    cluster = node["cluster"]?.string.flatMap(Cluster.init(rawValue:)) ?? cluster
    maximumLoss = node["max_loss"]?.double ?? maximumLoss
    references = (node["against"]?.elements ?? []).map(Recipe.Decontamination.Benchmark.init)
      .sorted { $0.path.text.utf8.lexicographicallyPrecedes($1.path.text.utf8) }
    within = node["within"].map(Within.init)
    alarm = node["alarm"]?.string.flatMap(Alarm.init(rawValue:)) ?? alarm
  }
}

extension Recipe.Deduplication.Near {
  init?(_ node: YAMLNode) {
    if node.bool == false { return nil }
    self.init()
    threshold = node["threshold"]?.double ?? threshold
    fields = Recipe.Name.list(node["field"])
    shingleWords = node["shingle_words"]?.int ?? shingleWords
    permutations = node["permutations"]?.int ?? permutations
    recall = node["recall"]?.double ?? recall
  }
}

extension Recipe.Deduplication {
  var resolved: JSON {
    var members = [
      JSON.Member("exact", exactFields.isEmpty ? .bool(isExact) : .strings(exactFields.map(\.text)))
    ]
    if let near {
      members.append(
        JSON.Member(
          "near",
          .object(
            [JSON.Member("threshold", .decimal(near.threshold))]
              + near.fields.map(\.text).member("field") + [
                JSON.Member("shingle_words", .number(String(near.shingleWords))),
                JSON.Member("permutations", .number(String(near.permutations))),
                JSON.Member("recall", .decimal(near.recall)),
              ])))
    } else {
      members.append(JSON.Member("near", .bool(false)))
    }
    members.append(JSON.Member("keep", .string(keep.rawValue)))
    members.append(JSON.Member("cluster", .string(cluster.rawValue)))
    members.append(JSON.Member("max_loss", .decimal(maximumLoss)))
    members.append(JSON.Member("alarm", .string(alarm.rawValue)))
    if !references.isEmpty {
      members.append(JSON.Member("against", .array(references.map(\.resolved))))
    }
    if let within { members.append(JSON.Member("within", within.resolved)) }
    return .object(members)
  }
}
