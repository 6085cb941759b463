import Glibc
import Recipes
import Records
import Templates

/// What a recipe asks of a task's prompting, held against what the task can do.
struct PlannedPrompting {
  private(set) var prompting = Prompting()
  /// The sampled answers to vote on; nil when there are none.
  private(set) var samples: SampledAnswers?
  private(set) var problems: [Diagnostic] = []

  /// Looks the settings up; `folder` is the recipe's.
  init(of use: Recipe.TaskUse, for task: TrainingTask, folder: String) {
    guard let wanted = use.prompting else { return }
    prompting.shots = wanted.shots
    prompting.layout = wanted.isOneText ? .text : .turns
    // Sampled answers reason too; they answer requests for reasons.
    prompting.isChainOfThought = wanted.isChainOfThought || wanted.selfConsistency != nil
    prompting.shuffledCopies = wanted.shuffledCopies
    check(wanted, for: task)
    if let vote = wanted.selfConsistency { readSamples(vote, folder: folder) }
  }

  private mutating func check(_ wanted: Recipe.Prompting, for task: TrainingTask) {
    let place = wanted.position
    guard task.form == .conversation else {
      return problems.append(
        Diagnostic(
          at: place, "task '\(task.name)' has no requests of its own that could be prompted"))
    }
    if wanted.shuffledCopies != nil, task.answer != .optionLetters {
      problems.append(
        Diagnostic(
          at: place, "task '\(task.name)' has no options to shuffle",
          hint: Self.hint { $0.answer == .optionLetters }))
    }
    if prompting.isChainOfThought, task.reasoning == nil {
      problems.append(
        Diagnostic(
          at: place, "task '\(task.name)' has no explanations for a chain of thought",
          hint: Self.hint { $0.reasoning != nil }))
    }
    if wanted.shuffledCopies != nil, wanted.selfConsistency != nil {
      problems.append(
        Diagnostic(
          at: place, "'shuffle_options' and 'self_consistency' do not go together",
          hint: "the letters of sampled answers name the options in their published order"))
    }
  }

  /// The tasks that could.
  private static func hint(_ can: (TrainingTask) -> Bool) -> String {
    "tasks that have: \(TaskRegistry.all.filter(can).map(\.name).joined(separator: ", "))"
  }

  /// Reports template sets whose output leaves out the reasons of a chain of thought.
  mutating func check(_ sets: [TemplateSet], _ task: TrainingTask, at place: Position) {
    guard prompting.isChainOfThought, let slot = task.reasoning?.slot else { return }
    for set in sets where !set.output.contains("{\(slot)}") {
      problems.append(
        Diagnostic(
          at: place, "template set '\(set.name)' gives no reasons for a chain of thought",
          hint: "use {\(slot)} in output, and the answer behind it"))
    }
  }

  private mutating func readSamples(
    _ vote: Recipe.Prompting.SelfConsistency, folder: String
  ) {
    prompting.keptTraces = Prompting.KeptTraces(rawValue: vote.keep.rawValue) ?? .first
    let name = vote.samples.text
    guard !name.isEmpty else { return }
    let path = name.hasPrefix("/") ? name : "\(folder)/\(name)"
    guard access(path, R_OK) == 0 else {
      let reason = String(cString: strerror(errno)).lowercased()
      return problems.append(
        Diagnostic(
          at: vote.samples.position, "cannot open '\(name)': \(reason)",
          hint: "the path of sampled answers starts from the recipe's folder"))
    }
    do {
      samples = try SampledAnswers(path: path, name: name)
    } catch {
      problems.append((error as? any DiagnosticError)?.diagnostic ?? Diagnostic("\(error)"))
    }
  }
}
