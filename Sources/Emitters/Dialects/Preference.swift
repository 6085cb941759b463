import Formats
import Records

/// A prompt with a chosen and a rejected answer, for TRL's DPOTrainer (1.16) and Axolotl's
/// `rl: dpo` (`chat_template.default`).
///
/// Conversational: all three are lists of messages, and `prompt` holds every turn but the last.
/// Standard: strings, joined as they are; answers begin with the space that parts them from the prompt.
struct Preference: Dialect {
  static let facts = DialectFacts(
    name: "preference", title: "Prompt, chosen and rejected answer",
    trainers: "TRL (DPO), Axolotl (DPO)",
    options: [DialectOptions.Form.option([.conversational, .standard])],
    formats: [.jsonl, .parquet], needsRejectedAnswers: true)

  private let form: DialectOptions.Form

  init(options: DialectOptions) { form = options.form }

  var schemaName: String { form == .standard ? "preference" : "preference-conversational" }

  var features: [Feature] {
    let turns = Feature.Kind.objects([Feature("role"), Feature("content")])
    return ["prompt", "chosen", "rejected"].map { Feature($0, form == .standard ? .text : turns) }
  }

  func refusal(of body: Example.Body) -> String? {
    if let refusal = body.refusalAsPreference { return refusal }
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
      json.member("chosen", " \(conversation.output)")
      json.member("rejected", " \(conversation.rejected ?? "")")
    } else {
      json.messages(conversation.messages.dropLast())
      json.key("chosen")
      json.messages([conversation.chosenTurn])
      json.key("rejected")
      json.messages([conversation.rejectedTurn])
    }
    json.endObject()
  }
}

/// OpenAI's form of preferences, which Together takes too: `input`, `preferred_output`,
/// `non_preferred_output` (guides, 2026; OpenAI's specification has other names for the answers).
struct OpenAIPreference: Dialect {
  static let facts = DialectFacts(
    name: "openai-preference", title: "OpenAI preference fine-tuning",
    trainers: "OpenAI, Together AI",
    options: [], allowsCompression: false, isSentToProvider: true, needsRejectedAnswers: true)

  init(options: DialectOptions) {}

  let schemaName = "openai-preference"

  let features: [Feature] = {
    let turns = Feature.Kind.objects([Feature("role"), Feature("content")])
    return [
      Feature("input", .object([Feature("messages", turns)])),
      Feature("preferred_output", turns), Feature("non_preferred_output", turns),
    ]
  }()

  func refusal(of body: Example.Body) -> String? { body.refusalAsPreference }

  func write(_ example: Example, into json: inout JSONWriter) {
    let conversation = example.body.conversation
    json.beginObject()
    json.key("input")
    json.beginObject()
    json.key("messages")
    json.messages(conversation.messages.dropLast())
    json.endObject()
    json.key("preferred_output")
    json.messages([conversation.chosenTurn])
    json.key("non_preferred_output")
    json.messages([conversation.rejectedTurn])
    json.endObject()
  }
}

extension Conversation {
  var chosenTurn: Turn { Turn(role: .assistant, text: output) }

  /// The answer that is rejected; calling this where there is none is a bug of ours.
  var rejectedTurn: Turn {
    guard let rejected else { preconditionFailure("a dialect was given a body that it refuses") }
    return Turn(role: .assistant, text: rejected)
  }
}
