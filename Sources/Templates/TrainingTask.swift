import Records

/// What is asked of a model: how a record's content becomes named texts, the slots, that template
/// sets put into words.
///
/// Named so, and not `Task`, to leave Swift's own `Task` alone.
package struct TrainingTask: Sendable {
  /// What kind of example comes out.
  package enum Form: String, Sendable {
    /// A request and its answer, worded by template sets.
    case conversation
    /// Plain text for pre-training, laid out by the output pattern of a template set.
    case text
    /// The record's own turns; template sets are not used.
    case passThrough = "pass-through"
  }

  /// A named text that patterns may use.
  package struct Slot: Sendable, Equatable {
    /// Where a slot may stand.
    package enum Role: String, Sendable {
      /// What the request may show.
      case material
      /// What is trained on: in the output only, which must use one such slot.
      case target
      /// What an output may add, such as an explanation; never in the request.
      case supplement
    }

    package var name: String
    package var role: Role
  }

  /// The kebab-case name that recipes use.
  package let name: String
  package let title: String
  package let shapes: [Content.Shape]
  package let form: Form
  /// The slots in order; at most 32.
  package let slots: [Slot]
  /// The template set used when the recipe names none; nil for tasks that use none.
  package let defaultTemplates: String?
  /// The form of the answer in the outputs of the task's own template sets.
  package let answer: AnswerForm
  /// How the task reasons before it answers; nil for tasks whose corpora give no reasons.
  package let reasoning: Reasoning?
  /// Whether an example whose request repeats the answer word for word is rejected.
  let rejectsRepeatedTarget: Bool
  /// The slot that requests show where the record has it: a closed set of labels.
  let preferredSlot: String?
  private var record: @Sendable (Record) -> Filling
  /// The task's own options, which recipes set under `options`.
  package private(set) var options: [TaskOption] = []
  private var configure: Configuration?

  /// Makes of options how a record's content becomes texts.
  typealias Configuration =
    @Sendable (TaskSettings) throws(Diagnostic) ->
    @Sendable (Content) ->
    Filling

  /// How a task reasons before it answers.
  package struct Reasoning: Sendable, Equatable {
    /// The slot that holds the reasons.
    package var slot: String
    /// The template set whose requests ask for reasons and whose output gives them, then the answer.
    package var templates: String
  }

  /// A task worded by template sets.
  init(
    _ name: String, title: String, shapes: [Content.Shape], form: Form = .conversation,
    material: [String] = [], targets: [String], supplements: [String] = [], templates: String,
    answer: AnswerForm = .text, reasoning: Reasoning? = nil, rejectsRepeatedTarget: Bool = false,
    preferring preferredSlot: String? = nil, filling: @escaping @Sendable (Content) -> Filling
  ) {
    self.init(
      ofRecords: name, title: title, shapes: shapes, form: form, material: material,
      targets: targets, supplements: supplements, templates: templates, answer: answer,
      reasoning: reasoning, rejectsRepeatedTarget: rejectsRepeatedTarget,
      preferring: preferredSlot
    ) { filling($0.content) }
  }

  /// A task worded by template sets that needs more of a record than its content.
  init(
    ofRecords name: String, title: String, shapes: [Content.Shape], form: Form = .conversation,
    material: [String] = [], targets: [String], supplements: [String] = [], templates: String,
    answer: AnswerForm = .text, reasoning: Reasoning? = nil, rejectsRepeatedTarget: Bool = false,
    preferring preferredSlot: String? = nil, filling: @escaping @Sendable (Record) -> Filling
  ) {
    self.name = name
    self.title = title
    self.shapes = shapes
    self.form = form
    self.slots =
      material.map { Slot(name: $0, role: .material) }
      + targets.map { Slot(name: $0, role: .target) }
      + supplements.map { Slot(name: $0, role: .supplement) }
    self.defaultTemplates = templates
    self.answer = answer
    self.reasoning = reasoning
    self.rejectsRepeatedTarget = rejectsRepeatedTarget
    self.preferredSlot = preferredSlot
    self.record = filling
  }

  /// A task worded by template sets, with options of its own.
  ///
  /// - Parameter configure: throws when options do not suit the task, or one that it needs is missing;
  ///   then no record fits until it is configured.
  init(
    _ name: String, title: String, shapes: [Content.Shape], material: [String],
    targets: [String], templates: String, options: [TaskOption],
    configure: @escaping Configuration
  ) {
    let preset: @Sendable (Content) -> Filling
    do throws(Diagnostic) {
      preset = try configure(TaskSettings(task: name, [:]))
    } catch {
      preset = { _ in .doesNotFit("options") }
    }
    self.init(
      name, title: title, shapes: shapes, material: material, targets: targets,
      templates: templates, filling: preset)
    self.options = options
    self.configure = configure
  }

  /// A task that passes a record's own turns through.
  init(
    passingThrough name: String, title: String, shapes: [Content.Shape],
    filling: @escaping @Sendable (Content) -> Filling
  ) {
    self.name = name
    self.title = title
    self.shapes = shapes
    self.form = .passThrough
    self.slots = []
    self.defaultTemplates = nil
    self.answer = .text
    self.reasoning = nil
    self.rejectsRepeatedTarget = false
    self.preferredSlot = nil
    self.record = { filling($0.content) }
  }

  /// The task as a recipe wants it.
  ///
  /// - Throws: `Diagnostic` for an option that the task does not have or that does not suit it.
  package func configured(with options: [String: String]) throws(Diagnostic) -> TrainingTask {
    let known = self.options.map(\.name)
    for name in options.keys.sorted() where !known.contains(name) {
      let list = known.isEmpty ? "it has none" : "it has \(known.joined(separator: ", "))"
      throw Diagnostic(
        "task '\(self.name)' has no option '\(name)'; \(list)",
        hint: NearestName.hint(for: name, among: known))
    }
    guard let configure else { return self }
    var task = self
    let filling = try configure(TaskSettings(task: name, options))
    task.record = { filling($0.content) }
    return task
  }

  /// The texts of a record for this task, or why there are none.
  package func filling(of record: Record) -> Filling {
    guard shapes.contains(record.content.shape) else {
      return .refused(.taskDoesNotFit, value: record.content.shape.rawValue)
    }
    return self.record(record)
  }
}

/// What a task makes of a record.
package enum Filling: Sendable, Equatable {
  /// The texts in the order of the task's slots; empty where the record has none.
  case slots([String])
  /// The record's own conversation.
  case conversation(Conversation)
  /// The value names a field or a count, never text of the record.
  case refused(Rejection.Reason, value: String?)
}

extension Filling {
  /// The refusal of a record that has a shape the task accepts but lacks what it needs.
  static func doesNotFit(_ value: String) -> Filling { .refused(.taskDoesNotFit, value: value) }

  static func noTarget(_ value: String) -> Filling { .refused(.noTarget, value: value) }

  static func emptyText(_ value: String) -> Filling { .refused(.emptyText, value: value) }
}
