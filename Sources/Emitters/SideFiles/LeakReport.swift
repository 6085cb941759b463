import Formats
import Records

/// What two parts of a dataset have in common, by what their rows say.
package struct LeakReport: Sendable, Equatable {
  /// Rows on either side of a comparison.
  package struct Rows: Sendable, Equatable {
    /// Rows of the split that have a like in the other.
    package var rows: Int
    /// Rows of the other split that have a like in the first.
    package var against: Int

    package init(rows: Int = 0, against: Int = 0) {
      self.rows = rows
      self.against = against
    }
  }

  /// What rows are compared by.
  package enum Measure: String, Sendable, CaseIterable {
    case sameInput = "same_input"
    case samePassage = "same_passage"
    case sameOutput = "same_output"
    case sameLongOutput = "same_long_output"
    /// Input and output are equal.
    case copies
    case near
  }

  /// Groups of one kind in both.
  package struct Groups: Sendable, Equatable {
    package var kind: String
    package var groups: Int
    package var rows: Rows

    package init(kind: String, groups: Int, rows: Rows) {
      self.kind = kind
      self.groups = groups
      self.rows = rows
    }
  }

  /// What a split has in common with another, or with a part of it.
  package struct Counts: Sendable, Equatable {
    /// By kind of group, in byte order; kinds without a shared group are left out.
    package var groups: [Groups] = []
    package var measures: [Measure: Rows] = [:]
    /// Pairs of rows that are alike, each verified.
    package var nearPairs = 0

    package init() {}

    package subscript(measure: Measure) -> Rows { measures[measure] ?? Rows() }
  }

  /// Rows of one split that were read together: a source, or an entry of it.
  package struct Part: Sendable, Equatable {
    package var source: String
    package var archive: String?
    package var entry: String?
    package var rows: Int
    package var counts: Counts

    package init(
      source: String, archive: String?, entry: String?, rows: Int, counts: Counts
    ) {
      self.source = source
      self.archive = archive
      self.entry = entry
      self.rows = rows
      self.counts = counts
    }
  }

  /// Two splits.
  package struct Pair: Sendable, Equatable {
    package var split: Split
    package var against: Split
    package var counts: Counts
    /// The same by parts of the second split, where it has several.
    package var parts: [Part]

    package init(split: Split, against: Split, counts: Counts, parts: [Part]) {
      self.split = split
      self.against = against
      self.counts = counts
      self.parts = parts
    }
  }

  /// The two rows of different splits that are most alike.
  package struct Highest: Sendable, Equatable {
    package var similarity: Double
    /// The splits with the numbers of the rows, from 1, in the order of `provenance/SPLIT.jsonl`.
    package var split: Split
    package var row: Int
    package var against: Split
    package var againstRow: Int

    package init(similarity: Double, split: Split, row: Int, against: Split, againstRow: Int) {
      self.similarity = similarity
      self.split = split
      self.row = row
      self.against = against
      self.againstRow = againstRow
    }
  }

  /// Train with validation, train with test, validation with test.
  package var pairs: [Pair] = []
  /// Nil when no pair reaches the similarity that pairs are looked for from.
  package var highest: Highest?

  package init() {}

  /// The rows outside of the first split of each pair that a measure finds in both.
  package func total(_ measure: Measure) -> Int {
    pairs.reduce(0) { $0 + $1.counts[measure].against }
  }
}

// MARK: JSON

extension LeakReport.Counts {
  func write(into json: inout JSONWriter) {
    json.key("groups")
    json.beginArray()
    for group in groups {
      json.beginObject()
      json.member("kind", group.kind)
      json.member("groups", group.groups)
      json.member("rows", group.rows.rows)
      json.member("against_rows", group.rows.against)
      json.endObject()
    }
    json.endArray()
    for measure in LeakReport.Measure.allCases {
      json.key(measure.rawValue)
      json.beginObject()
      json.member("rows", self[measure].rows)
      json.member("against_rows", self[measure].against)
      json.endObject()
    }
    json.member("near_pairs", nearPairs)
  }
}

extension LeakReport.Part {
  fileprivate func write(into json: inout JSONWriter) {
    json.beginObject()
    json.member("source", source)
    json.member("archive", optional: archive)
    json.member("entry", optional: entry)
    json.member("against_total", rows)
    counts.write(into: &json)
    json.endObject()
  }
}

extension LeakReport.Pair {
  func write(into json: inout JSONWriter) {
    json.beginObject()
    json.member("split", split.rawValue)
    json.member("against", against.rawValue)
    counts.write(into: &json)
    json.key("parts")
    json.beginArray()
    for part in parts { part.write(into: &json) }
    json.endArray()
    json.endObject()
  }
}

extension LeakReport.Highest {
  func write(into json: inout JSONWriter) {
    json.beginObject()
    json.key("similarity")
    json.number(text: DecimalText.fourDecimals(similarity))
    json.member("split", split.rawValue)
    json.member("row", row)
    json.member("against", against.rawValue)
    json.member("against_row", againstRow)
    json.endObject()
  }
}
