/// Reads the grammar of SPDX expressions: `+` binds closest, then `WITH`, `AND`, `OR`.
struct LicenseExpressionParser {
  private let tokens: [Token]
  /// The column behind the text.
  private let end: Int
  private var next = 0
  private var depth = 0

  /// The most parentheses inside one another.
  private static let maximumDepth = 32

  init(_ text: String) {
    (tokens, end) = Self.tokens(of: text)
  }

  private struct Token {
    var text: String
    /// The 1-based character in the text.
    var column: Int

    /// The operator that a word is: SPDX takes capitals or small letters, not both.
    var isAnd: Bool { text == "AND" || text == "and" }
    var isOr: Bool { text == "OR" || text == "or" }
    var isWith: Bool { text == "WITH" || text == "with" }
    var isOperator: Bool { isAnd || isOr || isWith }
  }

  mutating func expression() throws(LicenseExpressionError) -> LicenseExpression {
    guard !tokens.isEmpty else { throw LicenseExpressionError(.empty, column: 1) }
    let expression = try alternatives()
    guard next == tokens.count else {
      let token = tokens[next]
      throw LicenseExpressionError(
        token.text == ")" ? .unopened : .unexpected(token.text), column: token.column)
    }
    return expression
  }

  // MARK: Grammar

  private mutating func alternatives() throws(LicenseExpressionError) -> LicenseExpression {
    var parts = [try conjunction()]
    while take(where: \.isOr) { parts.append(try conjunction()) }
    return parts.count == 1 ? parts[0] : .or(parts)
  }

  private mutating func conjunction() throws(LicenseExpressionError) -> LicenseExpression {
    var parts = [try operand()]
    while take(where: \.isAnd) { parts.append(try operand()) }
    return parts.count == 1 ? parts[0] : .and(parts)
  }

  private mutating func operand() throws(LicenseExpressionError) -> LicenseExpression {
    guard next < tokens.count, tokens[next].text != ")", !tokens[next].isOperator else {
      throw LicenseExpressionError(
        .missingLicense, column: next < tokens.count ? tokens[next].column : end)
    }
    let token = tokens[next]
    next += 1
    if token.text == "(" { return try inner(openedBy: token) }
    let license = try self.license(token)
    try refuseException()
    return .license(license)
  }

  private mutating func inner(
    openedBy token: Token
  ) throws(LicenseExpressionError) -> LicenseExpression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else {
      throw LicenseExpressionError(.tooDeep(Self.maximumDepth), column: token.column)
    }
    let expression = try alternatives()
    guard take(where: { $0.text == ")" }) else {
      guard next < tokens.count else {
        throw LicenseExpressionError(.unclosed, column: token.column)
      }
      throw LicenseExpressionError(
        .unexpected(tokens[next].text), column: tokens[next].column)
    }
    return expression
  }

  /// No licence of the table has exceptions: they are about linking programs.
  private mutating func refuseException() throws(LicenseExpressionError) {
    guard next < tokens.count, tokens[next].isWith else { return }
    let name = next + 1 < tokens.count ? tokens[next + 1] : nil
    throw LicenseExpressionError(
      name.map { .unknownException($0.text) } ?? .missingException,
      column: name?.column ?? end)
  }

  private mutating func take(where isWanted: (Token) -> Bool) -> Bool {
    guard next < tokens.count, isWanted(tokens[next]) else { return false }
    next += 1
    return true
  }

  // MARK: Ids

  private func license(_ token: Token) throws(LicenseExpressionError) -> License {
    let lowered = token.text.lowercased()
    if lowered.hasPrefix("documentref-") {
      throw LicenseExpressionError(.otherDocument(token.text), column: token.column)
    }
    if let license = License(id: lowered) ?? Self.renamed[lowered] { return license }
    // "Or any later version" leaves a choice, of which the version named is one.
    if lowered.hasSuffix("+"), let license = License(id: String(lowered.dropLast())),
      license.isSPDX
    {
      return license == .gpl3 ? .gpl3OrLater : license
    }
    throw LicenseExpressionError(.unknownLicense(token.text), column: token.column)
  }

  /// Ids that SPDX has replaced.
  private static let renamed: [String: License] = [
    "gpl-3.0": .gpl3, "gpl-3.0+": .gpl3OrLater,
  ]

  // MARK: Tokens

  /// Parentheses, and what stands between them and white space.
  private static func tokens(of text: String) -> (tokens: [Token], end: Int) {
    var tokens: [Token] = []
    var isInWord = false
    var column = 0
    for character in text {
      column += 1
      if character == "(" || character == ")" {
        tokens.append(Token(text: String(character), column: column))
        isInWord = false
      } else if character.isWhitespace {
        isInWord = false
      } else if isInWord {
        tokens[tokens.count - 1].text.append(character)
      } else {
        tokens.append(Token(text: String(character), column: column))
        isInWord = true
      }
    }
    return (tokens, column + 1)
  }
}

/// What is wrong with a licence expression, and where.
package struct LicenseExpressionError: Error, Sendable, Equatable {
  package enum Problem: Sendable, Equatable {
    case empty
    case missingLicense
    case missingException
    case unexpected(String)
    case unclosed
    case unopened
    case tooDeep(Int)
    case unknownLicense(String)
    case unknownException(String)
    case otherDocument(String)
  }

  package let problem: Problem
  /// The 1-based character in the expression.
  package let column: Int

  init(_ problem: Problem, column: Int) {
    self.problem = problem
    self.column = column
  }

  package var message: String {
    switch problem {
    case .empty: "the licence expression is empty"
    case .missingLicense: "a licence is missing"
    case .missingException: "WITH has no exception behind it"
    case .unexpected(let text): "'\(text)' follows a licence without AND or OR between them"
    case .unclosed: "the parenthesis is not closed"
    case .unopened: "the parenthesis was not opened"
    case .tooDeep(let depth): "more than \(depth) parentheses stand inside one another"
    case .unknownLicense(let id): "there is no license '\(id)'"
    case .unknownException(let id): "there is no license exception '\(id)'"
    case .otherDocument(let id): "'\(id)' names a licence of another SPDX document"
    }
  }

  package var hint: String? {
    switch problem {
    case .empty, .missingLicense, .unexpected, .unclosed, .unopened, .tooDeep:
      "write it as in 'MIT', 'CC-BY-4.0 AND MIT' or '(MIT OR CC0-1.0) AND CC-BY-4.0'"
    case .unknownLicense(let id):
      NearestName.hint(for: id, among: License.allCases.map(\.rawValue))
        ?? "'materia licenses' lists them"
    case .unknownException, .missingException:
      "exceptions are about programs; name the licence alone"
    case .otherDocument: "name the licence itself; 'materia licenses' lists them"
    }
  }
}
