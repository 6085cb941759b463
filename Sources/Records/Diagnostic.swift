/// A message to the person at the keyboard: where, what is wrong, what to do.
package struct Diagnostic: Sendable, Hashable, Error {
  /// How much a message weighs.
  package enum Severity: String, Sendable {
    case error
    case warning
    case note
  }

  package var severity: Severity
  package var position: Position
  package var message: String
  package var hint: String?

  package init(
    at position: Position = Position(), _ message: String, severity: Severity = .error,
    hint: String? = nil
  ) {
    self.severity = severity
    self.position = position
    self.message = message
    self.hint = hint
  }
}

extension Diagnostic: CustomStringConvertible {
  /// `file:line:column: error: what is wrong`, then `hint: what to do` on a line of its own.
  package var description: String {
    let place = position.description
    var text = place.isEmpty ? "" : "\(place): "
    text += "\(severity.rawValue): \(message)"
    if let hint { text += "\nhint: \(hint)" }
    return text
  }
}

/// An error that can be shown to the user as one located message.
package protocol DiagnosticError: Error, CustomStringConvertible {
  var diagnostic: Diagnostic { get }
}

extension DiagnosticError {
  package var description: String { diagnostic.description }
}

extension Diagnostic: DiagnosticError {
  package var diagnostic: Diagnostic { self }
}
