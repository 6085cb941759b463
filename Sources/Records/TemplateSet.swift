/// How records become examples of one task: several wordings of the same instruction.
///
/// Patterns hold slots in braces, `{question}`; the task says which slots there are. `{{` and `}}`
/// stand for single braces.
package struct TemplateSet: Sendable, Equatable {
  /// One wording of the request.
  package struct Wording: Sendable, Equatable {
    package var instruction: String
    /// The pattern of the material below the instruction; may be empty.
    package var input: String

    package init(instruction: String, input: String = "") {
      self.instruction = instruction
      self.input = input
    }
  }

  package var name: String
  /// The task's kebab-case name.
  package var task: String
  /// The language of the wordings.
  package var language: String
  /// The system message, or empty for none.
  package var system: String
  package var wordings: [Wording]
  /// The pattern of the answer.
  package var output: String

  package init(
    name: String, task: String, language: String = "en", system: String = "", wordings: [Wording],
    output: String
  ) {
    self.name = name
    self.task = task
    self.language = language
    self.system = system
    self.wordings = wordings
    self.output = output
  }
}
