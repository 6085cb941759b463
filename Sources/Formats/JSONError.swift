import Records

/// What is wrong with a JSON text, and where.
package struct JSONError: DiagnosticError, Sendable, Hashable {
  /// The ways in which a text fails RFC 8259 or our stricter reading of it.
  package enum Kind: Sendable, Hashable {
    case unexpectedEnd(expected: String)
    case unexpectedByte(UInt8, expected: String)
    case contentAfterValue
    case unknownLiteral
    case malformedNumber
    case controlCharacter(UInt8)
    case unknownEscape
    case loneSurrogate
    case invalidUTF8
    case byteOrderMark
    case duplicateKey(firstLine: Int, firstColumn: Int)
    case tooDeep(maximum: Int)
    case tooLong(maximumBytes: Int)
  }

  package var kind: Kind
  /// Line, column (in code points) and byte offset of the first byte that is wrong.
  package var position: Position

  package init(_ kind: Kind, at position: Position) {
    self.kind = kind
    self.position = position
  }

  /// The offset from the start of the file.
  package var byteOffset: Int { position.byteOffset ?? 0 }
  /// The 1-based line.
  package var line: Int { position.line ?? 1 }
  /// The 1-based column in code points.
  package var column: Int { position.column ?? 1 }
}

extension JSONError {
  package var diagnostic: Diagnostic { Diagnostic(at: position, message, hint: hint) }

  private var message: String {
    switch kind {
    case .unexpectedEnd(let expected): "JSON ends where \(expected) is expected"
    case .unexpectedByte(let byte, let expected):
      "found \(Self.name(of: byte)) where \(expected) is expected"
    case .contentAfterValue: "there is more after the end of the JSON value"
    case .unknownLiteral: "a literal is none of true, false and null"
    case .malformedNumber:
      "a number is not written as JSON asks: digits, no leading zeros, digits after '.' and 'e'"
    case .controlCharacter(let byte):
      "a string holds control character \(Self.name(of: byte)) unescaped"
    case .unknownEscape: #"an escape is none of \" \\ \/ \b \f \n \r \t \uXXXX"#
    case .loneSurrogate: "an escape is half of a surrogate pair"
    case .invalidUTF8: "the text is not valid UTF-8"
    case .byteOrderMark: "a byte order mark stands inside the text"
    case .duplicateKey(let line, let column):
      "a key occurs twice in one object, first at \(line):\(column)"
    case .tooDeep(let maximum): "values are nested more than \(maximum) deep"
    case .tooLong(let maximum): "the text is longer than \(maximum) bytes"
    }
  }

  private var hint: String? {
    switch kind {
    case .unexpectedByte(UInt8(ascii: "'"), _): "JSON strings stand in double quotes"
    case .unexpectedByte(UInt8(ascii: "]"), "a value"), .unexpectedByte(UInt8(ascii: "}"), "a key"):
      "JSON allows no comma after the last item"
    case .unknownLiteral, .unexpectedByte(UInt8(ascii: "N"), _),
      .unexpectedByte(UInt8(ascii: "I"), _):
      "JSON has no NaN and no Infinity"
    default: nil
    }
  }

  /// A byte as a message may show it: punctuation in quotes, all else by kind or number, so that no
  /// text of a corpus is ever quoted.
  private static func name(of byte: UInt8) -> String {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return "a digit"
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"):
      return "a letter"
    case 0x21...0x7e: return "'\(Character(Unicode.Scalar(byte)))'"
    default:
      let digits = String(byte, radix: 16, uppercase: true)
      return "byte 0x\(digits.count == 1 ? "0" : "")\(digits)"
    }
  }
}
