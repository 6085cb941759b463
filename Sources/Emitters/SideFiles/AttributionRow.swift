import Formats
import Records

/// A work whose licence asks to name its authors: one row of `attributions.jsonl`.
package struct AttributionRow: Sendable, Equatable {
  /// The id in the build of the first record that is of the work.
  package var id: String
  package var source: String
  package var licenses: Licenses
  package var work: Work

  package init(id: String, source: String, licenses: Licenses, work: Work) {
    self.id = id
    self.source = source
    self.licenses = licenses
    self.work = work
  }

  package func write(into json: inout JSONWriter) {
    json.beginObject()
    json.member("id", id)
    json.member("source", source)
    json.member("license", licenses.expression)
    json.member("authors", work.authors)
    json.member("title", work.title)
    json.member("publication", work.publication)
    if let year = work.year { json.member("year", year) }
    json.member("url", optional: work.address)
    json.endObject()
  }
}

/// The works of a dataset that must be named: how many of each source, and the first of them.
package struct Attributions: Sendable, Equatable {
  /// The most works that `NOTICE.md` names itself.
  package static let maximumInNotice = 200
  package static let fileName = "attributions.jsonl"

  /// By source, at most `maximumInNotice` of each, in the order of reading.
  package private(set) var first: [String: [AttributionRow]] = [:]
  package private(set) var counts: [String: Int] = [:]
  /// The sources whose works stay unnamed, as the ids of their records are hidden or they are about
  /// patients.
  package var unnamed: Set<String> = []

  package init() {}

  package mutating func add(_ row: AttributionRow) {
    let count = counts[row.source, default: 0]
    counts[row.source] = count + 1
    if count < Self.maximumInNotice { first[row.source, default: []].append(row) }
  }

  /// The works of a source that the notice names: each source has the same room.
  func named(of source: String) -> [AttributionRow] {
    Array((first[source] ?? []).prefix(max(1, Self.maximumInNotice / max(1, counts.count))))
  }
}
