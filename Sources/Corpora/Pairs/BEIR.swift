import Formats
import Records

/// Queries and passages with judged relevance, in BEIR's layout.
///
///     corpus.jsonl     {"_id": "4983", "title": "…", "text": "…"}
///     queries.jsonl    {"_id": "2", "text": "…"}
///     qrels/test.tsv   query-id	corpus-id	score
///                      2	13734012	1
///
/// A record for each judgement; its split is the one that names the file, and its group the query, so that no
/// judged test query is trained on. Queries and passages are held in memory. A judgement on what
/// is not there is rejected as `missing-counterpart`. Several sets may lie in folders beside one
/// another.
///
/// Format: github.com/beir-cellar/beir, 2021; PMC-Patients and NFCorpus come in it as well.
struct BEIR: IndexingReader {
  static let facts = CorpusFacts(
    name: "beir", title: "Queries, passages and relevance in BEIR's layout", shape: .retrieval,
    license: nil, language: nil, forms: ".zip of .jsonl and .tsv",
    tasks: ["passage-relevance", "passage-retrieval"],
    reference: "https://github.com/beir-cellar/beir",
    signatures: [
      .table(columns: ["query-id", "corpus-id", "score"]), .json(keys: ["_id", "text"]),
    ])

  private struct Passage {
    let title: String
    let text: String
  }

  private let settings: ReaderSettings
  /// By the set's folder and the id.
  private var queries: [String: String] = [:]
  private var passages: [String: Passage] = [:]

  init(options: ReaderOptions) throws { settings = try .unmapped(Self.facts, options) }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return name.kind == "tsv" && !name.isLitter
  }

  func indexes(path: String) -> Bool {
    let name = EntryName(path)
    return name.kind == "jsonl" && ["corpus", "queries"].contains(name.stem)
  }

  mutating func index(_ entry: inout some EntryBytes) throws {
    let path = entry.path
    let isCorpus = EntryName(path).stem == "corpus"
    let set = entry.placeFolders
    try JSONObjectLines.forEach(in: &entry) { line in
      guard case .success(let line) = line, let id = line.object["_id"]?.string else {
        throw Diagnostic(at: Position(entry: path), "a line has no '_id', or is no object")
      }
      let text = TidyText.paragraphs(line.object["text"]?.string ?? "")
      let key = Self.key(set, id)
      if isCorpus {
        passages[key] = Passage(
          title: TidyText.line(line.object["title"]?.string ?? ""), text: text)
      } else {
        queries[key] = text
      }
    }
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let split = Split(of: entry)
    // The judgements lie in a folder of their own beside the texts, or with them.
    let folders = entry.placeFolders
    let set = folders.last == "qrels" ? Array(folders.dropLast()) : folders
    let file = EntryName(entry.path).stem
    let table = TableRows(
      columns: ["query-id", "corpus-id", "score"],
      format: CSVFormat(delimiter: .tab, hasQuotes: false))
    var outlet = ReadingOutlet()
    try EnoughReadings.ends {
      try table.read(&entry) { row in
        switch row {
        case .success(let row): try read(row, in: set, of: file, split, &outlet, into: sink)
        case .failure(let error):
          try outlet.reject(
            "", error.reason, value: error.value, at: error.position.byteOffset, to: sink)
        }
      }
    }
  }

  private func read(
    _ row: CSVRow, in set: [String], of file: String, _ split: Split?,
    _ outlet: inout ReadingOutlet, into sink: ReadingSink
  ) throws {
    let ids = ["query-id", "corpus-id"].map { TidyText.line(row[$0] ?? "") }
    let name = (set.suffix(1) + [file]).joined(separator: "/")
    let id = "\(name)-\(ids[0])-\(ids[1])"
    guard let relevance = Int(TidyText.line(row["score"] ?? "")) else {
      return try outlet.reject(id, .unknownLabel, value: "score", at: row.byteOffset, to: sink)
    }
    guard let query = queries[Self.key(set, ids[0])] else {
      return try outlet.reject(
        id, .missingCounterpart, value: "no query \(ids[0])", at: row.byteOffset, to: sink)
    }
    guard let passage = passages[Self.key(set, ids[1])] else {
      return try outlet.reject(
        id, .missingCounterpart, value: "no passage \(ids[1])", at: row.byteOffset, to: sink)
    }
    let item = Retrieval(
      query: query, title: passage.title, passage: passage.text, relevance: max(0, relevance))
    let record = settings.record(
      id: id, groups: [QuestionKey.group(query)], officialSplit: split, content: .retrieval(item))
    try outlet.pass(record, at: row.byteOffset, to: sink)
  }

  private static func key(_ set: [String], _ id: String) -> String {
    (set + [id]).joined(separator: "/")
  }
}
