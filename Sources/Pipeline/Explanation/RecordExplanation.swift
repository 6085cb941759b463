/// The whole way of a record of a published dataset: where it came from and what became of it.
package struct RecordExplanation: Sendable {
  /// The record's id in the build, `SOURCE:ID`.
  package var id: String
  package var source: String
  package var corpus: String
  /// Where it was read; nil when no side file says.
  package var place: Place?
  package var license: License?
  package var language: String?
  package var groups: [Group] = []
  package var split: SplitChoice?
  package var rejections: [Rejection] = []
  package var copies: [Copy] = []
  package var contamination: [Contamination] = []
  /// What the recipe says of the source's part in the mix.
  package var mix: [Setting] = []
  package var examples: [Example] = []
  package var identifiers: Identifiers?

  package struct Place: Sendable {
    package var archive: String
    package var entry: String
    package var ordinal: Int
    package var byteOffset: Int?

    /// Whether both are the same reading of the same entry.
    func isSameReading(as other: Place) -> Bool {
      archive == other.archive && entry == other.entry && ordinal == other.ordinal
    }
  }

  package struct License: Sendable {
    package var id: String
    package var why: String
  }

  /// A key that holds records together, with the examples of each split that have it.
  package struct Group: Sendable {
    package var key: String
    package var examples: [(split: String, count: Int)]
  }

  package struct SplitChoice: Sendable {
    package var name: String
    package var reason: String
    package var why: String
  }

  package struct Rejection: Sendable {
    package var stage: String
    package var reason: String
    package var value: String?
    /// What of the recipe the value was held against.
    package var limits: [Setting]
    /// Where the rejected reading stands, when it is another one of the same id: an earlier version of
    /// a citation that is in the dataset.
    package var otherReading: Place?
  }

  /// A value of the recipe.
  package struct Setting: Sendable {
    package var path: String
    package var value: String
  }

  /// A pair of copies that the record is one of.
  package struct Copy: Sendable {
    package var cluster: String
    package var kept: String
    package var dropped: String
    package var similarity: String
    package var kind: String
    /// How many copies of the cluster were dropped in all.
    package var clusterSize: Int
  }

  package struct Contamination: Sendable {
    package var benchmark: String
    package var item: String
    package var rule: String
    package var score: String
    package var isRemoved: Bool
  }

  package struct Example: Sendable {
    package var id: String
    package var task: String
    package var template: String
    package var exemplars: [String]
    package var rows: [Row]
  }

  /// Where an example stands in a dialect.
  package struct Row: Sendable {
    package var dialect: String
    package var file: String
    /// The line, from 1; the row where the file has no lines.
    package var line: Int
    /// The row itself; only when texts are asked for.
    package var text: String?
  }

  /// The placeholders that stand in the record's rows, by class.
  package struct Identifiers: Sendable {
    package var mode: String
    package var counts: [(name: String, count: Int)]
  }
}
