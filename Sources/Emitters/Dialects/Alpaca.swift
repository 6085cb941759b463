import Formats
import Records

/// Alpaca's instruction, input and output, with LLaMA-Factory's `system` and `history`.
///
/// `instruction`, `input`, `output` and `system` are in every row, as "" where there is nothing.
/// `history`, pairs of user and assistant, is in every row of a build that may have earlier turns
/// and in none of another: a column of empty lists has no element type for `datasets`, and does not
/// join with a file that has one.
struct Alpaca: Dialect {
  static let facts = DialectFacts(
    name: "alpaca", title: "Instruction, input and output",
    trainers: "LLaMA-Factory, Axolotl, torchtune, Unsloth", options: [],
    formats: [.jsonl, .parquet])

  private let hasHistory: Bool

  init(options: DialectOptions) { hasHistory = options.hasHistory }

  let schemaName = "alpaca"

  var features: [Feature] {
    ["instruction", "input", "output", "system"].map { Feature($0) }
      + (hasHistory ? [Feature("history", .textPairs)] : [])
  }

  func refusal(of body: Example.Body) -> String? {
    if let refusal = body.refusalAsConversation { return refusal }
    guard hasHistory || body.conversation.history.isEmpty else {
      return "earlier turns in a build that promised none"
    }
    return nil
  }

  func write(_ example: Example, into json: inout JSONWriter) {
    let conversation = example.body.conversation
    json.beginObject()
    json.key("instruction")
    json.string(conversation.instruction)
    json.key("input")
    json.string(conversation.input)
    json.key("output")
    json.string(conversation.output)
    json.key("system")
    json.string(conversation.system)
    if hasHistory { writeHistory(conversation.history, into: &json) }
    json.endObject()
  }

  private func writeHistory(_ turns: [Turn], into json: inout JSONWriter) {
    json.key("history")
    json.beginArray()
    for index in stride(from: 0, to: turns.count, by: 2) {
      json.beginArray()
      json.string(turns[index].text)
      json.string(turns[index + 1].text)
      json.endArray()
    }
    json.endArray()
  }
}
