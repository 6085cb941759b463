import Formats
import Records

/// Sentences with a marked chemical and a marked protein, and how the two relate, in the form that
/// SciBERT was fine-tuned on.
///
///     {"text": "<< EGFR >> inhibitors include the small molecule [[ gefitinib ]].", "label": "INHIBITOR",
///      "metadata": []}
///
/// One object a line in files named `.txt`, one for each official split. The first of the two to occur is
/// marked `<< >>`, the other `[[ ]]`, whichever is the chemical. Texts are kept as they are, marks
/// included; the group is the sentence without them, as it occurs once for each pair. A label beyond
/// the 13 is rejected as `unknown-label`.
///
/// Format: github.com/allenai/scibert, data/text_classification/chemprot, 2019, after BioCreative VI.
struct ChemProt: CorpusReader {
  static let facts = CorpusFacts(
    name: "chemprot", title: "ChemProt: relations of chemicals and proteins, by sentence",
    shape: .labelledText, license: .apache2, language: "en", forms: ".tar.bz2 of .txt, .jsonl",
    tasks: ["classification"], reference: "https://github.com/allenai/scibert",
    signatures: [.json(keys: ["text", "label", "metadata"])])

  static let labels = [
    "INHIBITOR", "SUBSTRATE", "INDIRECT-DOWNREGULATOR", "INDIRECT-UPREGULATOR", "ACTIVATOR",
    "ANTAGONIST", "PRODUCT-OF", "AGONIST", "DOWNREGULATOR", "UPREGULATOR", "SUBSTRATE_PRODUCT-OF",
    "AGONIST-ACTIVATOR", "AGONIST-INHIBITOR",
  ]

  private let settings: ReaderSettings

  init(options: ReaderOptions) throws { settings = try .unmapped(Self.facts, options) }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return ["txt", "jsonl", "json"].contains(name.kind) && !name.isLitter
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let split = Split(of: entry)
    let file = EntryName(entry.path).stem
    var outlet = ReadingOutlet()
    try EnoughReadings.ends {
      try JSONObjectLines.read(&entry, &outlet, into: sink) { line, outlet in
        let id = "\(file)#\(line.number)"
        let text = line.object["text"]?.string ?? ""
        let label = line.object["label"]?.string ?? ""
        guard !TidyText.isBlank(text), !label.isEmpty else {
          let field = label.isEmpty ? "label" : "text"
          return try outlet.reject(
            id, .missingField, value: field, at: line.byteOffset, to: sink)
        }
        guard Self.labels.contains(label) else {
          return try outlet.reject(id, .unknownLabel, value: "label", at: line.byteOffset, to: sink)
        }
        let record = settings.record(
          id: id, groups: [GroupKey(.document, QuestionKey.group(text).value)],
          officialSplit: split,
          content: .labelledText(
            LabelledText(text: text, labels: [label], labelSet: Self.labels)))
        try outlet.pass(record, at: line.byteOffset, to: sink)
      }
    }
  }
}
