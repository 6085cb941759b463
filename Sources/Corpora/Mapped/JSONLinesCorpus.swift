import Formats
import Records

/// Any JSON Lines file, its members mapped to a shape by the recipe.
///
///     corpus: jsonl
///     shape: multiple-choice
///     fields: {question: question, options: options, answer: answer_idx, subject: meta_info}
///
/// Places are paths (`JSONRow`). A line that is not valid JSON, or no object, is rejected as
/// `malformed` with its line number. Options: those of `MappedRecords`.
struct JSONLinesCorpus: IdentifyingReader {
  static let facts = CorpusFacts(
    name: "jsonl", title: "Any JSON Lines file, by 'fields'", shape: .questionAnswer, license: nil,
    language: nil, forms: ".jsonl, .ndjson, .json, .txt", tasks: ["question-answering"],
    reference: "https://jsonlines.org", options: MappedRecords.options)

  private let records: MappedRecords

  var unmetIdentifiers: [String] { records.mapping.unmetIdentifiers }

  init(options: ReaderOptions) throws {
    records = try MappedRecords(Self.facts, options)
  }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return ["jsonl", "ndjson", "json", "txt"].contains(name.kind) && !name.isLitter
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    var outlet = ReadingOutlet()
    let path = entry.path
    try EnoughReadings.ends {
      try JSONObjectLines.read(&entry, &outlet, into: sink) { line, outlet in
        try records.read(
          JSONRow(node: line.object), unnamed: "\(path)#\(outlet.ordinal)", at: line.byteOffset,
          &outlet, into: sink)
      }
    }
  }
}
