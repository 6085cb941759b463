import Glibc
import Records

/// What stops a run, with the exit code that scripts may rely on.
package enum PipelineError: DiagnosticError, Sendable {
  /// The recipe asks for something that does not exist or cannot be: exit 2.
  case recipe([Diagnostic])
  /// The data was found wanting: exit 1.
  case refused(Diagnostic)
  /// The system refused a file operation: exit 3.
  case system(operation: String, path: String, code: Int32)
  /// Another build holds the output folder: exit 3.
  case locked(path: String, holder: Int?)
  /// An input is not what the lock file says: exit 3.
  case drifted([Diagnostic])
  /// A source's sum is off, which is a bug of ours: exit 3.
  case unbalanced(sources: [String])
  /// Rows of two splits are more alike than the recipe allows: exit 1.
  case leaking([String], hasCuts: Bool)
  /// What a build relies on does not work: exit 3.
  case untrusted(Diagnostic)
  /// A published file could not be read back as it was written: exit 3.
  case unproven(String)
  /// A published dataset cannot be read as one: exit 3.
  case torn(String)

  package var exitCode: Int32 {
    switch self {
    case .refused, .leaking: 1
    case .recipe: 2
    case .system, .locked, .drifted, .unbalanced, .untrusted, .unproven, .torn: 3
    }
  }

  /// Every message of the error.
  package var diagnostics: [Diagnostic] {
    switch self {
    case .recipe(let problems), .drifted(let problems): problems
    default: [diagnostic]
    }
  }

  package var diagnostic: Diagnostic {
    switch self {
    case .recipe(let problems), .drifted(let problems):
      problems.first ?? Diagnostic("the recipe cannot be used")
    case .refused(let diagnostic), .untrusted(let diagnostic): diagnostic
    case .system(let operation, let path, let code):
      Diagnostic(
        at: Position(file: path),
        "cannot \(operation): \(String(cString: strerror(code)).lowercased())",
        hint: code == ENOSPC ? "free some space or choose another '--output'; then run again" : nil)
    case .locked(let path, let holder):
      Diagnostic(
        at: Position(file: path),
        "another build\(holder.map { " (process \($0))" } ?? "") is writing this output",
        hint: "wait for it, or choose another '--output'")
    case .unbalanced(let sources):
      Diagnostic(
        "the counts of \(sources.joined(separator: ", ")) do not add up; nothing was published",
        hint: "this is a bug in materia; please report it with the recipe")
    case .leaking(let violations, let hasCuts):
      Diagnostic(
        "the splits are not apart: \(violations.joined(separator: ", ")); nothing was published",
        hint: "raise 'recall' of 'near', let 'deduplicate' compare the fields that the examples "
          + "show, or publish with the leaks reported by 'split: {leaks: report}'"
          + (hasCuts
            ? "; records are compared before 'within' cuts them, and what is left may be alike: "
              + "raise 'min_left'" : ""))
    case .unproven(let what):
      Diagnostic(
        "the output could not be proved: \(what); nothing was published",
        hint: "check the disk; if it is sound this is a bug in materia")
    case .torn(let what):
      Diagnostic(
        what, hint: "the dataset is not as it was published; 'materia verify' says more")
    }
  }
}
