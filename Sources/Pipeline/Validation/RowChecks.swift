import Formats
import Glibc
import Records
import Schemas
import Stages
import Tokenizers

/// The checks of one row, with buffers that serve all rows of a piece.
struct RowChecks {
  /// What rows are told apart by: the hash of all but the answer, 0 where there is no answer, and the
  /// hash of all; 0 for a row that is not compared.
  struct Key: Sendable, BitwiseCopyable {
    var prompt: UInt64 = 0
    var whole: UInt64 = 0
  }

  /// A finding before its row's hash is known.
  typealias Report = (ValidationRule, Position, String, String) -> Void

  let settings: ValidationSettings
  let schema: Schema?
  let isBuiltInSchema: Bool
  let format: RowFormat?
  /// Whether each row must name its licence itself.
  let wantsLicense: Bool
  private var decoded: [UInt8] = []
  /// The forms of rows that fit the schema, and whose shape is known.
  private var knownForms: Set<UInt64> = []
  private let remembersForms: Bool
  private let checksTokens: Bool

  init(
    _ settings: ValidationSettings, schema: Schema?, isBuiltInSchema: Bool, format: RowFormat?,
    wantsLicense: Bool
  ) {
    self.settings = settings
    self.schema = schema
    self.isBuiltInSchema = isBuiltInSchema
    self.format = format
    self.wantsLicense = wantsLicense
    remembersForms = schema?.judgesFormOnly ?? true
    checksTokens = settings.isOn(.chatToken) && (format?.isExamples ?? false)
  }

  /// Checks a row; findings go to `report` with a place inside the row that tells them apart.
  ///
  /// - Parameters:
  ///   - isKnown: whether a row of the same form was found to fit the schema.
  ///   - encoder: what counts tokens; nil where they are estimated, or not asked for.
  mutating func check(
    _ row: JSONNode, source: UnsafeRawBufferPointer, isKnown: Bool, _ encoder: TokenEncoder?,
    _ report: Report
  ) -> Key {
    var hasTurnFinding = false
    var key = Key()
    if let format, format.isExamples {
      key = checkTurns(row, format, encoder) { rule, position, message, detail in
        hasTurnFinding = true
        report(rule, position, message, detail)
      }
    } else if format == nil {
      key = Key(prompt: 0, whole: RowHash.of(source) | 1)
    }
    if !isKnown { checkSchema(row, hasTurnFinding, report) }
    if format == .provenance || wantsLicense { checkLicense(row, report) }
    return key
  }

  /// Whether a row of the same form as this one fitted.
  func knows(_ form: UInt64) -> Bool { knownForms.contains(form) }

  /// Remembers the form of a row on which nothing was found; rows of few forms are most of a file.
  mutating func remember(_ form: UInt64) {
    if remembersForms, knownForms.count < 4096 { knownForms.insert(form) }
  }

  // MARK: Schema

  private func checkSchema(_ row: JSONNode, _ hasTurnFinding: Bool, _ report: Report) {
    guard let schema, !schema.isValid(row) else { return }
    for problem in schema.problems(in: row) {
      if hasTurnFinding, isToldByTurns(problem) { continue }
      if isToldByColumns(problem) { continue }
      let detail = "\(problem.instancePointer) \(problem.keyword)"
      report(rule(of: problem), problem.position, problem.message, detail)
    }
  }

  /// Whether the check of the turns has said the same better.
  private func isToldByTurns(_ problem: SchemaProblem) -> Bool {
    guard isBuiltInSchema, format?.isExamples == true else { return false }
    let pointer = problem.instancePointer
    switch problem.keyword {
    case "contains", "minLength": return true
    case "enum", "const": return pointer.hasSuffix("/role") || pointer.hasSuffix("/from")
    default: return false
    }
  }

  /// Whether the check of a file's columns tells it once for all rows: an extra column is an error
  /// only under a schema that was asked for.
  private func isToldByColumns(_ problem: SchemaProblem) -> Bool {
    settings.schemaName == nil && problem.keyword == "additionalProperties"
      && problem.instancePointer.dropFirst().firstIndex(of: "/") == nil
      && format?.isExamples == true
  }

  private func rule(of problem: SchemaProblem) -> ValidationRule {
    guard isBuiltInSchema, format?.isExamples == true else { return .schema }
    return problem.keyword == "minLength" ? .emptyText : .schema
  }

  // MARK: Turns

