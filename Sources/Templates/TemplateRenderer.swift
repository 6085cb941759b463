import Records

/// Renders records as examples of one task, in the pooled wordings of its template sets; plain text
/// in the form of a profile.
///
/// A record is worded in its own language where one of the sets is in it, else in English, else in
/// the language there is. Which wording it gets then depends on the seed, the record's id and the
/// number of the copy only. A wording that uses a slot the record leaves empty is passed over.
package struct TemplateRenderer: Sendable {
  package let task: TrainingTask
  /// The wordings of each language.
  private let pools: [String: WordingPool]
  /// The wordings of records whose language no set is in.
  private let commonPool: WordingPool
  private let seed: UInt64
  private let profile: TextProfile
  /// The slot that requests should show, as a bit; 0 for none.
  private let preferredSlot: UInt32

  /// Compiles the template sets for a task.
  ///
  /// - Throws: the first `Diagnostic` of `problems(in:for:)`.
  package init(
    task: TrainingTask, sets: [TemplateSet], seed: UInt64, profile: TextProfile = .plain
  ) throws(Diagnostic) {
    var pools: [String: WordingPool] = [:]
    var all = WordingPool()
    for set in sets {
      let compiled = CompiledWording.all(of: set, for: task)
      if let problem = compiled.problems.first { throw problem }
      pools[set.language, default: WordingPool()].append(compiled.wordings)
      all.append(compiled.wordings)
    }
    guard profile == .plain || task.form == .text else {
      throw Diagnostic(
        "task '\(task.name)' makes no plain text that profile '\(profile.rawValue)' could shape")
    }
    if all.wordings.isEmpty, task.form != .passThrough {
      throw Diagnostic("task '\(task.name)' has no template set")
    }
    self.task = task
    self.pools = pools
    self.commonPool = pools[Self.commonLanguage] ?? all
    self.seed = seed
    self.profile = profile
    self.preferredSlot =
      task.slots.firstIndex { $0.name == task.preferredSlot }.map { 1 << UInt32($0) } ?? 0
  }

  /// Everything that is wrong with a template set for a task, without positions.
  package static func problems(in set: TemplateSet, for task: TrainingTask) -> [Diagnostic] {
    CompiledWording.all(of: set, for: task).problems
  }

  /// Renders a record as the example `id`, the copy `copy` of it counting from 0.
  package func render(_ record: Record, id: String, copy: Int = 0) -> Rendering {
    switch task.filling(of: record) {
    case .refused(let reason, let value): rejection(of: record, reason, value)
    case .conversation(let conversation):
      .example(Example(id: id, body: .conversation(conversation)), template: "")
    case .slots(let values): render(values, of: record, id: id, copy: copy)
    }
  }

  private func render(_ values: [String], of record: Record, id: String, copy: Int) -> Rendering {
    let pool = record.language.flatMap { pools[$0] } ?? commonPool
    guard let wording = wording(in: pool, for: values, of: record, copy: copy) else {
      return rejection(of: record, .missingField, missingSlots(values, of: pool))
    }
    let body = shaped(wording.body(filledWith: values, form: task.form))
    if let reason = fault(in: body, values: values) { return rejection(of: record, reason, nil) }
    return .example(Example(id: id, body: body), template: wording.name)
  }

  private func shaped(_ body: Example.Body) -> Example.Body {
    guard case .text(let text) = body else { return body }
    return .text(profile.applied(to: text))
  }

  /// The wording of a record's copy: copies walk on from the first one's, so that no two are alike
  /// until all were used.
  private func wording(
    in pool: WordingPool, for values: [String], of record: Record, copy: Int
  ) -> CompiledWording? {
    var filled: UInt32 = 0
    for (index, value) in values.enumerated() where !value.isBlank { filled |= 1 << UInt32(index) }
    let fitting = pool.wordings(filledBy: filled, preferring: preferredSlot)
    guard !fitting.isEmpty else { return nil }
    let first = StableHash.of(seed: seed, purpose: "wording", record.id) % UInt64(fitting.count)
    return fitting[(Int(first) + copy) % fitting.count]
  }

  /// The names of the empty slots that keep every wording from being used.
  private func missingSlots(_ values: [String], of pool: WordingPool) -> String {
    task.slots.indices.filter { pool.usedSlots & 1 << UInt32($0) != 0 && values[$0].isBlank }
      .map { task.slots[$0].name }.joined(separator: ", ")
  }

  private func fault(in body: Example.Body, values: [String]) -> Rejection.Reason? {
    switch body {
    case .text(let text): text.isBlank ? .emptyText : nil
    case .conversation(let conversation):
      if conversation.instruction.isBlank {
        .emptyText
      } else if conversation.output.isBlank {
        .emptyAnswer
      } else if task.rejectsRepeatedTarget, repeatsTarget(conversation, values) {
        .targetInPrompt
      } else {
        nil
      }
    }
  }

  /// Whether the request holds a target or a supplement word for word.
  private func repeatsTarget(_ conversation: Conversation, _ values: [String]) -> Bool {
    for (slot, value) in zip(task.slots, values)
    where slot.role != .material && value.utf8.count >= Self.shortestTellingTarget {
      if conversation.input.contains(bytesOf: value)
        || conversation.instruction.contains(bytesOf: value)
        || conversation.system.contains(bytesOf: value)
      {
        return true
      }
    }
    return false
  }

  /// The language of the wordings that every task has.
  private static let commonLanguage = "en"

  /// The bytes from which a repetition tells: `yes` is in many a passage by chance, a sentence not.
  private static let shortestTellingTarget = 32

  private func rejection(
    of record: Record, _ reason: Rejection.Reason, _ value: String?
  ) -> Rendering {
    .rejection(
      Rejection(
        id: record.id, reason: reason, stage: "render", value: value,
        provenance: record.provenance))
  }
}

/// The wordings that a record's is chosen from.
private struct WordingPool {
  private(set) var wordings: [CompiledWording] = []
  /// Every slot that some wording uses, bit n for slot n.
  private(set) var usedSlots: UInt32 = 0

  mutating func append(_ more: [CompiledWording]) {
    wordings += more
    usedSlots = more.reduce(usedSlots) { $0 | $1.usedSlots }
  }

  /// The wordings that use no other slots than the filled ones; of them those that use the preferred
  /// one, where there are any.
  func wordings(filledBy filled: UInt32, preferring preferred: UInt32) -> [CompiledWording] {
    let fitting =
      usedSlots & ~filled == 0 ? wordings : wordings.filter { $0.usedSlots & ~filled == 0 }
    guard usedSlots & filled & preferred != 0 else { return fitting }
    let preferring = fitting.filter { $0.usedSlots & preferred != 0 }
    return preferring.isEmpty ? fitting : preferring
  }
}

/// What comes of rendering a record.
package enum Rendering: Sendable, Equatable {
  /// The example, and the wording it is in: `consumer-qa/3`, or empty for a pass-through.
  case example(Example, template: String)
  case rejection(Rejection)
}
