import Formats
import Records

/// The dataset root of NeMo 2's `FineTuningDataModule`: `training.jsonl`, `validation.jsonl` and
/// `test.jsonl` with rows of `input` and `output`.
///
/// NeMo joins the two as they are and trains on the output; the output begins with the space that
/// parts them.
struct NeMo: Dialect {
  static let facts = DialectFacts(
    name: "nemo", title: "NeMo dataset root", trainers: "NeMo 2", options: [],
    allowsShards: false, allowsCompression: false)

  init(options: DialectOptions) {}

  let schemaName = "nemo"

  let features = [Feature("input"), Feature("output")]

  func stem(of split: Split) -> String { split == .train ? "training" : split.rawValue }

  func refusal(of body: Example.Body) -> String? {
    if let refusal = body.refusalAsConversation { return refusal }
    guard body.conversation.history.isEmpty else { return "a row has no place for earlier turns" }
    return nil
  }

  func write(_ example: Example, into json: inout JSONWriter) {
    let conversation = example.body.conversation
    json.beginObject()
    json.member("input", conversation.fullPrompt)
    json.member("output", " \(conversation.output)")
    json.endObject()
  }
}
