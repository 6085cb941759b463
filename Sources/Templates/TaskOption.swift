import Records

/// An option of a task, as the recipes' reference shows it.
package struct TaskOption: Sendable {
  package var name: String
  /// What is taken when the recipe says nothing, or what then happens, in words.
  package var preset: String
  /// What it decides, as half a sentence that names the values.
  package var summary: String

  package init(_ name: String, _ preset: String, _ summary: String) {
    self.name = name
    self.preset = preset
    self.summary = summary
  }
}

/// What a recipe says to a task.
package struct TaskSettings: Sendable {
  private let task: String
  private let options: [String: String]

  init(task: String, _ options: [String: String]) {
    self.task = task
    self.options = options
  }

  /// The text of an option, or nil.
  func text(_ name: String) -> String? { options[name] }

  /// The text of an option that the task cannot do without.
  func requiredText(_ name: String, hint: String) throws(Diagnostic) -> String {
    if let text = options[name], !text.isBlank { return text }
    throw Diagnostic("task '\(task)' needs option '\(name)'", hint: hint)
  }

  /// An option that is a number of at least `least`.
  func number(_ name: String, default preset: Int, atLeast least: Int) throws(Diagnostic) -> Int {
    guard let text = options[name] else { return preset }
    guard let number = Int(text), number >= least else {
      throw Diagnostic(
        "option '\(name)' of task '\(task)' is '\(text)'; it must be a number of at least \(least)")
    }
    return number
  }
}
