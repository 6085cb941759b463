import Records
import Testing

@testable import Templates

/// What every task and every template set that ships must hold to.
struct TaskRegistryTests {
  @Test func `names every task once, in kebab case`() {
    let names = TaskRegistry.all.map(\.name)

    #expect(Set(names).count == names.count)
    #expect(names.allSatisfy { $0.utf8.allSatisfy { (97...122).contains($0) || $0 == 45 } })
    #expect(TaskRegistry.all.allSatisfy { $0.slots.count <= 32 })
  }

  @Test(arguments: TaskRegistry.all.map(\.name))
  func `has an English template set of its own for a task`(name: String) throws {
    let task = try #require(TaskRegistry.task(named: name))
    guard let templates = task.defaultTemplates else { return }
    let set = try #require(TemplateFile.set(named: templates))

    #expect(set.name == templates)
    #expect(set.language == "en")
    #expect(TemplateRenderer.problems(in: set, for: task) == [])
  }

  @Test(arguments: TemplateFile.all.map(\.name))
  func `ships no template set that a task would refuse, or with less than eight wordings`(
    file: String
  ) throws {
    let set = try #require(TemplateFile.all.first { $0.name == file }?.set)
    let task = try #require(TaskRegistry.task(named: set.task))

    #expect(file == "\(set.name).yaml")
    #expect(TemplateRenderer.problems(in: set, for: task) == [])
    guard task.form == .conversation else { return }
    #expect(set.wordings.count >= 8)
    #expect(Set(set.wordings.map { "\($0.instruction)|\($0.input)" }).count == set.wordings.count)
  }

  /// A set in Chinese, say, must be worded in Chinese: no English instruction left behind.
  @Test(arguments: TemplateFile.all.filter { ["ja", "zh"].contains($0.set.language) }.map(\.name))
  func `words a set in the script of its language`(file: String) throws {
    let set = try #require(TemplateFile.all.first { $0.name == file }?.set)

    #expect(set.name.hasSuffix("-\(set.language)"))
    for wording in set.wordings {
      let text = "\(wording.instruction)\(wording.input)".replacing(/\{[a-z_]+\}/, with: "")
      #expect(!text.contains { $0.isASCII && $0.isLetter }, "\(wording.instruction)")
    }
  }

  @Test(arguments: TaskRegistry.all.map(\.name))
  func `renders a suitable record in every wording, the target never in the request`(
    name: String
  ) throws {
    let task = try #require(TaskRegistry.task(named: name))
      .configured(with: suitableOptions[name] ?? [:])
    let record = Record.sample(try #require(suitableContent[name]))
    let sets = task.defaultTemplates.flatMap(TemplateFile.set(named:)).map { [$0] } ?? []
    let renderer = try TemplateRenderer(task: task, sets: sets, seed: 5)

    for copy in 0..<max(1, sets.reduce(0) { $0 + $1.wordings.count }) {
      let rendering = renderer.render(record, id: "x", copy: copy)
      guard task.form != .text else {
        #expect(rendering.example != nil)
        continue
      }
      let conversation = try #require(rendering.conversation)
      #expect(!conversation.prompt.isEmpty)
      #expect(!conversation.output.isEmpty)
      guard case .slots(let values) = task.filling(of: record) else { continue }
      for (slot, value) in zip(task.slots, values)
      where slot.role != .material && value.utf8.count > 12 {
        #expect(!conversation.prompt.contains(value))
      }
    }
  }

  @Test(arguments: TaskRegistry.all.map(\.name))
  func `refuses records of every other shape`(name: String) throws {
    let task = try #require(TaskRegistry.task(named: name))

    for content in suitableContent.values where !task.shapes.contains(content.shape) {
      #expect(
        task.filling(of: .sample(content))
          == .refused(.taskDoesNotFit, value: content.shape.rawValue))
    }
  }

  @Test(arguments: TaskRegistry.all.map(\.name))
  func `fills as many slots as the task names`(name: String) throws {
    let task = try #require(TaskRegistry.task(named: name))
      .configured(with: suitableOptions[name] ?? [:])

    guard case .slots(let values) = task.filling(of: .sample(try #require(suitableContent[name])))
    else { return }
    #expect(values.count == task.slots.count)
  }
}

/// What recipes say to tasks.
struct TaskOptionTests {
  @Test func `a task without options refuses any`() throws {
    let task = try #require(TaskRegistry.task(named: "summarisation"))
    let error = #expect(throws: Diagnostic.self) { try task.configured(with: ["events": "5"]) }
    #expect(error?.message == "task 'summarisation' has no option 'events'; it has none")
    #expect(throws: Never.self) { try task.configured(with: [:]) }
  }

  @Test(arguments: [
    (["target": "I50", "event": "5"], "has no option 'event'"),
    (["target": "I50", "events": "none"], "is 'none'; it must be a number of at least 1"),
    (["target": "I50", "events": "0"], "is '0'; it must be a number of at least 1"),
    (["target": " "], "needs option 'target'"), ([:], "needs option 'target'"),
  ])
  func `options that do not suit are told`(options: [String: String], message: String) throws {
    let task = try #require(TaskRegistry.task(named: "ehr-prediction"))
    let error = #expect(throws: Diagnostic.self) { try task.configured(with: options) }
    #expect(error?.message.contains(message) == true)
  }
}

/// No request ever shows what it asks for, whatever the corpus repeats.
struct TargetLeakTests {
  @Test func `rejects a yes-no-maybe question whose passages hold the long answer`() throws {
    var item = studyQuestion
    item.context.append(AbstractSection(label: "CONCLUSION", text: item.longAnswer))

    #expect(try reason(.questionAnswer(item), "yes-no-maybe-qa") == .targetInPrompt)
  }

  @Test func `rejects an abstract that repeats its conclusion elsewhere`() throws {
    var article = structuredArticle
    let conclusion = "We conclude that rest may help some patients after a sprain."
    article.abstract[2].text = conclusion
    article.abstract[1].text = "Forty improved. \(conclusion)"

    #expect(try reason(.article(article), "conclusion-generation") == .targetInPrompt)
  }

  private func reason(_ content: Content, _ name: String) throws -> Rejection.Reason? {
    let task = try #require(TaskRegistry.task(named: name))
    let set = try #require(task.defaultTemplates.flatMap(TemplateFile.set(named:)))
    let renderer = try TemplateRenderer(task: task, sets: [set], seed: 5)
    return renderer.render(.sample(content), id: "x").rejection?.reason
  }
}
