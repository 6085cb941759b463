import Records

/// Why bytes are not the text that they should be, and where.
package struct TextError: DiagnosticError, Equatable {
  /// What is wrong.
  package enum Kind: Sendable, Equatable {
    /// The byte at the position does not fit the encoding.
    case invalidBytes
    /// The input ends inside a character.
    case truncated
    /// Nothing in the bytes shows which encoding they are in.
    case unknownEncoding
  }

  package var kind: Kind
  /// The name of the encoding that was expected.
  package var encoding: String
  package var position: Position

  package init(_ kind: Kind, encoding: String, at position: Position) {
    self.kind = kind
    self.encoding = encoding
    self.position = position
  }

  package var diagnostic: Diagnostic { Diagnostic(at: position, message, hint: hint) }

  private var message: String {
    let place = position.byteOffset.map { " at byte \($0)" } ?? ""
    return switch kind {
    case .invalidBytes: "bytes that are not \(encoding)\(place)"
    case .truncated: "the text ends inside a \(encoding) character\(place)"
    case .unknownEncoding: "not UTF-8\(place), and no other encoding is plain from the bytes"
    }
  }

  private var hint: String? {
    kind == .truncated ? nil : Self.encodingHint
  }

  /// What to do about bytes in another encoding; not every corpus can be told one.
  static let encodingHint =
    "convert the file to UTF-8, or name the encoding where the corpus has the option 'encoding'"
}
