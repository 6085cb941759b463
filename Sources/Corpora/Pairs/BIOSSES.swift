import Formats
import Records

/// Pairs of biomedical sentences that five annotators scored for similarity, from 0 to 4.
///
///     sentence_id	sentence_1	sentence_2	annotator_a	annotator_b	annotator_c	annotator_d	annotator_e
///     1	It has recently been shown …	It has recently become evident … 	4	4	4	4	4
///
/// The score is the mean of the annotators' columns with one decimal. Nothing is quoted; blanks
/// at the ends of sentences and double ones inside go.
///
/// Format: BIOSSES, Soğancıoğlu et al. 2017, as tab-separated values.
struct BIOSSES: CorpusReader {
  static let facts = CorpusFacts(
    name: "biosses", title: "BIOSSES: similarity of biomedical sentences", shape: .textPair,
    license: .gpl3, language: "en", forms: ".tsv", tasks: ["semantic-similarity", "text-pair"],
    reference: "https://tabilab.cmpe.boun.edu.tr/BIOSSES/",
    signatures: [.table(columns: ["sentence_1", "sentence_2", "annotator_a"])])

  private static let annotators = ["a", "b", "c", "d", "e"].map { "annotator_\($0)" }

  private let settings: ReaderSettings

  init(options: ReaderOptions) throws { settings = try .unmapped(Self.facts, options) }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return name.kind == "tsv" && !name.isLitter
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    var outlet = ReadingOutlet()
    let table = TableRows(
      columns: ["sentence_id", "sentence_1", "sentence_2"] + Self.annotators,
      format: CSVFormat(delimiter: .tab, hasQuotes: false))
    try EnoughReadings.ends {
      try table.read(&entry) { row in
        switch row {
        case .success(let row): try read(row, &outlet, into: sink)
        case .failure(let error):
          try outlet.reject(
            "", error.reason, value: error.value, at: error.position.byteOffset, to: sink)
        }
      }
    }
  }

  private func read(
    _ row: CSVRow, _ outlet: inout ReadingOutlet, into sink: ReadingSink
  ) throws {
    let id = TidyText.line(row["sentence_id"] ?? "")
    let first = TidyText.line(row["sentence_1"] ?? "")
    let second = TidyText.line(row["sentence_2"] ?? "")
    for (column, value) in [("sentence_id", id), ("sentence_1", first), ("sentence_2", second)]
    where value.isEmpty {
      return try outlet.reject(id, .missingField, value: column, at: row.byteOffset, to: sink)
    }
    guard let score = Self.score(of: row) else {
      return try outlet.reject(id, .unknownLabel, value: "score", at: row.byteOffset, to: sink)
    }
    let record = settings.record(
      id: id, groups: [GroupKey(.document, "biosses/\(id)")],
      content: .textPair(TextPair(first: first, second: second, label: score)))
    try outlet.pass(record, at: row.byteOffset, to: sink)
  }

  /// The mean of the annotators' scores in tenths; nil when one is no number from 0 to 4.
  private static func score(of row: CSVRow) -> String? {
    let scores = annotators.compactMap { Int(TidyText.line(row[$0] ?? "")) }
      .filter { (0...4).contains($0) }
    guard scores.count == annotators.count else { return nil }
    let tenths = scores.reduce(0, +) * 10 / scores.count
    return "\(tenths / 10).\(tenths % 10)"
  }
}
