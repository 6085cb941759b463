import Records

/// What a validation found, over all files.
package struct ValidationResult: Sendable {
  /// A file or an entry that was checked.
  package struct File: Sendable {
    package var place: Position
    /// The format that its rows are of, or the schema's name; nil when neither is known.
    package var format: String?
    package var rows = 0
    package var errors = 0
    package var warnings = 0
  }

  package var files: [File] = []
  package var rows = 0
  package var invalidRows = 0
  /// How often each rule found something, by the rule's number.
  var counts = [Int](repeating: 0, count: ValidationRule.allCases.count)
  /// Findings that the baseline knows.
  package var suppressed = 0
  /// Files of folders and archives that are no rows, left out.
  package var passedOver = 0
  package var baseline = ValidationBaseline()
  var isStrict = false

  package var errors: Int { count(of: .error) }
  package var warnings: Int { count(of: .warning) }
  package var problems: Int { errors + warnings }

  /// Whether there was something to check and nothing in it is wrong.
  package var isValid: Bool { rows > 0 && errors == 0 && (!isStrict || warnings == 0) }

  /// The rules that found something, with how often.
  package var ruleCounts: [(rule: ValidationRule, count: Int)] {
    ValidationRule.allCases.map { ($0, counts[$0.index]) }.filter { $0.1 > 0 }
  }

  private func count(of severity: Diagnostic.Severity) -> Int {
    ValidationRule.allCases.reduce(0) { $0 + ($1.severity == severity ? counts[$1.index] : 0) }
  }

  /// One line for people.
  package var text: String {
    let files = Counted.text(self.files.count, "file")
    guard rows > 0 || problems > 0 else { return "no rows found in \(files)" }
    var text = "\(Counted.text(rows, "row")) in \(files): "
    text += errors == 0 ? "all valid" : "\(invalidRows) invalid, \(Counted.text(errors, "problem"))"
    if warnings > 0 { text += ", \(Counted.text(warnings, "warning"))" }
    if suppressed > 0 { text += "; \(suppressed) known from the baseline" }
    if passedOver > 0 { text += "; \(Counted.text(passedOver, "other file")) passed over" }
    return text
  }
}
