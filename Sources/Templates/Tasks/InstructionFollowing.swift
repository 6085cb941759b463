import Records

extension TrainingTask {
  /// A ready-made conversation, turn by turn.
  static let instructionFollowing = TrainingTask(
    passingThrough: "instruction-following", title: "Follow an instruction", shapes: [.instruction]
  ) { content in
    guard case .instruction(let item) = content else { return .doesNotFit("shape") }
    return conversation(system: item.system, turns: item.turns)
  }

  /// The turns as a conversation: after an optional system turn, user and assistant by turns, the
  /// assistant last.
  static func conversation(system: String, turns: [Turn]) -> Filling {
    var system = system
    var turns = turns[...]
    if let first = turns.first, first.role == .system {
      guard system.isBlank else { return .doesNotFit("two system messages") }
      system = first.text
      turns = turns.dropFirst()
    }
    for (index, turn) in turns.enumerated() {
      guard turn.role == (index.isMultiple(of: 2) ? .user : .assistant) else {
        return .doesNotFit("turn \(index + 1) is out of order")
      }
    }
    guard turns.count >= 2 else { return .noTarget("assistant turn") }
    guard turns.count.isMultiple(of: 2) else { return .noTarget("answer to the last turn") }
    for (index, turn) in turns.enumerated() where turn.text.isBlank {
      return index == turns.count - 1
        ? .refused(.emptyAnswer, value: nil) : .emptyText("turn \(index + 1)")
    }
    let request = turns[turns.endIndex - 2]
    return .conversation(
      Conversation(
        system: system, history: Array(turns.dropLast(2)), instruction: request.text,
        output: turns[turns.endIndex - 1].text))
  }
}
