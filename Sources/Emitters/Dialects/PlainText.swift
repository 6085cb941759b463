import Formats
import Records

/// Plain text for pre-training: `{"text": "…"}`, without an end-of-text token, which trainers add.
struct PlainText: Dialect {
  static let facts = DialectFacts(
    name: "text", title: "Plain text",
    trainers: "TRL, Axolotl (completion), LLaMA-Factory (pt), MLX-LM", options: [],
    formats: [.jsonl, .parquet])

  init(options: DialectOptions) {}

  let schemaName = "text"

  let features = [Feature("text")]

  func refusal(of body: Example.Body) -> String? { body.refusalAsText }

  func write(_ example: Example, into json: inout JSONWriter) {
    json.beginObject()
    json.key("text")
    json.string(example.body.text)
    json.endObject()
  }
}
