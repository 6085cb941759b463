import Formats
import Records

/// One thing that a rule found: where, what, and a fingerprint that survives moved lines.
package struct Finding: Sendable, Hashable {
  package var rule: ValidationRule
  /// File, entry, line and column.
  package var position: Position
  /// What is wrong, for people; never text of the corpus.
  package var message: String
  package var hint: String?
  /// A hash of the rule, the row's bytes and the place in the row; for what concerns a whole file, of
  /// the rule, the file and the key.
  package var fingerprint: UInt64

  package var severity: Diagnostic.Severity { rule.severity }

  /// The fingerprint as baselines and SARIF hold it.
  package var fingerprintText: String { Self.text(of: fingerprint) }

  static func text(of fingerprint: UInt64) -> String {
    let digits = String(fingerprint, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// As the terminal shows it: `file:line:column: error: message [rule]`.
  package var diagnostic: Diagnostic {
    Diagnostic(at: position, "\(message) [\(rule.id)]", severity: severity, hint: hint)
  }

  /// The order within a file: by line, then column, then the order of the rules.
  func precedes(_ other: Finding) -> Bool {
    let mine = (position.line ?? 0, position.column ?? 0, rule.index)
    let theirs = (other.position.line ?? 0, other.position.column ?? 0, other.rule.index)
    return mine == theirs ? message < other.message : mine < theirs
  }
}
