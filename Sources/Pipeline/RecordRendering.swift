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

  var name: String { renderer.task.name }
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
      let rendering = task.renderer.render(
        record, id: plan.exampleID(of: record, task: task.name, copy: number), copy: number,
        with: surroundings)
      try body(
        RecordRendering.Result(
          task: task.name, rendering: Self.checked(rendering, of: record, plan)))
    }
  }
}

extension Example.Body {
  /// Every text that the trainer sees, in order.
  var texts: [String] {
    switch self {
    case .text(let text): [text]
    case .conversation(let conversation): conversation.messages.map(\.text)
    }
  }
}
