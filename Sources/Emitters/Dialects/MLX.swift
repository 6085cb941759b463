import Formats
import Records

/// The data folder of `mlx_lm.lora`: `train.jsonl`, `valid.jsonl`, `test.jsonl`.
///
/// Rows are chat messages, or plain text; MLX-LM 0.32 decides by the first row of each file. Train
/// with `mask_prompt: true`, and the loss falls on the last message only.
struct MLX: Dialect {
  static let facts = DialectFacts(
    name: "mlx", title: "MLX-LM data folder", trainers: "MLX-LM", options: [],
    allowsShards: false, allowsCompression: false)

  private let rows: any Dialect

  init(options: DialectOptions) {
    rows = options.holdsText ? PlainText(options: options) : Messages(options: options)
  }

  var schemaName: String { rows.schemaName }

  var features: [Feature] { rows.features }

  func stem(of split: Split) -> String { split == .validation ? "valid" : split.rawValue }

  func refusal(of body: Example.Body) -> String? { rows.refusal(of: body) }

  func write(_ example: Example, into json: inout JSONWriter) { rows.write(example, into: &json) }
}
