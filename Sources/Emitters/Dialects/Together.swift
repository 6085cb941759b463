import Formats
import Records

/// Together's chat or text form (docs, 2026): a row has `messages` or `text`, never both.
///
/// In a build that may have earlier turns every message has a `weight`, as Together wants all or none.
struct Together: Dialect {
  static let facts = DialectFacts(
    name: "together", title: "Together fine-tuning", trainers: "Together AI",
    options: [DialectOptions.Loss.option], allowsCompression: false, isSentToProvider: true)

  private let options: DialectOptions

  init(options: DialectOptions) { self.options = options }

  var schemaName: String { options.holdsText ? "text" : "together" }

  var features: [Feature] {
    guard !options.holdsText else { return PlainText(options: options).features }
    return [Feature("messages", .objects(options.messageFeatures))]
  }

  func refusal(of body: Example.Body) -> String? {
    options.holdsText ? PlainText(options: options).refusal(of: body) : body.refusalAsConversation
  }

  func write(_ example: Example, into json: inout JSONWriter) {
    guard !options.holdsText else {
      return PlainText(options: options).write(example, into: &json)
    }
    json.beginObject()
    json.key("messages")
    json.messages(example.body.conversation.messages) { turn, isLast in
      guard options.hasHistory else { return nil }
      return options.isTrainedOn(turn, isLast: isLast) ? 1 : 0
    }
    json.endObject()
  }
}
