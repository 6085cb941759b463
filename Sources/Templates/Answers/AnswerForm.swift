import Formats
import Records

/// How the answer stands in an output, so that a program can take it out and hold it against what the
/// corpus says.
package enum AnswerForm: String, Sendable, CaseIterable {
  /// Free text; there is nothing to hold it against.
  case text
  /// The letters of the right options: `B. Heart`, one a line, or `The answer is: B`.
  case optionLetters = "option-letters"
  /// `yes`, `no` or `maybe`, alone or behind `The answer is:`.
  case decision
  /// One label, alone.
  case label
  /// A JSON list of strings.
  case list
  /// A piece of the passage, word for word.
  case span

  /// The parts of the answer that an output states, such as `["A", "C"]`; nil when it states none.
  package func answer(in output: String) -> [String]? {
    switch self {
    case .text: nil
    case .optionLetters: StatedAnswer(output).letters
    case .decision: StatedAnswer(output).decision.map { [$0] }
    case .label, .span: output.isBlank ? nil : [output]
    case .list: Self.strings(ofJSONList: output)
    }
  }

  /// The parts of the answer behind `The answer is:` and the like, whatever stands before; nil when a
  /// text concludes nothing, and for forms that conclude without such words.
  func conclusion(of text: String) -> [String]? {
    switch self {
    case .optionLetters: StatedAnswer(text).concludedLetters
    case .decision: StatedAnswer(text).concludedDecision.map { [$0] }
    case .text, .label, .list, .span: nil
    }
  }

  /// The parts of the right answer by the record itself; nil when it has none of this form.
  package func gold(of content: Content) -> [String]? {
    switch (self, content) {
    case (.optionLetters, .multipleChoice(let item)): item.answers.map(MultipleChoice.letter)
    case (.decision, .questionAnswer(let item)): [item.answer.lowercased()]
    case (.list, .questionAnswer(let item)): item.answerItems
    case (.span, .questionAnswer(let item)): [item.answer]
    case (.list, .labelledText(let item)): item.labels
    case (.label, .labelledText(let item)): item.labels
    case (.label, .textPair(let pair)): [pair.label]
    default: nil
    }
  }

  private static func strings(ofJSONList text: String) -> [String]? {
    guard let root = try? JSONDocument(parsing: Array(text.utf8)).root, root.kind == .array else {
      return nil
    }
    let strings = root.elements.map(\.string)
    return strings.contains(nil) ? nil : strings.compactMap { $0 }
  }
}

/// A JSON list of strings on one line: what outputs of form `list` are.
func jsonList(_ texts: [String]) -> String {
  var json = JSONWriter()
  json.beginArray()
  for text in texts { json.string(text) }
  json.endArray()
  return json.text
}

extension QuestionAnswer {
  /// The items of a list answer: its lines, without blank ones.
  var answerItems: [String] {
    answer.split(whereSeparator: \.isNewline).map(String.init).filter { !$0.isBlank }
  }
}
