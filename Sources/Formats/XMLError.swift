import Records

/// Why XML cannot be read further, and where.
package struct XMLError: DiagnosticError, Equatable {
  /// What is wrong.
  ///
  /// Names of elements and entities are structure and may be shown; text is not.
  package enum Kind: Sendable, Equatable {
    /// A well-formedness error, in our own words.
    case malformed(String)
    /// `&name;` is neither predefined nor in the table that the reader passed in.
    case unknownEntity(String)
    /// The document type declares or uses entities of its own, which is refused by policy.
    case declaresEntities
    /// The input ends inside an element.
    case truncated(element: String, openedAtLine: Int)
    /// The input ends before the first element.
    case noElement
    case tooDeep(limit: Int)
    case textTooLong(limit: Int)
    case recordTooLong(limit: Int)
    case tooManyAttributes(limit: Int)
    case attributesTooLong(limit: Int)
    case unsupportedEncoding(String)
    /// The declaration names one encoding and the bytes show another.
    case encodingMismatch(declared: String, actual: String)
    /// The bytes do not fit the document's encoding.
    case invalidBytes(encoding: String)
  }

  package var kind: Kind
  package var position: Position

  package init(_ kind: Kind, at position: Position) {
    self.kind = kind
    self.position = position
  }

  /// Whether the document was refused by policy rather than for being broken.
  package var isPolicy: Bool { kind == .declaresEntities }

  package var diagnostic: Diagnostic { Diagnostic(at: position, message, hint: hint) }
}

// MARK: Wording

extension XMLError {
  private var message: String {
    switch kind {
    case .malformed(let fault): "not well-formed XML: \(fault)"
    case .unknownEntity(let name): "unknown entity '&\(name);'"
    case .declaresEntities: "the document type declares entities, which are never expanded"
    case .truncated(let element, let line):
      "the document ends inside element '\(element)', opened at line \(line)"
    case .noElement: "the document ends before its first element"
    case .tooDeep(let limit): "elements are nested more than \(limit) deep"
    case .textTooLong(let limit): "a text is longer than \(limit) bytes"
    case .recordTooLong(let limit): "a record is longer than \(limit) bytes or nodes"
    case .tooManyAttributes(let limit): "an element has more than \(limit) attributes"
    case .attributesTooLong(let limit): "an element's attributes are longer than \(limit) bytes"
    case .unsupportedEncoding(let name): "unsupported encoding '\(name)'"
    case .encodingMismatch(let declared, let actual):
      "the document declares encoding '\(declared)' but its bytes are \(actual)"
    case .invalidBytes(let encoding): "bytes that are not \(encoding)"
    }
  }

  private var hint: String? {
    switch kind {
    case .declaresEntities: "replace the entities by their text and remove their declarations"
    case .unsupportedEncoding: "convert the file to UTF-8"
    case .encodingMismatch, .invalidBytes: "correct the encoding in the XML declaration"
    default: nil
    }
  }
}

extension XMLError.Kind {
  /// The fault behind a libxml2 error code, worded without any of the input.
  ///
  /// libxml2's own messages quote bytes of the input, so they are never passed on.
  init(libxml2Code code: Int32) {
    self =
      switch code {
      case 4: .noElement
      case 81, 6: .invalidBytes(encoding: "UTF-8")
      default: .malformed(Self.faults[code] ?? "libxml2 error \(code)")
      }
  }

  private static let faults: [Int32: String] = [
    5: "text after the end of the root element, or the end is missing",
    8: "a character reference is not closed or not a number",
    9: "a character that XML does not allow",
    10: "an entity reference at the start of the document",
    11: "an entity reference before the root element",
    12: "an entity reference after the root element",
    22: "an entity reference without a name",
    23: "an entity reference without ';'",
    28: "a reference to an unparsed entity",
    29: "a reference to an external entity in an attribute",
    30: "an entity declaration without a value",
    31: "an entity declaration that is not closed",
    33: "a literal without quotes",
    34: "a literal that is not closed",
    36: "a declaration in the document type without quotes",
    37: "a public identifier that is not closed",
    38: "'<' in an attribute value",
    39: "an attribute without a quoted value",
    40: "an attribute value that is not closed",
    41: "an attribute without a value",
    42: "an attribute given twice",
    44: "a system or public identifier that is not closed",
    45: "a comment that is not closed or holds '--'",
    46: "a processing instruction without a name",
    47: "a processing instruction that is not closed",
    48: "a notation declaration without a name",
    49: "a notation declaration that is not closed",
    50: "an attribute list declaration that is not complete",
    51: "an attribute list declaration that is not closed",
    52: "a content model with mixed parts out of order",
    53: "a mixed content model that is not closed",
    54: "an element declaration that is not complete",
    55: "an element declaration that is not closed",
    56: "an XML declaration that is out of place or has no version",
    57: "an XML declaration that is not closed",
    61: "a document type that is not closed",
    62: "']]>' in text",
    63: "a CDATA section that is not closed",
    64: "a name that XML reserves, or an XML declaration that is not at the start",
    65: "a space is missing",
    66: "a separator is missing",
    67: "a number or name token is missing",
    68: "a name is missing or has characters that XML does not allow",
    70: "'<' is missing",
    71: "'>' is missing",
    73: "'>' is missing",
    75: "'=' is missing",
    76: "an end tag does not match its start tag",
    77: "an element is not closed",
    78: "'standalone' is neither 'yes' nor 'no'",
    79: "an encoding name that XML does not allow",
    80: "'--' inside a comment",
    86: "content after the end of the root element",
    96: "an XML declaration without a version",
    108: "an XML version that is not known",
    109: "an XML version that is not known",
  ]
}
