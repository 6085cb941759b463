import Records

// The tasks over conversations as a whole; `section-generation` is with the notes.

extension TrainingTask {
  /// Conversation → the whole note that was written of it.
  static let noteGeneration = TrainingTask(
    "note-generation", title: "Write the clinical note of a conversation", shapes: [.dialogue],
    material: ["dialogue"], targets: ["note"], templates: "dialogue-note"
  ) { content in
    guard case .dialogue(let dialogue) = content else { return .doesNotFit("shape") }
    guard !dialogue.transcript.isBlank else { return .emptyText("dialogue") }
    let note = dialogue.target.joinedText
    guard !note.isBlank else { return .noTarget("note") }
    return .slots([dialogue.transcript, note])
  }

  /// What a patient says → what the clinician answers, turn by turn.
  ///
  /// Turns of one side in a row are one turn, a line each. What clinicians say before the patient
  /// first speaks is the system message, speakers named; what patients say after the last answer has
  /// none and is left out.
  static let dialogueResponse = TrainingTask(
    passingThrough: "dialogue-response", title: "Answer as the clinician of a conversation",
    shapes: [.dialogue]
  ) { content in
    guard case .dialogue(let dialogue) = content else { return .doesNotFit("shape") }
    let turns = dialogue.turns.filter { !$0.text.isBlank }
    let opening = turns.prefix { $0.role != .user }
    let exchange = turns.dropFirst(opening.count).joiningSides
    guard let last = exchange.lastIndex(where: { $0.role == .assistant }) else {
      return .noTarget("assistant turn")
    }
    return conversation(
      system: Dialogue(turns: Array(opening)).transcript, turns: Array(exchange[...last]))
  }
}

extension Sequence<Turn> {
  /// The turns with those of one side in a row made one, a line each.
  fileprivate var joiningSides: [Turn] {
    reduce(into: []) { joined, turn in
      if joined.last?.role == turn.role {
        joined[joined.count - 1].text += "\n" + turn.text
      } else {
        joined.append(Turn(role: turn.role, text: turn.text))
      }
    }
  }
}
