import Emitters
import Records
import Stages
import Templates

/// A task that the records of some sources are rendered for.
struct PlannedTask: Sendable {
  /// The place among the recipe's tasks, which names the pool of its exemplars.
  let number: Int
  let renderer: TemplateRenderer
  /// What sampled answers there are; nil unless the recipe names a file of them.
  let samples: SampledAnswers?
  /// Where the task stands in the recipe.
  let position: Position
  /// What examples say of their task.
  let description: Example.Task

  var name: String { renderer.task.name }

  init(number: Int, renderer: TemplateRenderer, samples: SampledAnswers?, position: Position) {
    self.number = number
    self.renderer = renderer
    self.samples = samples
    self.position = position
    description = Example.Task(
      name: renderer.task.name, title: renderer.task.title,
      definitions: renderer.hasEarlierTexts ? [] : renderer.definitions)
  }

  /// Whether records of the task can have a rejected answer.
  var offersRejectedAnswers: Bool { samples != nil || renderer.task.offersWrongAnswers }
}

/// Renders a record for every task of its source.
struct RecordRendering: Sendable {
  let plan: BuildPlan
  let exemplars: Exemplars

  /// What a record became for one task: an example, or the reason for none.
  struct Result {
    var task: String
    var rendering: Rendering
  }

  /// Renders the copies of a record, copy by copy, and calls `body` with each result.
  ///
  /// - Returns: the votes of sampled answers.
  func render(
    _ record: Record, number: Int, copies: Int, split: Split, _ body: (Result) throws -> Void
  ) throws -> [VoteRow] {
    let id = plan.recordID(of: record)
    let drafts = try (plan.tasks[record.source] ?? []).map { task in
      try TaskDraft(
        of: record, id: id, task, exemplars.surroundings(of: number, id: id, task),
        isTraining: split == .train)
    }
    for copy in 0..<copies {
      for draft in drafts { try draft.render(record, copy: copy, plan, body) }
    }
    return drafts.compactMap(\.vote)
  }

  /// What a training record needs to stand before the records of a task, if the pool has a place.
  func exemplar(
    of record: Record, number: Int, for task: PlannedTask, pool: ExemplarPool
  ) throws -> Exemplar? {
    let id = plan.recordID(of: record)
    let draft = try TaskDraft(
      of: record, id: id, task, exemplars.surroundings(of: number, id: id, task), isTraining: true)
    guard draft.refusal == nil else { return nil }
    var surroundings = draft.surroundings
    surroundings.trace = draft.traces.first
    return task.renderer.exemplar(of: record, with: surroundings, for: pool)
  }
}

/// A record on its way to the examples of one task.
private struct TaskDraft {
  let task: PlannedTask
  let surroundings: TemplateRenderer.Surroundings
  /// The sampled answers that become targets, one example each; empty when there is no voting.
  private(set) var traces: [String] = []
  /// Why no answer was kept.
  private(set) var refusal: Rejection?
  private(set) var vote: VoteRow?
  private let orders: Int
  /// The sampled answers that are wrong; nil when there is no voting.
  private var wrongSamples: [String]?

  init(
    of record: Record, id: String, _ task: PlannedTask,
    _ surroundings: TemplateRenderer.Surroundings, isTraining: Bool
  ) throws {
    self.task = task
    self.surroundings = surroundings
    orders = task.renderer.orderCount(of: record, isTraining: isTraining)
    guard let samples = task.samples, let kept = task.renderer.prompting.keptTraces,
      let vote = task.renderer.vote(
        of: try samples.samples(of: record, buildID: id), on: record)
    else { return }
    traces = kept.of(vote.traces)
    wrongSamples = vote.disagreeing
    refusal = vote.verdict.rejection.map {
      Rejection(
        id: record.id, reason: $0, stage: "vote", value: nil, provenance: record.provenance)
    }
    self.vote = VoteRow(
      id: id, task: task.name, gold: vote.gold, counts: vote.counts, unreadable: vote.unreadable,
      verdict: vote.verdict.rawValue)
  }

  /// The rendering, or the rejection of an example in which a wording or a join made a special token
  /// that the record's own texts no longer have.
  private static func checked(
    _ rendering: Rendering, of record: Record, _ plan: BuildPlan
  ) -> Rendering {
    guard plan.stages.chatTokens.isActive, case .example(let example, _, _) = rendering,
      let token = example.body.texts.lazy.compactMap(ChatTokenGuard.token).first
    else { return rendering }
    return .rejection(ChatTokenGuard.rejection(of: record, token, stage: "render"))
  }

  func render(
    _ record: Record, copy: Int, _ plan: BuildPlan,
    _ body: (RecordRendering.Result) throws -> Void
  ) rethrows {
    if let refusal {
      return try body(
        RecordRendering.Result(task: task.name, rendering: .rejection(refusal)))
    }
    let variants = max(orders, traces.count)
    for variant in 0..<variants {
      let number = copy * variants + variant
      var surroundings = surroundings
      if !traces.isEmpty { surroundings.trace = traces[variant] }
      var rendering = task.renderer.render(
        record, id: plan.exampleID(of: record, task: task.name, copy: number), copy: number,
        with: surroundings)
      if plan.needsRejectedAnswers {
        rendering = ranked(rendering, of: record, copy: number, variant)
      }
      rendering.describe(task)
      try body(
        RecordRendering.Result(
          task: task.name, rendering: Self.checked(rendering, of: record, plan)))
    }
  }

  /// The rendering with a rejected answer beside the right one, or the rejection of a record that has
  /// none.
  private func ranked(
    _ rendering: Rendering, of record: Record, copy: Int, _ variant: Int
  ) -> Rendering {
    guard case .example(var example, let template, let exemplars) = rendering,
      case .conversation(var conversation) = example.body
    else { return rendering }
    if let wrongSamples {
      conversation.rejected =
        wrongSamples.isEmpty ? nil : wrongSamples[variant % wrongSamples.count]
    } else {
      conversation.rejected = task.renderer.rejectedAnswer(
        to: record, copy: copy, beside: conversation)
    }
    guard conversation.rejected != nil else {
      return .rejection(
        Rejection(
          id: record.id, reason: .noRejectedAnswer, stage: "render",
          value: wrongSamples == nil ? nil : "no sample disagrees", provenance: record.provenance))
    }
    example.body = .conversation(conversation)
    return .example(example, template: template, exemplars: exemplars)
  }
}

extension Rendering {
  /// Says of an example what task it is of.
  fileprivate mutating func describe(_ task: PlannedTask) {
    guard case .example(var example, let template, let exemplars) = self else { return }
    example.task = task.description
    self = .example(example, template: template, exemplars: exemplars)
  }
}

extension Example.Body {
  /// Every text that the trainer sees, in order.
  var texts: [String] {
    switch self {
    case .text(let text): [text]
    case .conversation(let conversation):
      conversation.messages.map(\.text) + [conversation.rejected].compactMap(\.self)
    }
  }
}
