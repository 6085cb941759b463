import Formats
import Records

/// Bedrock's conversations (docs, 2026; `bedrock-conversation-2024`): content as a list of blocks.
///
/// `system` is in every row, as an empty list where there is none.
struct Bedrock: Dialect {
  static let facts = DialectFacts(
    name: "bedrock", title: "Bedrock conversations", trainers: "Amazon Bedrock", options: [],
    allowsCompression: false, isSentToProvider: true)

  init(options: DialectOptions) {}

  let schemaName = "bedrock"

  let features = [
    Feature("schemaVersion"), Feature("system", .objects([Feature("text")])),
    Feature(
      "messages", .objects([Feature("role"), Feature("content", .objects([Feature("text")]))])),
  ]

  func refusal(of body: Example.Body) -> String? { body.refusalAsConversation }

  func write(_ example: Example, into json: inout JSONWriter) {
    let conversation = example.body.conversation
    json.beginObject()
    json.member("schemaVersion", "bedrock-conversation-2024")
    json.key("system")
    json.textBlocks(conversation.system.isEmpty ? [] : [conversation.system])
    json.key("messages")
    json.beginArray()
    for turn in conversation.messages where turn.role != .system {
      json.beginObject()
      json.member("role", turn.role.rawValue)
      json.key("content")
      json.textBlocks([turn.text])
      json.endObject()
    }
    json.endArray()
    json.endObject()
  }
}
