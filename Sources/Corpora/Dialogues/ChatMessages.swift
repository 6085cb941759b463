import Formats
import Records

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
