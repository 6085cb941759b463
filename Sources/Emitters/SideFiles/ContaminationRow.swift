import Formats
import Records

/// A record that is like an item of a benchmark: one row of `contamination.jsonl`; never their text.
package struct ContaminationRow: Sendable, Equatable {
  /// The record's id in the build.
  package var id: String
  package var benchmark: String
  /// The item's id in the benchmark.
  package var item: String
  /// `id`, `question`, `options`, `pmid`, `ngram` or `target`.
  package var rule: String
  /// 0 … 1, written with four decimals.
  package var score: Double
  package var split: Split
  /// Whether the record was removed.
  package var isRemoved: Bool

  package init(
    id: String, benchmark: String, item: String, rule: String, score: Double, split: Split,
    isRemoved: Bool
  ) {
    self.id = id
    self.benchmark = benchmark
    self.item = item
    self.rule = rule
    self.score = score
    self.split = split
    self.isRemoved = isRemoved
  }

  package func write(into json: inout JSONWriter) {
    json.beginObject()
    json.member("id", id)
    json.member("benchmark", benchmark)
    json.member("item", item)
    json.member("rule", rule)
    json.key("score")
    json.number(text: DecimalText.fourDecimals(score))
    json.member("split", split.rawValue)
    json.key("removed")
    json.bool(isRemoved)
    json.endObject()
  }
}
