import Glibc
import Records

/// What stops a stage: the work folder cannot be used, or the recipe and a corpus disagree.
package enum StageError: DiagnosticError, Sendable {
  /// The system refused an operation on a file of the work folder: exit 3.
  case system(operation: String, path: String, code: Int32)
  /// The settings of a stage cannot be met: exit 2.
  case settings(Diagnostic)

  package var diagnostic: Diagnostic {
    switch self {
    case .system(let operation, let path, let code):
      Diagnostic(
        at: Position(file: path),
        "cannot \(operation): \(String(cString: strerror(code)).lowercased())",
        hint: code == ENOSPC ? "free some space or choose another '--output'; then run again" : nil)
    case .settings(let diagnostic): diagnostic
    }
  }
}
