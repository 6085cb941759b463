import Formats
import Records

/// Rows → conversations.
extension MappedRecords {
  func dialogue(of row: some MappedRow) throws -> Dialogue {
    guard let value = mapping.value(of: "dialogue", in: row) else {
      throw problem(.missingField, "dialogue")
    }
    let turns = try turns(of: value, field: "dialogue")
    guard !turns.isEmpty else { throw problem(.emptyText, "dialogue") }
    let code = text("section", row) ?? ""
    let target = text("note", row).map {
      code.isEmpty
        ? NoteSections.sections(of: $0) : [NoteSection(code: code, header: code, text: $0)]
    }
    return Dialogue(turns: turns, target: target ?? [])
  }

  /// From a list of messages, or from `instruction`, `input`, `output` and `history`.
  func instruction(of row: some MappedRow) throws -> Instruction {
    let list = ["messages", "conversations"].first(where: mapping.has)
    var turns = try list.map { try messages($0, row) } ?? paired(row)
    let systems = turns.filter { $0.role == .system }.map(\.text)
    turns.removeAll { $0.role == .system }
    guard turns.contains(where: { $0.role == .user }) else {
      throw problem(.emptyText, list ?? "instruction")
    }
    guard turns.last?.role == .assistant else { throw problem(.emptyAnswer, list ?? "output") }
    let system = ([text("system", row)].compactMap(\.self) + systems).joined(separator: "\n")
    return Instruction(system: system, turns: turns)
  }

  private func messages(_ field: String, _ row: some MappedRow) throws -> [Turn] {
    guard let value = mapping.value(of: field, in: row) else { throw problem(.missingField, field) }
    return try turns(of: value, field: field)
  }

  private func paired(_ row: some MappedRow) throws -> [Turn] {
    let request = mapping.has("instruction") ? "instruction" : "prompt"
    let reply = mapping.has("output") ? "output" : "answer"
    let input = text("input", row).map { "\n\n" + $0 } ?? ""
    let user = Turn(role: .user, text: try required(request, row) + input)
    let answer = try required(reply, row, ifBlank: .emptyAnswer)
    let history = try mapping.value(of: "history", in: row).map {
      try turns(of: $0, field: "history")
    }
    return (history ?? []) + [user, Turn(role: .assistant, text: answer)]
  }

  /// The turns of a text with speakers, a list of messages, or a list of pairs or lines in which
  /// user and assistant take turns.
  private func turns(of value: JSON, field: String) throws -> [Turn] {
    guard case .array(let elements) = value else { return SpokenTurns.turns(of: value.text ?? "") }
    var turns: [Turn] = []
    for element in elements {
      switch element {
      case .object: turns.append(try message(element, field: field))
      default:
        for text in element.texts {
          turns.append(Turn(role: turns.count.isMultiple(of: 2) ? .user : .assistant, text: text))
        }
      }
    }
    return turns.filter { !$0.text.isEmpty }
  }

  /// `{"role": …, "content": …}` or `{"from": …, "value": …}`, and what else such lists are called.
  private func message(_ element: JSON, field: String) throws -> Turn {
    let find = { (names: [String]) in names.lazy.compactMap { element[$0]?.text }.first }
    guard let speaker = find(["role", "from", "speaker"]) else {
      throw problem(.missingField, field)
    }
    guard let role = Self.role(of: speaker) else { throw problem(.unknownLabel, field) }
    let text = find(["content", "value", "text", "utterance"]) ?? ""
    let isPlain = Turn.Role(rawValue: speaker) != nil
    return Turn(role: role, speaker: isPlain ? "" : speaker, text: text)
  }

  private static func role(of speaker: String) -> Turn.Role? {
    switch speaker.lowercased() {
    case "system": .system
    case "user", "human", "prompter": .user
    case "assistant", "gpt", "bot", "model", "chatgpt": .assistant
    default: SpokenTurns.role(of: speaker)
    }
  }
}
