import Records

/// Renders records as examples of one task, in the pooled wordings of its template sets; plain text
/// in the form of a profile.
///
/// A record is worded in its own language where one of the sets is in it, else in English, else in
/// the language there is. Which wording it gets then depends on the seed, the record's id and the
/// number of the copy only. A wording that uses a slot the record leaves empty is passed over.
package struct TemplateRenderer: Sendable {
  package let task: TrainingTask
  package let prompting: Prompting
  /// The wordings of each language.
  let pools: [String: WordingPool]
  /// The wordings of records whose language no set is in.
  let commonPool: WordingPool
  let seed: UInt64
  let profile: TextProfile
  /// The slot that requests should show, as a bit; 0 for none.
  private let preferredSlot: UInt32
  /// The place of the slot that holds the reasons, for chain of thought.
  private let reasoningSlot: Int?
  private let optionOrder: OptionOrder

  /// What a rendering may draw on beside the record.
  package struct Surroundings: Sendable {
    /// The training examples that exemplars are drawn from.
    package var exemplars: ExemplarPool?
    /// The number of what must not be parted from the record.
    package var component = 0
    /// The record's id in the build.
    package var recordID = ""
    /// A sampled answer that becomes the output.
    package var trace: String?

    package init() {}
  }

  /// Compiles the template sets for a task.
  ///
  /// - Throws: the first `Diagnostic` of `problems(in:for:)`.
  package init(
    task: TrainingTask, sets: [TemplateSet], seed: UInt64, profile: TextProfile = .plain,
    prompting: Prompting = Prompting()
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
    self.prompting = prompting
    self.pools = pools
    self.commonPool = pools[Self.commonLanguage] ?? all
    self.seed = seed
    self.profile = profile
    preferredSlot = task.slots.bit(of: task.preferredSlot)
    reasoningSlot =
      prompting.isChainOfThought
      ? task.slots.firstIndex { $0.name == task.reasoning?.slot } : nil
    optionOrder = OptionOrder(
      seed: seed, showsExplanation: all.usedSlots & task.slots.bit(of: task.reasoning?.slot) != 0)
  }

  /// Everything that is wrong with a template set for a task, without positions.
  package static func problems(in set: TemplateSet, for task: TrainingTask) -> [Diagnostic] {
    CompiledWording.all(of: set, for: task).problems
  }

  /// Renders a record as the example `id`, the copy `copy` of it counting from 0.
  package func render(
    _ record: Record, id: String, copy: Int = 0, with surroundings: Surroundings = Surroundings()
  ) -> Rendering {
    let arranged = arranged(record, copy: copy)
    switch task.filling(of: arranged) {
    case .refused(let reason, let value): return rejection(of: record, reason, value)
    case .conversation(let conversation):
      return .example(Example(id: id, body: .conversation(conversation)), template: "")
    case .slots(let values):
      let request = Request(record: arranged, id: id, copy: copy, surroundings: surroundings)
      return render(values, of: request, shots: prompting.shots)
    }
  }

  /// A record on its way to an example.
  private struct Request {
    let record: Record
    let id: String
    let copy: Int
    let surroundings: Surroundings
  }

  private func render(_ values: [String], of request: Request, shots: Int) -> Rendering {
    let record = request.record
    var values = values
    if let reasoningSlot {
      if let trace = request.surroundings.trace { values[reasoningSlot] = trace }
      guard Explanation.isGiven(values[reasoningSlot]) else {
        return rejection(of: record, .noExplanation, nil)
      }
    }
    let pool = record.language.flatMap { pools[$0] } ?? commonPool
    guard let wording = wording(in: pool, for: values, of: record, copy: request.copy) else {
      return rejection(of: record, .missingField, missingSlots(values, of: pool))
    }
    var body = shaped(wording.body(filledWith: values, form: task.form))
    if let trace = request.surroundings.trace { body.output = trace }
    if let reason = fault(in: body, values: values) { return rejection(of: record, reason, nil) }
    if let value = reasoningFault(in: body, values: values, of: record.content) {
      return rejection(of: record, .answerNotExtractable, value)
    }
    let exemplars = exemplars(shots, for: request, in: wording)
    guard exemplars.count == shots else {
      return rejection(of: record, .tooFewExemplars, "\(exemplars.count) of \(shots)")
    }
    prompt(&body, with: exemplars, in: wording)
    return .example(
      Example(id: request.id, body: body), template: wording.name, exemplars: exemplars)
  }

  private func shaped(_ body: Example.Body) -> Example.Body {
    guard case .text(let text) = body else { return body }
    return .text(profile.applied(to: text))
  }

  /// The wording of a record's copy: copies walk on from the first one's, so that no two are alike
  /// until all were used.
  func wording(
    in pool: WordingPool, for values: [String], of record: Record, copy: Int
  ) -> CompiledWording? {
    let fitting = pool.wordings(filledBy: Self.filledSlots(values), preferring: preferredSlot)
    guard !fitting.isEmpty else { return nil }
    let first = StableHash.of(seed: seed, purpose: "wording", record.id) % UInt64(fitting.count)
    return fitting[(Int(first) + copy) % fitting.count]
  }

  /// The slots with a text, bit n for slot n.
  private static func filledSlots(_ values: [String]) -> UInt32 {
    var filled: UInt32 = 0
    for (index, value) in values.enumerated() where !value.isBlank { filled |= 1 << UInt32(index) }
    return filled
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

// MARK: Prompting

extension TemplateRenderer {
  /// What parts worked examples in one text from each other and from the request.
  static var exampleSeparator: String { "\n\n---\n\n" }

  /// The requests of all wordings of a conversation, by name.
  package var requestPatterns: [RequestPattern] {
    guard task.form == .conversation else { return [] }
    return pools.values.flatMap(\.wordings).map { $0.request(slots: task.slots) }
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// Whether conversations have turns before the request: worked examples.
  package var hasEarlierTurns: Bool { prompting.shots > 0 && prompting.layout == .turns }

  /// In how many different orders a record's options are put: 1 outside of training.
  package func orderCount(of record: Record, isTraining: Bool) -> Int {
    guard isTraining, let copies = prompting.shuffledCopies, copies > 1,
      case .multipleChoice(let item) = record.content
    else { return 1 }
    return optionOrder.orders(of: item, id: record.id, copies: copies).count
  }

  /// The record with its options in the order of the copy.
  func arranged(_ record: Record, copy: Int) -> Record {
    guard let copies = prompting.shuffledCopies, case .multipleChoice(let item) = record.content
    else { return record }
    let orders = optionOrder.orders(of: item, id: record.id, copies: copies)
    var arranged = record
    arranged.content = .multipleChoice(item.arranged(in: orders[copy % orders.count]))
    return arranged
  }

  /// What sampled answers to a record agree on; nil when the record has no answer to agree with.
  package func vote(of samples: [String], on record: Record) -> Vote? {
    task.answer.gold(of: record.content).map {
      Vote(of: samples, about: record.content, gold: $0, form: task.answer)
    }
  }

  /// What is wrong with a chain of thought: the answer cannot be taken out of the output, or the
  /// reasons end in another one.
  private func reasoningFault(
    in body: Example.Body, values: [String], of content: Content
  ) -> String? {
    guard let reasoningSlot, case .conversation(let conversation) = body,
      let gold = task.answer.gold(of: content)
    else { return nil }
    guard task.answer.answer(in: conversation.output) == gold else {
      return "the output does not state the answer"
    }
    guard let conclusion = task.answer.conclusion(of: values[reasoningSlot]), conclusion != gold
    else { return nil }
    return "the explanation concludes another answer"
  }

  /// What a training record needs to stand before others, if it can be rendered itself and the pool
  /// has a place for it.
  package func exemplar(
    of record: Record, with surroundings: Surroundings, for pool: ExemplarPool
  ) -> Exemplar? {
    let arranged = arranged(record, copy: 0)
    let ticket = pool.ticket(of: surroundings.recordID)
    let language = record.language ?? ""
    let labels = arranged.content.balancingLabels
    guard pool.hasPlace(for: ticket, language: language, labels: labels),
      case .slots(var values) = task.filling(of: arranged)
    else { return nil }
    let request = Request(record: arranged, id: "", copy: 0, surroundings: surroundings)
    guard case .example = render(values, of: request, shots: 0) else { return nil }
    if let reasoningSlot, let trace = surroundings.trace { values[reasoningSlot] = trace }
    return Exemplar(
      id: surroundings.recordID, licenses: record.licenses, component: surroundings.component,
      language: language,
      labels: labels, values: values, output: surroundings.trace, ticket: ticket)
  }

  /// Draws the exemplars of a request, each fit for its wording.
  private func exemplars(
    _ count: Int, for request: Request, in wording: CompiledWording
  ) -> [Exemplar] {
    guard count > 0, let pool = request.surroundings.exemplars else { return [] }
    return pool.drawn(
      count, for: request.surroundings.recordID,
      component: request.surroundings.component, language: request.record.language ?? ""
    ) { wording.usedSlots & ~Self.filledSlots($0.values) == 0 }
  }

  /// Puts worked examples before a request.
  private func prompt(
    _ body: inout Example.Body, with exemplars: [Exemplar], in wording: CompiledWording
  ) {
    guard !exemplars.isEmpty, case .conversation(var conversation) = body else { return }
    let worked = exemplars.compactMap { exemplar -> Conversation? in
      var body = wording.body(filledWith: exemplar.values, form: task.form)
      if let output = exemplar.output { body.output = output }
      guard case .conversation(let conversation) = body else { return nil }
      return conversation
    }
    switch prompting.layout {
    case .turns:
      conversation.history = worked.flatMap {
        [Turn(role: .user, text: $0.prompt), Turn(role: .assistant, text: $0.output)]
      }
    case .text:
      conversation.instruction =
        (worked.map { "\($0.prompt)\n\n\($0.output)" }
        + [conversation.instruction]).joined(separator: Self.exampleSeparator)
    }
    body = .conversation(conversation)
  }
}

extension Example.Body {
  /// The answer that is trained on, or the whole text.
  fileprivate var output: String {
    get {
      switch self {
      case .text(let text): text
      case .conversation(let conversation): conversation.output
      }
    }
    set {
      switch self {
      case .text: self = .text(newValue)
      case .conversation(var conversation):
        conversation.output = newValue
        self = .conversation(conversation)
      }
    }
  }
}

extension [TrainingTask.Slot] {
  /// The bit of the slot of that name; 0 when there is none.
  fileprivate func bit(of name: String?) -> UInt32 {
    firstIndex { $0.name == name }.map { 1 << UInt32($0) } ?? 0
  }
}

/// The wordings that a record's is chosen from.
struct WordingPool {
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
  /// The example, the wording it is in (`consumer-qa/3`, or empty for a pass-through), and the worked
  /// examples before its request.
  case example(Example, template: String, exemplars: [Exemplar] = [])
  case rejection(Rejection)
}
