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
    trainers: "LLaMA-Factory, Axolotl (chat_template), Unsloth, torchtune", options: [],
    formats: [.jsonl, .parquet])

  init(options: DialectOptions) {}

  let schemaName = "sharegpt"

  let features = [Feature("conversations", .objects([Feature("from"), Feature("value")]))]

  func refusal(of body: Example.Body) -> String? { body.refusalAsConversation }

  func write(_ example: Example, into json: inout JSONWriter) {
    json.beginObject()
    json.members("conversations", example.body.conversation.messages) { $0.shareGPTTurn($1) }
    json.endObject()
  }
}

extension JSONWriter {
  /// Writes a turn as `{"from", "value"}`.
  mutating func shareGPTTurn(_ turn: Turn) {
    beginObject()
    switch turn.role {
    case .system: member("from", "system")
    case .user: member("from", "human")
    case .assistant: member("from", "gpt")
    }
    member("value", turn.text)
    endObject()
  }
}
