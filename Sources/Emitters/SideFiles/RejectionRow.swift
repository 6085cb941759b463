import Formats
import Records

/// A record that was left out, and why: one row of `rejected.jsonl`; never its text.
package struct RejectionRow: Sendable, Equatable {
  package var source: String
  package var rejection: Rejection

  package init(source: String, rejection: Rejection) {
    self.source = source
    self.rejection = rejection
  }

  package func write(into json: inout JSONWriter) {
    json.beginObject()
    json.member("id", rejection.id)
    json.member("source", source)
    json.member("stage", rejection.stage)
    json.member("reason", rejection.reason.rawValue)
    json.member("value", optional: rejection.value)
    json.member("archive", rejection.provenance.archive)
    json.member("entry", rejection.provenance.entry)
    json.member("ordinal", rejection.provenance.ordinal)
    json.endObject()
  }
}
