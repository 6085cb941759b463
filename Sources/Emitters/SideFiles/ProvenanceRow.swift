import Formats
import Records

/// Where an example came from: one row of `provenance/<split>.jsonl`.
package struct ProvenanceRow: Sendable, Equatable {
  /// The example's id.
  package var id: String
  /// The ids of the records that the example was rendered from.
  package var records: [String]
  package var source: String
  package var corpus: String
  /// The licences of all records that it is made of: its own and those of its exemplars.
  package var licenses: Licenses
  package var language: String?
  package var groups: [GroupKey]
  package var provenance: Provenance
  package var split: Split
  /// Why the record is in the split: `official` or `group`, say.
  package var splitReason: String
  package var task: String
  /// The wording: `consumer-qa/3`; empty for records passed through.
  package var template: String
  /// The ids in the build of the records whose worked examples stand before the request.
  package var exemplars: [String]

  /// The row of an example of one record.
  ///
  /// - Parameter licenses: The record's, and those of the exemplars.
  package init(
    example id: String, of record: Record, licenses: Licenses, split: Split, splitReason: String,
    task: String,
    template: String, exemplars: [String] = []
  ) {
    self.id = id
    records = [record.id]
    source = record.source
    corpus = record.corpus
    self.licenses = licenses
    language = record.language
    groups = record.groups
    provenance = record.provenance
    self.split = split
    self.splitReason = splitReason
    self.task = task
    self.template = template
    self.exemplars = exemplars
  }

  package func write(into json: inout JSONWriter) {
    json.beginObject()
    json.member("id", id)
    json.member("records", records)
    json.member("source", source)
    json.member("corpus", corpus)
    json.member("license", licenses.expression)
    json.member("language", optional: language)
    json.member("groups", groups.map(\.description))
    json.member("archive", provenance.archive)
    json.member("entry", provenance.entry)
    json.member("ordinal", provenance.ordinal)
    if let offset = provenance.byteOffset { json.member("byte_offset", offset) }
    json.member("split", split.rawValue)
    json.member("split_reason", splitReason)
    json.member("task", task)
    json.member("template", template)
    if !exemplars.isEmpty { json.member("exemplars", exemplars) }
    json.endObject()
  }
}
