import Formats
import Records

/// Prompt and completion, the safest form for TRL: it trains on the completion only.
///
/// Conversational: both are lists of messages and the trainer applies the model's chat template;
/// `prompt` holds every turn but the last. Standard: both are strings, joined as they are; the
/// completion begins with the space that parts it from the prompt, which byte-pair tokenizers take
/// as part of the first word, so that prompt and answer share no token.
struct PromptCompletion: Dialect {
  static let facts = DialectFacts(
    name: "prompt-completion", title: "Prompt and completion", trainers: "TRL, MLX-LM, Together",
    options: [DialectOptions.Form.option([.conversational, .standard])],
    formats: [.jsonl, .parquet])

  private let form: DialectOptions.Form

  init(options: DialectOptions) { form = options.form }

  var schemaName: String {
    form == .standard ? "prompt-completion" : "prompt-completion-conversational"
  }

  var features: [Feature] {
    let turns = Feature.Kind.objects([Feature("role"), Feature("content")])
    return ["prompt", "completion"].map { Feature($0, form == .standard ? .text : turns) }
  }

  func refusal(of body: Example.Body) -> String? {
    if let refusal = body.refusalAsConversation { return refusal }
    guard form != .standard || body.conversation.history.isEmpty else {
      return "the standard form has no place for earlier turns"
    }
    return nil
  }

  func write(_ example: Example, into json: inout JSONWriter) {
    let conversation = example.body.conversation
    json.beginObject()
    json.key("prompt")
    if form == .standard {
      json.string(conversation.fullPrompt)
      json.key("completion")
      json.string(" \(conversation.output)")
    } else {
      let messages = conversation.messages
      json.messages(messages.dropLast())
      json.key("completion")
      json.messages(messages.suffix(1))
    }
    json.endObject()
  }
}
