import Formats
import Records

/// Vertex AI's tuning form for Gemini (docs, 2026): `systemInstruction` and `contents` of `parts`,
/// whose answering role is `model`.
///
/// `systemInstruction` is in the rows that have one, as the service takes no empty text.
struct VertexGemini: Dialect {
  static let facts = DialectFacts(
    name: "vertex-gemini", title: "Gemini tuning", trainers: "Vertex AI", options: [],
    allowsCompression: false, isSentToProvider: true)

  init(options: DialectOptions) {}

  let schemaName = "vertex-gemini"

  let features = [
    Feature(
      "systemInstruction",
      .object([Feature("role"), Feature("parts", .objects([Feature("text")]))])),
    Feature(
      "contents", .objects([Feature("role"), Feature("parts", .objects([Feature("text")]))])),
  ]

  func refusal(of body: Example.Body) -> String? { body.refusalAsConversation }

  func write(_ example: Example, into json: inout JSONWriter) {
    let conversation = example.body.conversation
    json.beginObject()
    if !conversation.system.isEmpty {
      json.key("systemInstruction")
      write(conversation.system, by: "system", into: &json)
    }
    json.key("contents")
    json.beginArray()
    for turn in conversation.messages where turn.role != .system {
      write(turn.text, by: turn.role == .assistant ? "model" : "user", into: &json)
    }
    json.endArray()
    json.endObject()
  }

  private func write(_ text: String, by role: String, into json: inout JSONWriter) {
    json.beginObject()
    json.member("role", role)
    json.key("parts")
    json.textBlocks([text])
    json.endObject()
  }
}

extension JSONWriter {
  /// Writes texts as an array of `{"text"}`.
  mutating func textBlocks(_ texts: [String]) {
    beginArray()
    for text in texts {
      beginObject()
      member("text", text)
      endObject()
    }
    endArray()
  }
}
