import Records

/// Something that a record either has or has not, and that a recipe may `reject`.
package struct Flaw: Sendable {
  /// The name under `reject:` and in `materia stats`; also the reason of the rejection.
  package var name: String { reason.rawValue }
  package let reason: Rejection.Reason
  /// What it is, in one line.
  package let meaning: String
  /// What was found, in words without text of the corpus; nil for a record without the flaw.
  let find: @Sendable (Record, MeasuredText) -> String?

  init(
    _ reason: Rejection.Reason, _ meaning: String,
    _ find: @escaping @Sendable (Record, MeasuredText) -> String?
  ) {
    self.reason = reason
    self.meaning = meaning
    self.find = find
  }

  /// What was found of the flaw in a record.
  ///
  /// - Parameter answer: What of the record is learnt to be written, or the field that was named.
  package func finding(in record: Record, answer: MeasuredText) -> String? {
    find(record, answer)
  }
}
