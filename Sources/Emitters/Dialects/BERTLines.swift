import Formats
import Records

/// Sentences for BERT's `create_pretraining_data`: plain text, a sentence a line, a blank line behind
/// each document, by which next-sentence prediction tells documents apart.
///
/// github.com/google-research/bert, README, "Pre-training with BERT"; BioBERT and ClinicalBERT keep to
/// it. A row is a document. Texts that a profile has put in lines keep these.
struct BERTLines: Dialect {
  static let facts = DialectFacts(
    name: "bert-lines", title: "A sentence a line",
    trainers: "BERT's own scripts, run_mlm (line_by_line)",
    options: [], formats: [.text])

  private let hasSentenceLines: Bool

  init(options: DialectOptions) { hasSentenceLines = options.hasSentenceLines }

  let schemaName = "bert-lines"

  let features = [Feature("sentences", .texts)]

  func refusal(of body: Example.Body) -> String? { body.refusalAsText }

  func write(_ example: Example, into json: inout JSONWriter) {
    let text = example.body.text
    json.beginObject()
    json.member("sentences", hasSentenceLines ? Self.lines(of: text) : Sentences.of(text))
    json.endObject()
  }

  private static func lines(of text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).map { $0.trimmingBlanks }.filter { !$0.isEmpty }
  }
}

extension Substring {
  fileprivate var trimmingBlanks: String {
    let start = drop(while: \.isWhitespace)
    let end = start.lastIndex { !$0.isWhitespace }
    return end.map { String(start[...$0]) } ?? ""
  }
}
