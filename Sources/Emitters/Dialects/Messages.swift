import Formats
import Records

/// Chat messages: `{"messages": [{"role": "user", "content": "…"}, …]}`.
///
/// OpenAI's fine-tuning form (guide, 2026) without its optional keys, which TRL, Axolotl and MLX-LM
/// read too. TRL trains on every token of it unless told otherwise; see `PromptCompletion`.
struct Messages: Dialect {
  static let facts = DialectFacts(
    name: "messages", title: "Chat messages",
    trainers: "OpenAI, TRL, Axolotl, LLaMA-Factory, MLX-LM, Unsloth", options: [],
    formats: [.jsonl, .parquet])

  init(options: DialectOptions) {}

  let schemaName = "messages"

  let features = [Feature("messages", .objects([Feature("role"), Feature("content")]))]

  func refusal(of body: Example.Body) -> String? { body.refusalAsConversation }

  func write(_ example: Example, into json: inout JSONWriter) {
    json.beginObject()
    json.key("messages")
    json.messages(example.body.conversation.messages)
    json.endObject()
  }
}

extension JSONWriter {
  /// Writes turns as an array of `{"role", "content"}`.
  mutating func messages(_ turns: some Sequence<Turn>) {
    beginArray()
    for turn in turns {
      beginObject()
      key("role")
      string(turn.role.rawValue)
      key("content")
      string(turn.text)
      endObject()
    }
    endArray()
  }

  /// Writes turns as an array of `{"role", "content"}`, with a `weight` where there is one.
  mutating func messages(_ turns: [Turn], weight: (Turn, _ isLast: Bool) -> Int?) {
    beginArray()
    for (index, turn) in turns.enumerated() {
      beginObject()
      member("role", turn.role.rawValue)
      member("content", turn.text)
      if let weight = weight(turn, index == turns.count - 1) { member("weight", weight) }
      endObject()
    }
    endArray()
  }
}

extension DialectOptions {
  /// The parts of a message that may say whether the loss falls on it.
  var messageFeatures: [Feature] {
    [Feature("role"), Feature("content")] + (hasHistory ? [Feature("weight", .number)] : [])
  }
}
