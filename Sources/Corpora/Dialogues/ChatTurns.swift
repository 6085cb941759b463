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
