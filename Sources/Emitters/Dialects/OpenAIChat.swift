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
    [Feature("messages", .objects(options.messageFeatures))]
  }

  func refusal(of body: Example.Body) -> String? { body.refusalAsConversation }

  func write(_ example: Example, into json: inout JSONWriter) {
    json.beginObject()
    json.key("messages")
    json.messages(example.body.conversation.messages) { turn, isLast in
      guard turn.role == .assistant, options.hasHistory else { return nil }
      return options.isTrainedOn(turn, isLast: isLast) ? 1 : 0
    }
    json.endObject()
  }
}
