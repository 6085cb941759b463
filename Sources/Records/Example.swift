/// One training item rendered from a record.
package struct Example: Sendable, Equatable {
  /// What the trainer sees.
  package enum Body: Sendable, Equatable {
    case conversation(Conversation)
    /// Plain text for pre-training.
    case text(String)
  }

  /// Unique in the build: the record's id, `#task` when the source feeds several tasks, and `+n` for
  /// a repeated copy.
  package var id: String
  package var body: Body
  /// What was asked of the record; nil where nobody needs to know.
  package var task: Task?

  package init(id: String, body: Body) {
    self.id = id
    self.body = body
  }

  /// A task in the words of a dataset's reader.
  package struct Task: Sendable, Equatable {
    /// The kebab-case name that recipes use.
    package var name: String
    /// What it asks for, such as `Choose the right option`.
    package var title: String
    /// The instructions of its wordings where these hold nothing of the records; empty where they do.
    package var definitions: [String]

    package init(name: String, title: String, definitions: [String] = []) {
      self.name = name
      self.title = title
      self.definitions = definitions
    }
  }
}

/// A training conversation whose last turn is the answer.
package struct Conversation: Sendable, Equatable {
  /// The system message, or empty for none.
  package var system: String
  /// The turns before the last question, alternating user and assistant, starting with user.
  package var history: [Turn]
  /// What the user asks for in the last turn.
  package var instruction: String
  /// The material that the instruction works on, or empty.
  package var input: String
  /// The answer that is trained on.
  package var output: String
  /// An answer that is worse than the right one; nil where there is none.
  package var rejected: String?

  package init(
    system: String = "", history: [Turn] = [], instruction: String, input: String = "",
    output: String
  ) {
    self.system = system
    self.history = history
    self.instruction = instruction
    self.input = input
    self.output = output
  }

  /// The last user turn as one text: instruction, a blank line, input.
  package var prompt: String { input.isEmpty ? instruction : "\(instruction)\n\n\(input)" }

  /// The system message, a blank line, and the prompt: for forms without roles.
  package var fullPrompt: String { system.isEmpty ? prompt : "\(system)\n\n\(prompt)" }

  /// Every turn in order, system first when there is one.
  package var messages: [Turn] {
    var turns: [Turn] = []
    if !system.isEmpty { turns.append(Turn(role: .system, text: system)) }
    turns += history
    turns.append(Turn(role: .user, text: prompt))
    turns.append(Turn(role: .assistant, text: output))
    return turns
  }
}
