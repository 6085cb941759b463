import Glibc
import Pipeline
import Records

/// What goes to the terminal: results on standard output, everything else on standard error.
struct Console: Sendable {
  var isQuiet = false

  func result(_ text: String) {
    Self.write(text + "\n", to: STDOUT_FILENO)
  }

  func note(_ text: String) {
    guard !isQuiet else { return }
    Self.write(text + "\n", to: STDERR_FILENO)
  }

  /// Prints a diagnostic; errors are printed even when quiet, and others when they are the result.
  func report(_ diagnostic: Diagnostic, always isResult: Bool) {
    guard isResult || !isQuiet || diagnostic.severity == .error else { return }
    Self.write(Self.coloured(diagnostic) + "\n", to: STDERR_FILENO)
  }

  func report(_ diagnostic: Diagnostic) { report(diagnostic, always: false) }

  /// Whether standard error shows colours: a terminal that knows them, unless `NO_COLOR` is set.
  static let hasColour: Bool = {
    guard isatty(STDERR_FILENO) == 1, getenv("TERM").map({ String(cString: $0) }) != "dumb" else {
      return false
    }
    return getenv("NO_COLOR").map { $0.pointee == 0 } ?? true
  }()

  private static func coloured(_ diagnostic: Diagnostic) -> String {
    guard hasColour else { return diagnostic.description }
    let code =
      switch diagnostic.severity {
      case .error: "\u{1B}[1;31m"
      case .warning: "\u{1B}[1;33m"
      case .note: "\u{1B}[1;36m"
      }
    let place = diagnostic.position.description
    var text = place.isEmpty ? "" : "\u{1B}[1m\(place):\u{1B}[0m "
    text += "\(code)\(diagnostic.severity.rawValue):\u{1B}[0m \(diagnostic.message)"
    if let hint = diagnostic.hint { text += "\n\u{1B}[2mhint:\u{1B}[0m \(hint)" }
    return text
  }

  static func write(_ text: String, to descriptor: Int32) {
    var text = text
    text.withUTF8 { bytes in
      var offset = 0
      while offset < bytes.count {
        let count = Glibc.write(
          descriptor, bytes.baseAddress?.advanced(by: offset), bytes.count - offset)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return }
        offset += count
      }
    }
  }
}
