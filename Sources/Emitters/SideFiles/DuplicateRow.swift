import Formats

/// A record that was dropped for another: one row of `duplicates.jsonl`.
package struct DuplicateRow: Sendable, Equatable {
  /// How alike the two are.
  package enum Kind: String, Sendable {
    case exact
    case near
  }

  /// The cluster's id.
  package var cluster: String
  package var kept: String
  package var dropped: String
  /// 0 … 1, written with four decimals.
  package var similarity: Double
  package var kind: Kind

  package init(cluster: String, kept: String, dropped: String, similarity: Double, kind: Kind) {
    self.cluster = cluster
    self.kept = kept
    self.dropped = dropped
    self.similarity = similarity
    self.kind = kind
  }

  package func write(into json: inout JSONWriter) {
    json.beginObject()
    json.member("cluster", cluster)
    json.member("kept", kept)
    json.member("dropped", dropped)
    json.key("similarity")
    json.number(text: DecimalText.fourDecimals(similarity))
    json.member("kind", kind.rawValue)
    json.endObject()
  }
}
