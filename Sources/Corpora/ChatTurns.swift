import Formats
import Records

/// What a conversation must be so that a model can be trained on it: an optional system message, then
/// user and assistant by turns, none of them blank, the assistant last.
enum ChatTurns {
  /// The conversation of these turns.
  ///
  /// - Throws: `RowProblem`, which names the first turn that breaks the rule.
  static func conversation(system: String = "", _ turns: [Turn]) throws -> Instruction {
    var system = system
    var rest = turns[...]
    if let first = rest.first, first.role == .system {
      guard TidyText.isBlank(system) else {
        throw RowProblem(reason: .malformed, value: "two system messages")
      }
      system = first.text
      rest = rest.dropFirst()
    }
    guard !rest.isEmpty else { throw RowProblem(reason: .emptyText, value: "no turns") }
    for (place, turn) in rest.enumerated() {
      try check(
        turn, at: place, number: rest.startIndex + place + 1, isLast: place + 1 == rest.count)
    }
    return Instruction(system: TidyText.isBlank(system) ? "" : system, turns: Array(rest))
  }

  private static func check(_ turn: Turn, at place: Int, number: Int, isLast: Bool) throws {
    let wanted: Turn.Role = place.isMultiple(of: 2) ? .user : .assistant
    guard turn.role == wanted else {
      throw RowProblem(
        reason: .malformed, value: "turn \(number) is \(turn.role.rawValue), not \(wanted.rawValue)"
      )
    }
    if isLast, wanted == .user {
      throw RowProblem(reason: .emptyAnswer, value: "turn \(number) has no answer")
    }
    guard TidyText.isBlank(turn.text) else { return }
    throw RowProblem(
      reason: isLast ? .emptyAnswer : .emptyText, value: "turn \(number) is blank")
  }
}

/// `instruction`, `input`, `output` and `history`, as Stanford Alpaca and its kin have them.
enum InstructionRow {
  /// The turns of a row: those of its history, then the request and its answer.
  ///
  /// - Parameter output: the member that holds the answer.
  static func turns(of row: JSONObjectRows.Row, output: String = "output") throws -> [Turn] {
    guard row.node.kind == .object else {
      throw RowProblem(reason: .malformed, value: "no object")
    }
    let request = [try row.text("instruction"), try input(of: row)].filter { !TidyText.isBlank($0) }
    guard !request.isEmpty else {
      let isThere = row.node["instruction"] != nil
      throw RowProblem(reason: isThere ? .emptyText : .missingField, value: "instruction")
    }
    return try history(of: row) + [
      Turn(role: .user, text: request.joined(separator: "\n\n")),
      Turn(role: .assistant, text: try answer(of: row, output)),
    ]
  }

  /// The input, unless it only says that there is none.
  static func input(of row: JSONObjectRows.Row) throws -> String {
    let text = try row.text("input")
    return placeholders.contains(TidyText.line(text).lowercased()) ? "" : text
  }

  static func answer(of row: JSONObjectRows.Row, _ name: String) throws -> String {
    guard row.node[name] != nil else { throw RowProblem(reason: .missingField, value: name) }
    let text = try row.text(name)
    guard !TidyText.isBlank(text) else { throw RowProblem(reason: .emptyAnswer, value: name) }
    return text
  }

  /// What self-instruct leaves where a task has no input.
  private static let placeholders: Set = ["<noinput>", "<no input>", "noinput", "no input"]

  /// `[[question, answer], …]`.
  private static func history(of row: JSONObjectRows.Row) throws -> [Turn] {
    guard let history = row.node["history"], !history.isNull else { return [] }
    var turns: [Turn] = []
    for (place, pair) in history.elements.enumerated() {
      let texts = pair.elements.map(\.string)
      guard texts.count == 2, let question = texts[0], let answer = texts[1] else {
        throw RowProblem(reason: .malformed, value: "history, pair \(place + 1)")
      }
      turns += [Turn(role: .user, text: question), Turn(role: .assistant, text: answer)]
    }
    return turns
  }
}

/// `[{"from": "human", "value": "…"}, …]` and `[{"role": "user", "content": "…"}, …]`.
enum ChatMessages {
  /// The turns of a list of messages.
  static func turns(of list: JSONNode?, named name: String) throws -> [Turn] {
    guard let list, !list.isNull else { throw RowProblem(reason: .missingField, value: name) }
    guard list.kind == .array else { throw RowProblem(reason: .malformed, value: name) }
    return try list.elements.enumerated().map { place, message in
      try turn(of: message, number: place + 1)
    }
  }

  private static func turn(of message: JSONNode, number: Int) throws -> Turn {
    guard let name = (message["role"] ?? message["from"])?.string else {
      throw RowProblem(reason: .missingField, value: "turn \(number) has no role")
    }
    guard message["tool_calls"].map(\.isNull) != false else {
      throw RowProblem(reason: .unsupportedRecord, value: "turn \(number) calls a tool")
    }
    return Turn(
      role: try role(name.lowercased(), number: number),
      text: try text(of: message["content"] ?? message["value"], number: number))
  }

  private static func role(_ name: String, number: Int) throws -> Turn.Role {
    switch name {
    case "system", "developer": return .system
    case "user", "human", "prompter": return .user
    case "assistant", "gpt", "chatgpt", "bing", "bard", "bot", "model": return .assistant
    case "tool", "function", "function_call", "observation", "ipython":
      throw RowProblem(reason: .unsupportedRecord, value: "turn \(number) is a tool's")
    default: throw RowProblem(reason: .unknownLabel, value: "role of turn \(number)")
    }
  }

  /// A text, or the texts of a list of parts, a line each.
  private static func text(of content: JSONNode?, number: Int) throws -> String {
    guard let content, !content.isNull else { return "" }
    if let text = content.string { return text }
    guard content.kind == .array else {
      throw RowProblem(reason: .malformed, value: "turn \(number)")
    }
    return try content.elements.map { part in
      if let text = part.string ?? part["text"]?.string { return text }
      let isText = part["type"]?.string == "text"
      throw RowProblem(
        reason: isText || part.kind != .object ? .malformed : .needsPicture,
        value: "turn \(number)")
    }.joined(separator: "\n")
  }
}