  private mutating func checkTurns(
    _ row: JSONNode, _ format: RowFormat, _ encoder: TokenEncoder?, _ report: Report
  ) -> Key {
    var state = TurnState()
    RowTurns(format: format, row: row).forEach { turn in
      if format.hasTurns, turn.side != .rejected { checkOrder(turn, &state, report) }
      checkText(turn, &state, encoder, report)
      if turn.isToolUse { state.usesTools = true }
    }
    if format == .openAIChat { checkTools(row, state, report) }
    if format.hasTurns, state.count > 0, state.last != .assistant, state.last != .unknown {
      report(
        .lastTurn, row.position,
        "the last turn is not the assistant's: there is nothing to train on",
        "last")
    }
    if state.rejected.count > 0, state.rejected.hash == state.chosen.hash {
      report(
        .sameAnswers, row.position, "the chosen and the rejected answer are the same", "answers")
    }
    if settings.hasLengthBounds { checkLength(row, state, report) }
    guard state.count > 0 else { return Key() }
    let isAnswered = state.last == .assistant && state.count > 1
    return Key(prompt: isAnswered ? state.before | 1 : 0, whole: state.hash | 1)
  }

  /// What is known of a row's turns so far.
  private struct TurnState {
    var count = 0
    var last = TurnRole.unknown
    var hash: UInt64 = 0
    /// The hash before the last turn.
    var before: UInt64 = 0
    var shared = Texts()
    var chosen = Texts()
    var rejected = Texts()
    /// Whether there is a text whose tokens could not be counted.
    var hasUncounted = false
    var usesTools = false

    subscript(_ side: AnswerSide) -> Texts {
      get {
        switch side {
        case .shared: shared
        case .chosen: chosen
        case .rejected: rejected
        }
      }
      set {
        switch side {
        case .shared: shared = newValue
        case .chosen: chosen = newValue
        case .rejected: rejected = newValue
        }
      }
    }

    /// A measure of the row with the longer answer, as trainers of preferences see both.
    func longest(_ measure: (Texts) -> Int) -> Int {
      measure(shared) + max(measure(chosen), measure(rejected))
    }
  }

  /// What is measured in the texts of one side.
  private struct Texts {
    var count = 0
    var hash: UInt64 = 0
    var words = 0
    var characters = 0
    var bytes = 0
    var tokens = 0
  }

  private func checkTools(_ row: JSONNode, _ state: TurnState, _ report: Report) {
    if let functions = row.member("functions") {
      report(
        .deprecatedKey, functions.position, "'functions' was given up for 'tools'", "functions")
    }
    guard state.usesTools else { return }
    ToolCallChecks(row: row).check { report(.toolCall, $0.position, $1, $2) }
    for message in row.member("messages")?.elements ?? row.elements {
      guard let call = message.member("function_call") else { continue }
      report(
        .deprecatedKey, call.position, "'function_call' was given up for 'tool_calls'", "call")
      return
    }
  }

  private func checkOrder(_ turn: RowTurn, _ state: inout TurnState, _ report: Report) {
    guard !turn.continues else { return }
    defer { state.last = turn.role }
    let place = state.count + 1
    let isRight: Bool
    switch turn.role {
    case .unknown:
      report(
        .unknownRole, turn.place.position, "turn \(place) has no role of the format",
        "role \(place)")
      return
    case .system: isRight = state.count == 0
    case .user: isRight = state.count == 0 || state.last != .user
    case .assistant: isRight = state.last == .user || state.last == .tool
    case .tool: isRight = state.last == .assistant || state.last == .tool
    }
    guard !isRight, state.last != .unknown || state.count == 0 else { return }
    let after = state.count == 0 ? "comes first" : "follows \(Self.name(of: state.last))"
    report(
      .turnOrder, turn.place.position, "turn \(place), \(Self.name(of: turn.role))'s, \(after)",
      "order \(place)")
  }

  private mutating func checkText(
    _ turn: RowTurn, _ state: inout TurnState, _ encoder: TokenEncoder?, _ report: Report
  ) {
    state[turn.side].count += 1
    let isRejected = turn.side == .rejected
    let place = isRejected ? "rejected \(state.rejected.count)" : "\(state.count + 1)"
    let name = isRejected ? "the rejected answer" : "turn \(place)"
    if !isRejected {
      state.count += 1
      state.before = state.hash
      if !(format?.hasTurns ?? false) { state.last = turn.role }
    }
    guard let text = turn.text, text.kind == .string else {
      if !turn.mayBeEmpty, turn.text == nil || turn.text?.isNull == true {
        report(.emptyText, turn.place.position, "\(name) has no text", "text \(place)")
      }
      addHash(UInt64(turn.role.rawValue), of: turn, &state)
      return
    }
    let facts = self.facts(of: text, seed: UInt64(turn.role.rawValue))
    addHash(facts.hash, of: turn, &state)
    state[turn.side].words += facts.words
    state[turn.side].characters += facts.characters
    state[turn.side].bytes += facts.bytes
    if let encoder {
      if let tokens = try? encoder.count(of: text.string ?? "") {
        state[turn.side].tokens += tokens
      } else {
        state.hasUncounted = true
      }
    }
    if facts.isBlank, !turn.mayBeEmpty {
      let what = facts.bytes == 0 ? "empty" : "blank"
      report(.emptyText, text.position, "\(name) is \(what)", "text \(place)")
    }
    if let token = facts.token {
      report(
        .chatToken, text.position, "\(name) holds \(token), a token of chat templates",
        "token \(place)")
    }
    if facts.hasNul {
      report(.nulCharacter, text.position, "\(name) holds U+0000", "nul \(place)")
    }
  }

