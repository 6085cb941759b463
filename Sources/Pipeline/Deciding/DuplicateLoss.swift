import Records

/// What a source loses to copies, where that is more than the recipe lets pass unheard.
///
/// A threshold set too low, or a field that all records share, can take nearly all of a source.
struct DuplicateLoss: Sendable, Equatable {
  var source: String
  /// The records that go, of those that were left to be compared.
  var lost: Int
  var compared: Int
  var maximum: Double

  /// The losses of all sources that are beyond the maximum.
  init?(source: String, lost: Int, compared: Int, maximum: Double) {
    guard Double(lost) > maximum * Double(compared) else { return nil }
    self.source = source
    self.lost = lost
    self.compared = compared
    self.maximum = maximum
  }

  func diagnostic(_ severity: Diagnostic.Severity) -> Diagnostic {
    Diagnostic(
      "source '\(source)' loses \(lost) of its \(compared) records as copies, more than "
        + "'max_loss: \(Decimals.four(maximum))'",
      severity: severity,
      hint:
        "'duplicates.jsonl' names each with what stays for it; raise 'threshold', compare other "
        + "fields, or raise 'max_loss' where the source is known to repeat others")
  }
}
