import Formats

extension Manifest.Deduplication {
  /// What was cut out of records because an earlier one of the same patient holds it.
  package struct Within: Sendable, Equatable {
    /// The kind of key that records share.
    package var group: String
    package var unit: String
    /// The words of a run; nil where sentences are compared.
    package var length: Int?
    /// The least words of a sentence; nil where runs are compared.
    package var minimumWords: Int?
    package var minimumLeft: Int
    package var sources: [Source]

    package init(
      group: String, unit: String, length: Int?, minimumWords: Int?, minimumLeft: Int,
      sources: [Source]
    ) {
      self.group = group
      self.unit = unit
      self.length = length
      self.minimumWords = minimumWords
      self.minimumLeft = minimumLeft
      self.sources = sources
    }

    /// What a source lost.
    package struct Source: Sendable, Equatable {
      package var name: String
      /// The records that were cut and stay.
      package var records: Int
      package var units: Int
      package var words: Int
      /// The records that had too little left.
      package var rejected: Int

      package init(name: String, records: Int, units: Int, words: Int, rejected: Int) {
        self.name = name
        self.records = records
        self.units = units
        self.words = words
        self.rejected = rejected
      }
    }
  }
}

extension Manifest.Deduplication.Within {
  func write(into json: inout JSONWriter) {
    json.beginObject()
    json.member("group", group)
    json.member("unit", unit)
    if let length { json.member("length", length) }
    if let minimumWords { json.member("min_words", minimumWords) }
    json.member("min_left", minimumLeft)
    json.key("sources")
    json.beginArray()
    for source in sources { source.write(into: &json) }
    json.endArray()
    json.endObject()
  }
}

extension Manifest.Deduplication.Within.Source {
  fileprivate func write(into json: inout JSONWriter) {
    json.beginObject()
    json.member("name", name)
    json.member("records", records)
    json.member("units", units)
    json.member("words", words)
    json.member("rejected", rejected)
    json.endObject()
  }
}
