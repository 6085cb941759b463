import Records

/// How findings are written.
package enum ValidationFormat: String, Sendable, CaseIterable {
  case text
  case json
  case sarif
  case junit
  case github

  /// The document of a finished validation; nil for those that are told line by line.
  package func document(of result: ValidationResult, findings: [Finding]) -> String? {
    switch self {
    case .text, .github: nil
    case .json: ValidationJSON.text(of: result, findings: findings)
    case .sarif: ValidationSARIF.text(of: result, findings: findings)
    case .junit: ValidationJUnit.text(of: result, findings: findings)
    }
  }
}
