import Records

/// A check of `materia validate`: its stable id, what it looks for, and how much a finding weighs.
///
/// This list is the one place where ids, titles and severities stand: help, JSON, SARIF's rules and
/// the documentation come from it. An id never changes its meaning, as baselines and ignore lists
/// hold it.
package enum ValidationRule: String, Sendable, CaseIterable {
  // The file and its lines.
  case unreadable
  case noRows = "no-rows"
  case byteOrderMark = "byte-order-mark"
  case invalidUTF8 = "invalid-utf8"
  case carriageReturn = "carriage-return"
  case blankLine = "blank-line"
  case tornLine = "torn-line"
  case noFinalNewline = "no-final-newline"
  case jsonSyntax = "json-syntax"
  case duplicateKey = "duplicate-key"
  case loneSurrogate = "lone-surrogate"
  case nulCharacter = "nul-character"
  // The shape of rows.
  case unknownFormat = "unknown-format"
  case schema
  case extraColumn = "extra-column"
  case reservedColumn = "reserved-column"
  case mixedFormats = "mixed-formats"
  case columnTypes = "column-types"
  case columnKeys = "column-keys"
  case nullColumn = "null-column"
  // Conversations.
  case unknownRole = "unknown-role"
  case turnOrder = "turn-order"
  case lastTurn = "last-turn"
  case emptyText = "empty-text"
  case sameAnswers = "same-answers"
  case toolCall = "tool-call"
  case deprecatedKey = "deprecated-key"
  case chatToken = "chat-token"
  case tooLong = "too-long"
  // All rows together.
  case tooFewRows = "too-few-rows"
  case duplicateRow = "duplicate-row"
  case conflictingAnswer = "conflicting-answer"
  case leakedRow = "leaked-row"
  case leakedPrompt = "leaked-prompt"
  case licenseMissing = "license-missing"
  case licenseUnknown = "license-unknown"

  package var id: String { rawValue }

  /// The rule of that id; nil when there is none.
  package init?(id: String) { self.init(rawValue: id) }

  /// What the rule finds, as a short sentence.
  package var title: String {
    switch self {
    case .unreadable: "A file or an entry cannot be read to its end"
    case .noRows: "A file holds no row"
    case .byteOrderMark: "A file starts with a byte order mark"
    case .invalidUTF8: "Bytes are not UTF-8"
    case .carriageReturn: "A line ends in CR LF"
    case .blankLine: "A line is blank, on which MLX-LM stops"
    case .tornLine: "The last line is cut off"
    case .noFinalNewline: "The last line has no line feed"
    case .jsonSyntax: "A line is not one JSON value"
    case .duplicateKey: "A key occurs twice in one object"
    case .loneSurrogate: "An escape is half of a surrogate pair"
    case .nulCharacter: "A text holds U+0000"
    case .unknownFormat: "The rows are of no format that is known"
    case .schema: "A row does not fit its schema"
    case .extraColumn: "A column is not one of the format"
    case .reservedColumn: "An extra column has a name that trainers interpret"
    case .mixedFormats: "A file holds the columns of two formats"
    case .columnTypes: "A key has values of different types, on which datasets 4 stops"
    case .columnKeys: "A key is not in every row"
    case .nullColumn: "A column is null in every row"
    case .unknownRole: "A role is none of the format"
    case .turnOrder: "User and assistant do not take turns"
    case .lastTurn: "A conversation does not end with the assistant"
    case .emptyText: "A turn or an answer is empty or blank"
    case .sameAnswers: "The chosen and the rejected answer of a preference are the same"
    case .toolCall: "A call of a tool and its answer do not belong together"
    case .deprecatedKey: "A key is one that OpenAI has given up: functions, function_call"
    case .chatToken: "A text holds a special token of a chat template"
    case .tooLong: "A row is longer than the bound"
    case .tooFewRows: "OpenAI takes 10 rows at least"
    case .duplicateRow: "A row repeats an earlier one of its split"
    case .conflictingAnswer: "A prompt has another answer than before"
    case .leakedRow: "A row stands in two splits"
    case .leakedPrompt: "A prompt stands in two splits, with different answers"
    case .licenseMissing: "A row's licence is not stated"
    case .licenseUnknown: "A licence is none that is known"
    }
  }

  /// How much a finding weighs: errors are what stops a trainer, misleads it or spoils an evaluation.
  package var severity: Diagnostic.Severity {
    switch self {
    case .carriageReturn, .noFinalNewline, .nulCharacter, .unknownFormat, .extraColumn, .columnKeys,
      .nullColumn, .chatToken, .tooFewRows, .duplicateRow, .conflictingAnswer, .leakedPrompt,
      .licenseUnknown, .deprecatedKey:
      .warning
    default: .error
    }
  }

  /// The rule's number, for counting.
  var index: Int { Self.indices[self] ?? 0 }

  private static let indices = Dictionary(
    uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })
}
