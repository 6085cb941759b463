import Records

/// Why a file, an archive or one of its entries cannot be read.
package struct ArchiveError: DiagnosticError, Sendable, Equatable {
  /// What is wrong.
  package enum Problem: Sendable, Equatable {
    /// Nothing is at the path, or no file matches the pattern.
    case notFound(String, reason: String)
    /// The system refused to open or to read.
    case systemFailure(action: String, path: String, code: Int32)
    /// The bytes are not what the format says: a wrong checksum, bad codes, a bad header.
    case damaged(reason: String, bytesRead: Int)
    /// The bytes end too early.
    case truncated(bytesRead: Int)
    case limitExceeded(ArchiveLimits.Name, limit: Int)
    case encrypted
    /// A format or a compression that is not enabled, by its name: `rar`.
    case formatNotEnabled(String)
    /// A zip or 7z member whose method, or a tar member whose layout, cannot be read.
    case unsupportedEntry(reason: String)
    /// The name promises an archive, the content is none.
    case notAnArchive(claimed: String)
  }

  package var problem: Problem
  package var position: Position

  package init(_ problem: Problem, at position: Position = Position()) {
    self.problem = problem
    self.position = position
  }

  /// The same error, with file and entry filled in where they are still unknown.
  package func within(file: String?, entry: String? = nil) -> ArchiveError {
    ArchiveError(problem, at: position.within(file: file, entry: entry))
  }
}

extension ArchiveError {
  package var diagnostic: Diagnostic { Diagnostic(at: position, message, hint: hint) }

  private var message: String {
    switch problem {
    case .notFound(let path, let reason): "cannot open '\(path)': \(reason)"
    case .systemFailure(let action, let path, let code):
      "cannot \(action) '\(path)': \(systemMessage(code))"
    case .damaged(let reason, let bytes): "content is damaged after \(bytes) bytes: \(reason)"
    case .truncated(let bytes): "content is cut short: it ends after \(bytes) bytes"
    case .limitExceeded(let name, let limit): Self.message(of: name, limit)
    case .encrypted: "cannot read encrypted entries"
    case .formatNotEnabled(let format): "cannot read \(format) archives"
    case .unsupportedEntry(let reason): "cannot read this entry: \(reason)"
    case .notAnArchive(let claimed): "is named as \(claimed), but its content is not \(claimed)"
    }
  }

  private var hint: String? {
    switch problem {
    case .notFound, .systemFailure, .unsupportedEntry: nil
    case .damaged, .truncated: "fetch it again and compare its checksum with the publisher's"
    case .limitExceeded(.nesting, _), .limitExceeded(.filters, _),
      .limitExceeded(.bufferedBytes, _):
      "unpack the inner archive and name it as a source of its own"
    case .limitExceeded(let name, _):
      "raise the limit '\(name.rawValue)' if you trust where it comes from"
    case .encrypted: "decrypt it first"
    case .formatNotEnabled: "repack it as .zip, .tar.gz or .7z"
    case .notAnArchive: "rename it to what it is, or fetch it again"
    }
  }

  private static func message(of name: ArchiveLimits.Name, _ limit: Int) -> String {
    switch name {
    case .ratio: "expands to more than \(limit) times its size, the limit '\(name.rawValue)'"
    case .entryBytes, .streamBytes:
      "is longer than \(limit) bytes, the limit '\(name.rawValue)'"
    case .runBytes: "takes the run over \(limit) expanded bytes, the limit '\(name.rawValue)'"
    case .bufferedBytes:
      "is an archive that needs seeking inside another and longer than \(limit) bytes, the limit "
        + "'\(name.rawValue)'"
    case .entries: "has more than \(limit) entries, the limit '\(name.rawValue)'"
    case .emptyEntries: "has more than \(limit) empty entries, the limit '\(name.rawValue)'"
    case .nameBytes: "has a name longer than \(limit) bytes, the limit '\(name.rawValue)'"
    case .nesting: "lies more than \(limit) archives deep, the limit '\(name.rawValue)'"
    case .filters: "is compressed more than \(limit) times over, the limit '\(name.rawValue)'"
    }
  }
}
