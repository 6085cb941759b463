import Recipes
import Records
import Tokenizers

/// Measures examples, and does with longer ones what the recipe says.
struct ExampleFitting: Sendable {
  /// A row to be, with its length.
  struct Part {
    var example: Example
    var length: LengthMeter.Length
  }

  /// What becomes of an example.
  enum Outcome {
    case fits(LengthMeter.Length)
    /// The rows that it becomes, and the turns of its history that none of them has.
    case cut([Part], droppedTurns: Int)
    case tooLong(LengthMeter.Length)
  }

  let meter: LengthMeter
  /// The most tokens of a row; nil for no limit.
  let limit: Int?
  let overLong: Recipe.Training.OverLong?

  /// - Throws: `PipelineError.refused` with the example's name where the tokenizer cannot count it.
  func outcome(of example: Example, _ encoder: TokenEncoder?) throws -> Outcome {
    try LengthMeter.measuring(example) { try measuredOutcome(of: example, encoder) }
  }

  private func measuredOutcome(
    of example: Example, _ encoder: TokenEncoder?
  ) throws -> Outcome {
    let length = try meter.length(of: example.body, encoder)
    guard let limit, length.tokens > limit else { return .fits(length) }
    guard overLong == .split else { return .tooLong(length) }
    switch example.body {
    case .text(let text):
      let parts = try TextCut(meter: meter, limit: limit).parts(of: text, encoder)
      guard let parts else { return .tooLong(length) }
      return .cut(
        parts.enumerated().map { place, part in
          var row = example
          row.id += "/\(place + 1)"
          row.body = .text(part.text)
          return Part(example: row, length: part.length)
        }, droppedTurns: 0)
    case .conversation(let conversation):
      return try shortened(conversation, of: example, limit, encoder) ?? .tooLong(length)
    }
  }

  /// The conversation with as many of its latest turns as there is room for, the last question and its
  /// answer at the least; nil when these are too long.
  private func shortened(
    _ conversation: Conversation, of example: Example, _ limit: Int, _ encoder: TokenEncoder?
  ) throws -> Outcome? {
    var shorter = conversation
    while !shorter.history.isEmpty {
      // A question goes with its answer.
      shorter.history.removeFirst(min(2, shorter.history.count))
      var row = example
      row.body = .conversation(shorter)
      let length = try meter.length(of: row.body, encoder)
      guard length.tokens <= limit else { continue }
      return .cut(
        [Part(example: row, length: length)],
        droppedTurns: conversation.history.count - shorter.history.count)
    }
    return nil
  }
}
