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
    let turn = ["role", "content"].map { Feature($0) }
    return [
      Feature("messages", .objects(turn + (options.hasHistory ? [Feature("weight", .number)] : [])))
    ]
  }

  func refusal(of body: Example.Body) -> String? {
    options.holdsText ? PlainText(options: options).refusal(of: body) : body.refusalAsConversation
  }

  func write(_ example: Example, into json: inout JSONWriter) {
    guard !options.holdsText else {
      return PlainText(options: options).write(example, into: &json)
    }
    let messages = example.body.conversation.messages
    json.beginObject()
    json.key("messages")
    json.beginArray()
    for (index, turn) in messages.enumerated() {
      json.beginObject()
      json.member("role", turn.role.rawValue)
      json.member("content", turn.text)
      if options.hasHistory {
        json.member(
          "weight", options.isTrainedOn(turn, isLast: index == messages.count - 1) ? 1 : 0)
      }
      json.endObject()
    }
    json.endArray()
    json.endObject()
  }
}
