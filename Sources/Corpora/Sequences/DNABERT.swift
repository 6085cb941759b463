import Formats
import Records

/// Labelled pieces of DNA, as DNABERT and DNABERT-2 are fine-tuned on them.
///
///     sequence	label
///     GTGGGG TGGGGA GGGGAG GGGAGG	1
///
/// DNABERT's files (`.tsv`) hold k-mers, each a letter on, and are kept word for word; those of
/// DNABERT-2 and GUE (`.csv`) hold plain residues. `train`, `dev` and `test` at the end of a file's
/// name are the official splits. Words that do not overlap as k-mers do are rejected as `malformed`
/// with the row's line, as are letters that are no nucleotides.
///
/// Format: github.com/jerryji1993/DNABERT, examples/sample_data, 2021; github.com/MAGICS-LAB/DNABERT_2.
struct DNABERT: CorpusReader {
  static let facts = CorpusFacts(
    name: "dnabert", title: "Labelled DNA sequences in DNABERT's form", shape: .sequence,
    license: .apache2, language: nil, forms: ".tsv, .csv",
    tasks: ["sequence-classification", "pre-training-text"],
    reference: "https://github.com/jerryji1993/DNABERT",
    options: [
      ReaderOption("labels", "the numbers", "names of the classes from 0 on, such as `no,yes`")
    ], signatures: [.table(columns: ["sequence", "label"])])

  private let settings: ReaderSettings
  private let labels: [String]

  init(options: ReaderOptions) throws {
    settings = try .unmapped(Self.facts, options)
    labels = settings.text("labels")?.split(separator: ",").map { TidyText.line(String($0)) } ?? []
  }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return ["tsv", "csv"].contains(name.kind) && !name.isLitter
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let name = EntryName(entry.path)
    let isTab = name.kind == "tsv"
    let format = CSVFormat(delimiter: isTab ? .tab : .comma, hasQuotes: !isTab)
    var outlet = ReadingOutlet()
    try EnoughReadings.ends {
      try TableRows(columns: ["sequence", "label"], format: format).read(&entry) { row in
        switch row {
        case .success(let row): try read(row, in: name, &outlet, into: sink)
        case .failure(let error):
          try outlet.reject(
            "", error.reason, value: error.value, at: error.position.byteOffset, to: sink)
        }
      }
    }
  }

  private func read(
    _ row: CSVRow, in name: EntryName, _ outlet: inout ReadingOutlet, into sink: ReadingSink
  ) throws {
    let id = "\(name.stem)-\(row.number)"
    let line = "line \(row.line)"
    let text = TidyText.line(row["sequence"] ?? "")
    guard !text.isEmpty else {
      return try outlet.reject(id, .emptyText, value: line, at: row.byteOffset, to: sink)
    }
    let words = text.split(separator: " ").map(\.utf8)
    guard let residues = KMers.residues(of: words), isDNA(residues) else {
      return try outlet.reject(id, .malformed, value: line, at: row.byteOffset, to: sink)
    }
    guard let label = label(TidyText.line(row["label"] ?? "")) else {
      return try outlet.reject(id, .unknownLabel, value: line, at: row.byteOffset, to: sink)
    }
    let sequence = BiologicalSequence(
      residues: String(decoding: residues, as: UTF8.self), tokens: words.count > 1 ? text : "",
      name: name.stem, label: label)
    try outlet.pass(
      settings.record(
        id: id, officialSplit: split(of: name), tags: tags(residues, label),
        content: .sequence(sequence)),
      at: row.byteOffset, to: sink)
  }

  private func isDNA(_ residues: [UInt8]) -> Bool {
    let table = ResidueTable(.dna)
    return residues.allSatisfy { table[$0] != .invalid }
  }

  private func label(_ text: String) -> String? {
    guard !labels.isEmpty else { return text.isEmpty ? nil : text }
    return Int(text).flatMap { labels.indices.contains($0) ? labels[$0] : nil }
  }

  private func split(of name: EntryName) -> Split? {
    let last = name.stem.split { $0 == "_" || $0 == "-" || $0 == "." }.last
    return last.flatMap { Split(corpusName: String($0)) }
  }

  private func tags(_ residues: [UInt8], _ label: String) -> [Tag] {
    let share = ResidueShare.guanineCytosine(of: residues)
    return (share.map { [Tag("gc", $0)] } ?? []) + [Tag("label", label)]
  }
}
