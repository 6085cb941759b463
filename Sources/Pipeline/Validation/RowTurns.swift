import Formats

/// Who speaks in a turn, whatever the format calls it.
enum TurnRole: UInt8, Sendable {
  case system
  case user
  case assistant
  case tool
  case unknown
}

/// Which answer of a preference a turn belongs to.
enum AnswerSide: UInt8, Sendable {
  /// What both answers follow; rows of other formats are nothing else.
  case shared
  case chosen
  case rejected
}

/// A text of a row, with the part that it plays.
struct RowTurn {
  var role: TurnRole
  /// The node of the text; nil when the turn has none.
  var text: JSONNode?
  /// The node that stands for the turn in messages.
  var place: JSONNode
  /// Whether nothing may stand there: an input, a system message of a fixed column, a call of a tool.
  var mayBeEmpty = false
  /// Whether it calls tools or answers a call.
  var isToolUse = false
  /// Whether it goes on with the turn before: a further block of its content.
  var continues = false
  /// Whose answer it is.
  ///
  /// Rejected turns come last, and are checked for their texts, not their order.
  var side = AnswerSide.shared
}

/// The turns of a row in order, found where its format keeps them.
struct RowTurns {
  let format: RowFormat
  let row: JSONNode

  /// Walks through the turns; the answer comes last, but for the one that was rejected.
  @inline(__always)
  func forEach(_ body: (RowTurn) -> Void) {
    switch format {
    case .messages, .openAIChat, .together: messages(row.member("messages"), body)
    case .bedrock:
      blocks(row.member("system"), "text", .system, body)
      for turn in row.member("messages")?.elements ?? row.elements { blockTurn(turn, body) }
    case .vertexGemini:
      blocks(row.member("systemInstruction")?.member("parts"), "text", .system, body)
      for turn in row.member("contents")?.elements ?? row.elements { partTurn(turn, body) }
    case .shareGPT:
      column("system", .system, mayBeEmpty: true, body)
      for turn in row.member("conversations")?.elements ?? row.elements { fromTurn(turn, body) }
    case .conversationalPromptCompletion:
      messages(row.member("prompt"), body)
      messages(row.member("completion"), body)
    case .promptCompletion:
      column("prompt", .user, body)
      column("completion", .assistant, body)
    case .conversationalPreference:
      messages(row.member("prompt"), body)
      messages(row.member("chosen"), side: .chosen, body)
      messages(row.member("rejected"), side: .rejected, body)
    case .preference:
      column("prompt", .user, body)
      column("chosen", .assistant, side: .chosen, body)
      column("rejected", .assistant, side: .rejected, body)
    case .openAIPreference:
      messages(row.member("input")?.member("messages"), body)
      messages(row.member("preferred_output"), side: .chosen, body)
      messages(row.member("non_preferred_output"), side: .rejected, body)
    case .shareGPTRanking:
      for turn in row.member("conversations")?.elements ?? row.elements { fromTurn(turn, body) }
      if let chosen = row.member("chosen") { fromTurn(chosen, side: .chosen, body) }
      if let rejected = row.member("rejected") { fromTurn(rejected, side: .rejected, body) }
    case .naturalInstructions:
      column("inputs", .user, body)
      column("targets", .assistant, body)
    case .bertLines:
      for sentence in row.member("sentences")?.elements ?? row.elements {
        body(RowTurn(role: .assistant, text: sentence, place: sentence, continues: true))
      }
    case .alpaca: alpaca(body)
    case .nemo:
      column("input", .user, body)
      column("output", .assistant, body)
    case .text: column("text", .assistant, body)
    default: break
    }
  }

  private func alpaca(_ body: (RowTurn) -> Void) {
    column("system", .system, mayBeEmpty: true, body)
    for pair in row.member("history")?.elements ?? row.elements {
      var role = TurnRole.user
      for text in pair.elements {
        body(RowTurn(role: role, text: text, place: text))
        role = .assistant
      }
    }
    column("instruction", .user, body)
    column("input", .user, mayBeEmpty: true, body)
    column("output", .assistant, body)
  }

  private func column(
    _ name: StaticString, _ role: TurnRole, side: AnswerSide = .shared, mayBeEmpty: Bool = false,
    _ body: (RowTurn) -> Void
  ) {
    guard let text = row.member(name) else { return }
    body(RowTurn(role: role, text: text, place: text, mayBeEmpty: mayBeEmpty, side: side))
  }

  private func messages(
    _ list: JSONNode?, side: AnswerSide = .shared, _ body: (RowTurn) -> Void
  ) {
    guard let list else { return }
    for message in list.elements {
      let content = message.member("content")
      let role = Self.role(message.member("role"))
      // A call of a tool stands in the place of the text, and a tool may have nothing to say.
      let isCall =
        role == .assistant
        && (message.member("tool_calls") != nil || message.member("function_call") != nil)
      body(
        RowTurn(
          role: role, text: content, place: content ?? message,
          mayBeEmpty: isCall || role == .tool, isToolUse: isCall || role == .tool,
          side: side))
    }
  }

  private func fromTurn(
    _ turn: JSONNode, side: AnswerSide = .shared, _ body: (RowTurn) -> Void
  ) {
    let value = turn.member("value")
    body(
      RowTurn(
        role: Self.role(turn.member("from")), text: value, place: value ?? turn, side: side))
  }

  private func blockTurn(_ turn: JSONNode, _ body: (RowTurn) -> Void) {
    blocks(turn.member("content"), "text", Self.role(turn.member("role")), body)
  }

  private func partTurn(_ turn: JSONNode, _ body: (RowTurn) -> Void) {
    blocks(turn.member("parts"), "text", Self.role(turn.member("role")), body)
  }

  private func blocks(
    _ list: JSONNode?, _ name: StaticString, _ role: TurnRole, _ body: (RowTurn) -> Void
  ) {
    guard let list else { return }
    var isLater = false
    for block in list.elements {
      let text = block.member(name)
      body(RowTurn(role: role, text: text, place: text ?? block, continues: isLater))
      isLater = true
    }
  }

  private static func role(_ node: JSONNode?) -> TurnRole {
    guard let node, node.kind == .string else { return .unknown }
    return node.withSourceBytes { name in
      for (known, role) in roles where name.elementsEqual(known) { return role }
      return .unknown
    }
  }

  private static let named: [(String, TurnRole)] = [
    ("user", .user), ("assistant", .assistant), ("system", .system), ("human", .user),
    ("gpt", .assistant), ("model", .assistant), ("developer", .system), ("tool", .tool),
    ("function", .tool), ("observation", .tool), ("function_call", .assistant),
  ]
  private static let roles = named.map { (Array($0.0.utf8), $0.1) }
}
