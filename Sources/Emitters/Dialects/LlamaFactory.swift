import Formats
import Records

/// A `dataset_dir` of LLaMA-Factory 0.9: ShareGPT conversations, plain text or, in the form `ranking`,
/// conversations with a chosen and a rejected answer, with the `dataset_info.json` that names every
/// column and tag that it uses.
///
/// As soon as one column or tag is named there, each unnamed one is nothing, and rows are dropped with
/// a warning only.
struct LlamaFactory: Dialect {
  static let facts = DialectFacts(
    name: "llama-factory", title: "LLaMA-Factory dataset folder", trainers: "LLaMA-Factory",
    options: [DialectOptions.Form.option([.conversational, .ranking])], allowsShards: false,
    allowsCompression: false, formats: [.jsonl, .parquet])

  private let rows: any Dialect
  private let kind: Kind

  private enum Kind {
    case conversations
    case text
    case ranking
  }

  init(options: DialectOptions) {
    if options.form == .ranking {
      kind = .ranking
      rows = ShareGPTRanking()
    } else if options.holdsText {
      kind = .text
      rows = PlainText(options: options)
    } else {
      kind = .conversations
      rows = ShareGPT(options: options)
    }
  }

  var schemaName: String { rows.schemaName }

  var features: [Feature] { rows.features }

  var needsRejectedAnswers: Bool { kind == .ranking }

  func refusal(of body: Example.Body) -> String? { rows.refusal(of: body) }

  func write(_ example: Example, into json: inout JSONWriter) { rows.write(example, into: &json) }

  func companions(of files: [DialectFile]) -> [Companion] {
    var json = JSONWriter()
    json.beginObject()
    for file in files {
      json.key(file.split.rawValue)
      writeEntry(of: file, into: &json)
    }
    json.endObject()
    json.newline()
    return [Companion(name: "dataset_info.json", bytes: json.take())]
  }

  private func writeEntry(of file: DialectFile, into json: inout JSONWriter) {
    json.beginObject()
    json.member("file_name", file.name)
    json.member("formatting", kind == .text ? "alpaca" : "sharegpt")
    if kind == .ranking { json.member("ranking", true) }
    json.key("columns")
    json.beginObject()
    switch kind {
    case .text: json.member("prompt", "text")
    case .conversations: json.member("messages", "conversations")
    case .ranking:
      json.member("messages", "conversations")
      json.member("chosen", "chosen")
      json.member("rejected", "rejected")
    }
    json.endObject()
    if kind != .text { writeTags(into: &json) }
    json.endObject()
  }

  private func writeTags(into json: inout JSONWriter) {
    json.key("tags")
    json.beginObject()
    json.member("role_tag", "from")
    json.member("content_tag", "value")
    json.member("user_tag", "human")
    json.member("assistant_tag", "gpt")
    json.member("system_tag", "system")
    json.endObject()
  }
}

/// ShareGPT's turns up to the last question, and two answers to it.
private struct ShareGPTRanking: Dialect {
  static let facts = DialectFacts(
    name: "sharegpt-ranking", title: "ShareGPT conversations with two answers",
    trainers: "LLaMA-Factory", options: [])

  init() {}

  init(options: DialectOptions) {}

  let schemaName = "sharegpt-ranking"

  let features: [Feature] = {
    let turn = [Feature("from"), Feature("value")]
    return [
      Feature("conversations", .objects(turn)), Feature("chosen", .object(turn)),
      Feature("rejected", .object(turn)),
    ]
  }()

  func refusal(of body: Example.Body) -> String? { body.refusalAsPreference }

  func write(_ example: Example, into json: inout JSONWriter) {
    let conversation = example.body.conversation
    json.beginObject()
    json.members("conversations", conversation.messages.dropLast()) { $0.shareGPTTurn($1) }
    json.key("chosen")
    json.shareGPTTurn(conversation.chosenTurn)
    json.key("rejected")
    json.shareGPTTurn(conversation.rejectedTurn)
    json.endObject()
  }
}
