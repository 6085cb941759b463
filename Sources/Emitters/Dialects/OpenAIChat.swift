import Formats
import Records

/// OpenAI's chat fine-tuning form (FineTuneChatRequestInput, 2026), without a key that it does not list.
///
/// OpenAI trains on every assistant turn; in a build that may have earlier turns their `weight` says
/// whether it does, as `loss` asks.
struct OpenAIChat: Dialect {
  static let facts = DialectFacts(
    name: "openai-chat", title: "OpenAI chat fine-tuning", trainers: "OpenAI, Azure, Fireworks",
    options: [DialectOptions.Loss.option], allowsCompression: false, isSentToProvider: true)

  private let options: DialectOptions

  init(options: DialectOptions) { self.options = options }

  let schemaName = "openai-chat"

  var features: [Feature] {
    let turn = ["role", "content"].map { Feature($0) }
    return [
      Feature("messages", .objects(turn + (options.hasHistory ? [Feature("weight", .number)] : [])))
    ]
  }

  func refusal(of body: Example.Body) -> String? { body.refusalAsConversation }

  func write(_ example: Example, into json: inout JSONWriter) {
    let messages = example.body.conversation.messages
    json.beginObject()
    json.key("messages")
    json.beginArray()
    for (index, turn) in messages.enumerated() {
      json.beginObject()
      json.member("role", turn.role.rawValue)
      json.member("content", turn.text)
      if turn.role == .assistant, options.hasHistory {
        json.member(
          "weight", options.isTrainedOn(turn, isLast: index == messages.count - 1) ? 1 : 0)
      }
      json.endObject()
    }
    json.endArray()
    json.endObject()
  }
}
