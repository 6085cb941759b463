import Formats
import Records

/// ShareGPT's conversations: `{"conversations": [{"from": "human", "value": "…"}, …]}`.
///
/// After an optional leading `system`, `human` and `gpt` take turns, `gpt` last: LLaMA-Factory drops
/// whatever does not. Not for TRL, which keeps the role names and so feeds chat templates roles that
/// they do not know.
struct ShareGPT: Dialect {
  static let facts = DialectFacts(
    name: "sharegpt", title: "ShareGPT conversations",
    trainers: "LLaMA-Factory, Axolotl (chat_template), Unsloth, torchtune", options: [])

  init(options: DialectOptions) {}

  let schemaName = "sharegpt"

  let features = [Feature("conversations", .objects([Feature("from"), Feature("value")]))]

  func refusal(of body: Example.Body) -> String? { body.refusalAsConversation }

  func write(_ example: Example, into json: inout JSONWriter) {
    json.beginObject()
    json.key("conversations")
    json.beginArray()
    for turn in example.body.conversation.messages {
      json.beginObject()
      json.key("from")
      json.string(speaker(of: turn))
      json.key("value")
      json.string(turn.text)
      json.endObject()
    }
    json.endArray()
    json.endObject()
  }

  private func speaker(of turn: Turn) -> String {
    switch turn.role {
    case .system: "system"
    case .user: "human"
    case .assistant: "gpt"
    }
  }
}
