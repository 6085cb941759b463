import Records

/// Why a schema cannot be used.
package struct SchemaError: DiagnosticError, Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    /// A reference to a document that is not registered, or to nothing in it.
    case unresolvedReference(String)
    case unknownDialect(String)
    case unknownVocabulary(String)
    case unknownKeyword(String, nearest: String?)
    case malformedKeyword(String, expected: String)
    case malformedPattern(String)
    case repeatedIdentifier(String)
    case notASchema
    case tooManyDigits
  }

  package var kind: Kind
  /// The schema that is at fault: its resource and the JSON pointer in it.
  package var location: String

  package init(_ kind: Kind, at location: String) {
    self.kind = kind
    self.location = location
  }

  package var diagnostic: Diagnostic { Diagnostic("schema \(location): \(message)", hint: hint) }

  private var message: String {
    switch kind {
    case .unresolvedReference(let uri): "cannot resolve '\(uri)'"
    case .unknownDialect(let uri): "cannot read schemas written in '\(uri)'"
    case .unknownVocabulary(let uri): "the vocabulary '\(uri)' is required and not supported"
    case .unknownKeyword(let name, _): "'\(name)' is not a keyword"
    case .malformedKeyword(let name, let expected): "'\(name)' must be \(expected)"
    case .malformedPattern(let pattern): "'\(pattern)' is not a regular expression"
    case .repeatedIdentifier(let uri): "two schemas are identified as '\(uri)'"
    case .notASchema: "a schema must be an object, true or false"
    case .tooManyDigits: "'multipleOf' must be greater than 0 and have at most 18 digits"
    }
  }

  private var hint: String? {
    switch kind {
    case .unresolvedReference: "only registered documents are read, never the network"
    case .unknownDialect: "schemas may be written in draft 2020-12 or draft-07"
    case .unknownKeyword(_, let nearest?): "did you mean '\(nearest)'?"
    default: nil
    }
  }
}

/// A way in which a value does not fit its schema.
package struct SchemaProblem: Sendable, Hashable {
  /// The JSON pointer of the value at fault.
  package var instancePointer: String
  /// Where it stands: line, column and byte offset; of the key, for a key that is not known.
  package var position: Position
  package var keyword: String
  /// The schema's identifier and the JSON pointer of the keyword in it.
  package var schemaPointer: String
  /// What is wrong, for people; never quotes text of the value but names of keys.
  package var message: String
  package var hint: String?

  /// The offset from the start of the file, where the notation has one.
  package var byteOffset: Int? { position.byteOffset }

  package var diagnostic: Diagnostic { Diagnostic(at: position, message, hint: hint) }
}
