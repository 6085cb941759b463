import Formats
import Records

/// Sentences of MIMIC-III's notes, each with a statement that it entails, contradicts or leaves open.
///
///     {"pairID": "23eb94b8-…", "sentence1": "…", "sentence2": "…", "gold_label": "entailment", …}
///
/// One object a line, one file for each official split: `mli_train_v1.jsonl`, `mli_dev_v1.jsonl`,
/// `mli_test_v1.jsonl`. The three statements on a sentence share its group. A pair without a gold
/// label (`-`) is rejected as `unknown-label`. The data are under PhysioNet's agreement, whatever a
/// copy of them says. Other NLI sets in this form (SNLI, MEDIQA-NLI) can be read with a
/// licence of their own.
///
/// Format: physionet.org/content/mednli, version 1.0.0.
struct MedNLI: CorpusReader {
  static let facts = CorpusFacts(
    name: "mednli", title: "MedNLI: inference on sentences of clinical notes", shape: .textPair,
    license: .physioNetCredentialed, language: "en", forms: ".jsonl",
    tasks: ["natural-language-inference", "text-pair"], isSensitive: true,
    reference: "https://physionet.org/content/mednli/1.0.0/",
    signatures: [.json(keys: ["sentence1", "sentence2", "gold_label", "pairID"])])

  private static let labels = ["entailment", "contradiction", "neutral"]

  private let settings: ReaderSettings

  init(options: ReaderOptions) throws { settings = try .unmapped(Self.facts, options) }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return name.kind == "jsonl" && !name.isLitter
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let split = Split(of: entry)
    let file = EntryName(entry.path).stem
    var outlet = ReadingOutlet()
    try EnoughReadings.ends {
      try JSONObjectLines.read(&entry, &outlet, into: sink) { line, outlet in
        let texts = ["sentence1", "sentence2", "gold_label"].map {
          TidyText.line(line.object[$0]?.string ?? "")
        }
        let id = line.object["pairID"]?.string ?? "\(file)#\(line.number)"
        guard !texts.contains("") else {
          return try outlet.reject(
            id, .missingField, value: "line \(line.number)", at: line.byteOffset, to: sink)
        }
        guard Self.labels.contains(texts[2]) else {
          return try outlet.reject(
            id, .unknownLabel, value: "gold_label", at: line.byteOffset, to: sink)
        }
        let pair = TextPair(
          first: texts[0], second: texts[1], label: texts[2], labelSet: Self.labels)
        let record = settings.record(
          id: id, groups: [GroupKey(.document, QuestionKey.group(texts[0]).value)],
          officialSplit: split, content: .textPair(pair))
        try outlet.pass(record, at: line.byteOffset, to: sink)
      }
    }
  }
}
