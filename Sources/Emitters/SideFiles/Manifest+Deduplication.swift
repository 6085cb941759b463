import Formats

extension Manifest {
  /// How copies were looked for.
  package struct Deduplication: Sendable, Equatable {
    package var isExact: Bool
    package var near: Near?
    /// Which of several copies stays, as the recipe calls it.
    package var keep: String
    package var cluster: String
    /// The share of a source beyond which its loss is an alarm.
    package var maximumLoss: Double
    /// The sources that lost more.
    package var alarms: [String]
    /// The sets that records may not repeat.
    package var references: [Reference]
    /// What was cut that records of a patient repeat; nil unless that was asked for.
    package var within: Within?

    package init(
      isExact: Bool, near: Near?, keep: String, cluster: String, maximumLoss: Double,
      alarms: [String], references: [Reference] = []
    ) {
      self.isExact = isExact
      self.near = near
      self.keep = keep
      self.cluster = cluster
      self.maximumLoss = maximumLoss
      self.alarms = alarms
      self.references = references
    }

    /// A set that records may not repeat.
    package struct Reference: Sendable, Equatable {
      package var name: String
      /// The digest of each of its files, joined by `+`.
      package var sha256: String
      package var records: Int
      /// The records of the build that went as copies of its own.
      package var removed: Int

      package init(name: String, sha256: String, records: Int, removed: Int) {
        self.name = name
        self.sha256 = sha256
        self.records = records
        self.removed = removed
      }
    }

    /// How near copies were looked for.
    package struct Near: Sendable, Equatable {
      package var threshold: Double
      package var shingleWords: Int
      package var shingleCharacters: Int
      package var permutations: Int
      package var bands: Int
      package var rows: Int
      /// The chance that a pair exactly at the threshold was compared.
      package var recall: Double

      package init(
        threshold: Double, shingleWords: Int, shingleCharacters: Int, permutations: Int,
        bands: Int, rows: Int, recall: Double
      ) {
        self.threshold = threshold
        self.shingleWords = shingleWords
        self.shingleCharacters = shingleCharacters
        self.permutations = permutations
        self.bands = bands
        self.rows = rows
        self.recall = recall
      }
    }
  }
}

extension Manifest.Deduplication {
  func write(into json: inout JSONWriter) {
    json.beginObject()
    json.member("exact", isExact)
    if let near {
      json.key("near")
      near.write(into: &json)
    }
    json.member("keep", keep)
    json.member("cluster", cluster)
    json.key("max_loss")
    json.number(text: DecimalText.fourDecimals(maximumLoss))
    json.key("alarms")
    json.beginArray()
    for source in alarms { json.string(source) }
    json.endArray()
    if !references.isEmpty {
      json.key("against")
      json.beginArray()
      for reference in references { reference.write(into: &json) }
      json.endArray()
    }
    if let within {
      json.key("within")
      within.write(into: &json)
    }
    json.endObject()
  }
}

extension Manifest.Deduplication.Near {
  fileprivate func write(into json: inout JSONWriter) {
    json.beginObject()
    json.key("threshold")
    json.number(text: DecimalText.fourDecimals(threshold))
    json.member("shingle_words", shingleWords)
    json.member("shingle_characters", shingleCharacters)
    json.member("permutations", permutations)
    json.member("bands", bands)
    json.member("rows", rows)
    json.key("recall_at_threshold")
    json.number(text: DecimalText.fourDecimals(recall))
    json.endObject()
  }
}

extension Manifest.Deduplication.Reference {
  fileprivate func write(into json: inout JSONWriter) {
    json.beginObject()
    json.member("name", name)
    json.member("sha256", sha256)
    json.member("records", records)
    json.member("removed", removed)
    json.endObject()
  }
}
