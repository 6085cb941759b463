import Recipes
import Records
import Templates

/// The tasks of a recipe with their wordings.
extension BuildPlanner {
  mutating func tasks(for sources: [PlannedSource]) -> [String: [PlannedTask]] {
    var tasks: [String: [PlannedTask]] = [:]
    for (number, use) in recipe.tasks.enumerated() {
      guard let planned = planned(use, number: number) else { continue }
      for name in use.sources {
        guard let source = sources.first(where: { $0.name == name.text }) else { continue }
        checkShape(of: source, task: planned.renderer.task, at: use.task.position)
        if tasks[name.text]?.contains(where: { $0.name == planned.name }) == true {
          problems.append(
            Diagnostic(
              at: use.task.position, "task '\(planned.name)' is given to '\(name.text)' twice",
              hint: "name all its template sets in one place"))
        }
        tasks[name.text, default: []].append(planned)
      }
    }
    for source in recipe.sources where tasks[source.name.text] == nil && problems.isEmpty {
      problems.append(
        Diagnostic(at: source.name.position, "no task is given to source '\(source.name.text)'"))
    }
    return tasks
  }

  mutating func planned(_ use: Recipe.TaskUse, number: Int) -> PlannedTask? {
    guard let known = TaskRegistry.task(named: use.task.text) else {
      unknown(use.task, kind: "task", among: TaskRegistry.all.map(\.name), list: "tasks")
      return nil
    }
    guard let task = made(at: use.position, { try known.configured(with: use.options) }) else {
      return nil
    }
    var prompting = PlannedPrompting(of: use, for: task, folder: folder)
    let sets = templateSets(of: use, for: task, isReasoning: prompting.prompting.isChainOfThought)
    if let wanted = use.prompting { prompting.check(sets, task, at: wanted.position) }
    problems += prompting.problems
    let profile = profile(of: use)
    let seed = recipe.seed
    let settings = prompting.prompting
    let renderer = made(
      at: use.position,
      {
        try TemplateRenderer(
          task: task, sets: sets, seed: seed, profile: profile, prompting: settings)
      })
    return renderer.map {
      PlannedTask(
        number: number, renderer: $0, samples: prompting.samples, position: use.position)
    }
  }

  mutating func profile(of use: Recipe.TaskUse) -> TextProfile {
    guard let name = use.profile else { return .plain }
    if let profile = TextProfile(rawValue: name.text) { return profile }
    unknown(
      name, kind: "text profile", among: TextProfile.allCases.map(\.rawValue), list: nil)
    return .plain
  }

  mutating func checkShape(
    of source: PlannedSource, task: TrainingTask, at place: Position
  ) {
    let planned = recipe.sources.first { $0.name.text == source.name }
    let shapes =
      planned?.shape.map { [$0] } ?? [source.facts.shape] + source.facts.otherShapes
    guard !shapes.contains(where: task.shapes.contains) else { return }
    let fitting = TaskRegistry.all.filter { shapes.contains(where: $0.shapes.contains) }
      .map(\.name)
    problems.append(
      Diagnostic(
        at: place,
        "task '\(task.name)' does not fit source '\(source.name)', whose records are of shape "
          + shapes.map(\.rawValue).joined(separator: " or "),
        hint: "tasks that fit: \(fitting.joined(separator: ", "))"))
  }

  mutating func templateSets(
    of use: Recipe.TaskUse, for task: TrainingTask, isReasoning: Bool
  ) -> [TemplateSet] {
    let shelf = TemplateShelf(folder: folder)
    var sets: [TemplateSet] = []
    let standard = (isReasoning ? task.reasoning?.templates : nil) ?? task.defaultTemplates
    if use.templates.isEmpty, use.inlineTemplates.isEmpty, let standard {
      do {
        return try shelf.family(of: standard)
      } catch {
        problems += error.problems
      }
    }
    for name in use.templates {
      do {
        guard let set = try shelf.set(named: name.text) else {
          unknown(name, kind: "template set", among: shelf.names, list: nil)
          continue
        }
        guard set.task == task.name else {
          problems.append(
            Diagnostic(
              at: name.position,
              "template set '\(name.text)' is for task '\(set.task)', not '\(task.name)'"))
          continue
        }
        sets.append(set)
      } catch {
        problems += error.problems
      }
    }
    return sets + use.inlineTemplates
  }
}
