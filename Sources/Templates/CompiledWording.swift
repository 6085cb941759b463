import Records

/// One wording of a template set, ready to be filled in.
struct CompiledWording: Sendable {
  /// `consumer-qa/3`: the set and the 1-based number of the wording; the set alone for plain text.
  let name: String
  private let system: Pattern
  private let instruction: Pattern
  private let input: Pattern
  private let output: Pattern
  /// Every slot that one of the patterns uses, bit n for slot n.
  let usedSlots: UInt32

  /// The example's body with the slots filled in.
  func body(filledWith values: [String], form: TrainingTask.Form) -> Example.Body {
    guard form == .conversation else { return .text(output.filled(with: values)) }
    return .conversation(
      Conversation(
        system: system.filled(with: values), instruction: instruction.filled(with: values),
        input: input.filled(with: values), output: output.filled(with: values)))
  }

  /// The request with the names of its slots, as a conversation's `prompt` joins it.
  func request(slots: [TrainingTask.Slot]) -> RequestPattern {
    func pieces(of pattern: Pattern) -> [RequestPattern.Piece] {
      pattern.pieces.map { piece in
        switch piece {
        case .literal(let text): .literal(text)
        case .slot(let index): .slot(slots[index].name)
        }
      }
    }
    let seam: [RequestPattern.Piece] = input.pieces.isEmpty ? [] : [.literal("\n\n")]
    return RequestPattern(name: name, pieces: pieces(of: instruction) + seam + pieces(of: input))
  }

  /// The system message and the instruction, where they hold nothing of a record and the input holds
  /// all; nil where they do.
  var definition: String? {
    guard system.usedSlots | instruction.usedSlots == 0, input.usedSlots != 0 else { return nil }
    let parts = [system, instruction].map { $0.filled(with: []) }.filter { !$0.isEmpty }
    return parts.joined(separator: "\n\n")
  }

  /// Whether the output says more than the answer: an explanation, which is of the right one only.
  func explainsAnswer(of task: TrainingTask) -> Bool {
    task.slots.indices.contains {
      task.slots[$0].role == .supplement && output.usedSlots & 1 << UInt32($0) != 0
    }
  }

  private init(
    name: String, system: Pattern, instruction: Pattern, input: Pattern, output: Pattern
  ) {
    self.name = name
    self.system = system
    self.instruction = instruction
    self.input = input
    self.output = output
    self.usedSlots =
      system.usedSlots | instruction.usedSlots | input.usedSlots | output.usedSlots
  }
}

extension CompiledWording {
  /// The wordings of a set for a task, and everything that is wrong with it.
  static func all(
    of set: TemplateSet, for task: TrainingTask
  ) -> (wordings: [CompiledWording], problems: [Diagnostic]) {
    var compiler = TemplateCompiler(set: set, task: task)
    let wordings = compiler.wordings()
    return (compiler.problems.isEmpty ? wordings : [], compiler.problems)
  }

  /// Compiles one template set and collects its problems.
  private struct TemplateCompiler {
    let set: TemplateSet
    let task: TrainingTask
    private(set) var problems: [Diagnostic] = []

    init(set: TemplateSet, task: TrainingTask) {
      self.set = set
      self.task = task
    }

    mutating func wordings() -> [CompiledWording] {
      guard set.task == task.name else {
        report("is for task '\(set.task)', not '\(task.name)'")
        return []
      }
      checkCount()
      let system = pattern(set.system, "system", allowing: [.material])
      let output = pattern(set.output, "output", allowing: [.material, .target, .supplement])
      checkTarget(of: output)
      guard task.form == .conversation else {
        return [
          CompiledWording(
            name: set.name, system: .empty, instruction: .empty, input: .empty, output: output)
        ]
      }
      return set.wordings.enumerated().map { index, wording in
        let place = "wording \(index + 1)"
        if wording.instruction.isBlank { report("\(place) has an empty instruction") }
        return CompiledWording(
          name: "\(set.name)/\(index + 1)", system: system,
          instruction: pattern(wording.instruction, place, allowing: [.material]),
          input: pattern(wording.input, place, allowing: [.material]), output: output)
      }
    }

    private mutating func checkCount() {
      switch task.form {
      case .conversation where set.wordings.isEmpty: report("has no wordings")
      case .text where !set.wordings.isEmpty:
        report("has wordings, but task '\(task.name)' makes plain text from 'output' alone")
      case .text where !set.system.isEmpty:
        report("has a system message, but task '\(task.name)' makes plain text")
      case .passThrough: report("cannot be used: task '\(task.name)' passes records through")
      default: break
      }
    }

    /// An output without the target would train on text that the record does not answer with.
    private mutating func checkTarget(of output: Pattern) {
      let targets = task.slots.indices.filter { task.slots[$0].role == .target }
      let used = targets.contains { output.usedSlots & 1 << UInt32($0) != 0 }
      guard !used, !targets.isEmpty, problems.isEmpty else { return }
      let names = targets.map { "{\(task.slots[$0].name)}" }.joined(separator: " or ")
      report("does not answer: output uses no target slot", hint: "use \(names) in output")
    }

    private mutating func pattern(
      _ text: String, _ place: String, allowing roles: Set<TrainingTask.Slot.Role>
    ) -> Pattern {
      do throws(PatternError) {
        let pattern = try Pattern(text, slots: task.slots)
        for (index, slot) in task.slots.enumerated()
        where pattern.usedSlots & 1 << UInt32(index) != 0 && !roles.contains(slot.role) {
          report(
            "\(place) gives the answer away: slot '\(slot.name)' belongs in output only",
            hint: "slots of the request: \(names(roles))")
        }
        return pattern
      } catch {
        report(error, place, roles)
        return .empty
      }
    }

    private mutating func report(
      _ error: PatternError, _ place: String, _ roles: Set<TrainingTask.Slot.Role>
    ) {
      switch error {
      case .unknownSlot(let name):
        report(
          "\(place) uses unknown slot '\(name)'",
          hint: "task '\(task.name)' has \(names(roles)) here")
      case .unclosedBrace:
        report("\(place) has a '{' without '}'", hint: "write '{{' for a brace")
      case .strayBrace:
        report("\(place) has a '}' without '{'", hint: "write '}}' for a brace")
      }
    }

    private func names(_ roles: Set<TrainingTask.Slot.Role>) -> String {
      task.slots.filter { roles.contains($0.role) }.map(\.name).joined(separator: ", ")
    }

    private mutating func report(_ message: String, hint: String? = nil) {
      problems.append(Diagnostic("template set '\(set.name)': \(message)", hint: hint))
    }
  }
}
