import Formats
import Records

/// A `dataset_dir` of LLaMA-Factory 0.9: ShareGPT conversations or plain text, with the
/// `dataset_info.json` that names every column and tag that it uses.
///
/// As soon as one column or tag is named there, each unnamed one is nothing, and rows are dropped with
/// a warning only.
struct LlamaFactory: Dialect {
  static let facts = DialectFacts(
    name: "llama-factory", title: "LLaMA-Factory dataset folder", trainers: "LLaMA-Factory",
    options: [], allowsShards: false, allowsCompression: false)

  private let rows: any Dialect
  private let holdsText: Bool

  init(options: DialectOptions) {
    holdsText = options.holdsText
    rows = holdsText ? PlainText(options: options) : ShareGPT(options: options)
  }

  var schemaName: String { rows.schemaName }

  var features: [Feature] { rows.features }

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
    json.member("formatting", holdsText ? "alpaca" : "sharegpt")
    json.key("columns")
    json.beginObject()
    if holdsText { json.member("prompt", "text") } else { json.member("messages", "conversations") }
    json.endObject()
    if !holdsText {
      json.key("tags")
      json.beginObject()
      json.member("role_tag", "from")
      json.member("content_tag", "value")
      json.member("user_tag", "human")
      json.member("assistant_tag", "gpt")
      json.member("system_tag", "system")
      json.endObject()
    }
    json.endObject()
  }
}