  /// Rows are told apart by all but the answer that was rejected: several may be held against one.
  private func addHash(_ hash: UInt64, of turn: RowTurn, _ state: inout TurnState) {
    state[turn.side].hash = RowHash.join(state[turn.side].hash, hash)
    if turn.side != .rejected { state.hash = RowHash.join(state.hash, hash) }
  }

  /// What is measured in a text.
  private struct TextFacts {
    var hash: UInt64 = 0
    var bytes = 0
    var words = 0
    var characters = 0
    var isBlank = false
    var hasNul = false
    var token: String?
  }

  private mutating func facts(of text: JSONNode, seed: UInt64) -> TextFacts {
    let hasEscapes = text.hasEscapes
    let checksTokens = checksTokens
    let countsLength = settings.hasLengthBounds
    return text.withUTF8(decodingInto: &decoded) { bytes in
      var facts = TextFacts(hash: RowHash.of(bytes, seed: seed), bytes: bytes.count)
      facts.isBlank = Self.isBlank(bytes)
      if checksTokens { facts.token = ChatTokenGuard.token(inUTF8: bytes) }
      if hasEscapes { facts.hasNul = Self.holdsNul(bytes) }
      if countsLength {
        facts.words = WordCount.words(in: bytes)
        facts.characters = bytes.count { $0 & 0xc0 != 0x80 }
      }
      return facts
    }
  }

  private static func holdsNul(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.baseAddress.map { memchr($0, 0, bytes.count) != nil } ?? false
  }

  private static func isBlank(_ bytes: UnsafeRawBufferPointer) -> Bool {
    for byte in bytes where byte != 0x20 && !(0x09...0x0d).contains(byte) { return false }
    return true
  }

  private static func estimate(ofBytes count: Int) -> Int { (count + 3) / 4 }

  private func checkLength(_ row: JSONNode, _ state: TurnState, _ report: Report) {
    func check(_ count: Int, _ maximum: Int?, _ unit: String) {
      guard let maximum, count > maximum else { return }
      report(.tooLong, row.position, "the row has \(count) \(unit), more than \(maximum)", unit)
    }
    check(state.longest(\.words), settings.maximumWords, "words")
    check(state.longest(\.characters), settings.maximumCharacters, "characters")
    // One text that the tokenizer has no tokens for makes the row's length an estimate.
    let isCounted = settings.tokenizer != nil && !state.hasUncounted
    check(
      (isCounted ? state.longest(\.tokens) : Self.estimate(ofBytes: state.longest(\.bytes)))
        + 4 * state.longest(\.count),
      settings.maximumTokens,
      isCounted
        ? "tokens (4 a turn for its markup)" : "tokens by estimate (bytes / 4, and 4 a turn)")
  }

  private static func name(of role: TurnRole) -> String {
    switch role {
    case .system: "the system"
    case .user: "the user"
    case .assistant: "the assistant"
    case .tool: "a tool"
    case .unknown: "an unknown role"
    }
  }

  // MARK: Licence

  private func checkLicense(_ row: JSONNode, _ report: Report) {
    let node =
      row.member("license") ?? row.member("licence") ?? row.member("meta")?.member("license")
    guard let text = node?.string, !text.isEmpty else {
      report(.licenseMissing, row.position, "the row names no licence", "license")
      return
    }
    guard !Self.isKnown(text) else { return }
    report(
      .licenseUnknown, (node ?? row).position, "the licence is none that is known", "license")
  }

  /// Whether every licence of an expression has an id that is known, and what is chosen of it says
  /// what is allowed.
  private static func isKnown(_ expression: String) -> Bool {
    guard let expression = try? LicenseExpression(parsing: expression) else { return false }
    return !expression.choice.contains(.unknown)
  }
}
