import Records

/// Why a row, or the whole of a table, cannot be read.
package struct CSVError: DiagnosticError, Equatable {
  /// What is wrong.
  ///
  /// The first three concern one row; the others end the parsing.
  package enum Kind: Sendable, Equatable {
    /// A row with more or fewer fields than the header.
    case unequalFieldCount(expected: Int, found: Int)
    /// A field with a byte that is not UTF-8.
    case invalidUTF8(column: Int)
    case containsNUL
    /// A quoted field that does not end before the input or the limit does; at its opening quote.
    case unterminatedQuote(limit: Int)
    case fieldTooLong(limit: Int)
    case duplicateHeader(String)
    case invalidHeader
  }

  package var kind: Kind
  package var position: Position

  package init(_ kind: Kind, at position: Position) {
    self.kind = kind
    self.position = position
  }

  package var diagnostic: Diagnostic { Diagnostic(at: position, message, hint: hint) }

  private var message: String {
    switch kind {
    case .unequalFieldCount(let expected, let found):
      "the row has \(found) fields, but the header has \(expected)"
    case .invalidUTF8(let column): "field \(column) has bytes that are not UTF-8"
    case .containsNUL: "the row has a NUL byte"
    case .unterminatedQuote(let limit):
      "the quoted field that starts here does not end within \(limit) bytes"
    case .fieldTooLong(let limit): "the field is longer than \(limit) bytes"
    case .duplicateHeader(let name): "the header names column '\(name)' twice"
    case .invalidHeader: "the header has bytes that are not UTF-8, or NUL"
    }
  }

  private var hint: String? {
    switch kind {
    case .invalidUTF8, .invalidHeader: TextError.encodingHint
    case .unterminatedQuote: "write a quote inside a quoted field twice"
    default: nil
    }
  }
}
