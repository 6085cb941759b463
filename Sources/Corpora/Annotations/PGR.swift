import Formats
import Records

/// Sentences with a gene and a phenotype, and whether these are related.
///
///     FILE_ID	SENTENCE	GENE	PHENOTYPE	GENE_ID	PHENOTYPE_ID	GENE_START_POSITION	GENE_END_POSITION
///     29700912	In addition, … (p &lt; 0.001).	NM23	tumor	4830	HP_0002664	51	55	…	TRUE
///
/// The columns that follow are `PHENOTYPE_START_POSITION`, `PHENOTYPE_END_POSITION`, `RELATION` and in the test
/// set `CONFIRMATION`: what curators said of the relation. A row that they call incorrect (`I`) is
/// rejected as `contradictory-label`, one that they are uncertain of (`U`) as `unknown-label`. The
/// sentences hold the five named entities of XML, which offsets count as written; they become the
/// characters that they stand for, and the spans move. A sentence stands once for each pair of
/// candidates. `test` and `train` files are the official splits, the group is the abstract. Options:
/// those of `AnnotationCheck`.
///
/// Format: github.com/lasigeBioTM/PGR, 2019.
struct PGR: CorpusReader {
  static let facts = CorpusFacts(
    name: "pgr", title: "PGR: relations of genes and human phenotypes", shape: .annotatedText,
    license: .apache2, language: "en", forms: ".zip of .tsv",
    tasks: ["relation-classification", "relation-extraction", "entity-extraction"],
    reference: "https://github.com/lasigeBioTM/PGR", options: AnnotationCheck.options,
    signatures: [.table(columns: ["SENTENCE", "GENE", "PHENOTYPE", "RELATION"])])

  private static let columns = [
    "FILE_ID", "SENTENCE", "GENE", "PHENOTYPE", "GENE_ID", "PHENOTYPE_ID", "GENE_START_POSITION",
    "GENE_END_POSITION", "PHENOTYPE_START_POSITION", "PHENOTYPE_END_POSITION", "RELATION",
  ]

  private let settings: ReaderSettings
  private let check: AnnotationCheck

  init(options: ReaderOptions) throws {
    settings = try .unmapped(Self.facts, options)
    check = try AnnotationCheck(
      settings, entityTypes: ["gene", "phenotype"], relationTypes: ["gene-phenotype"])
  }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return name.kind == "tsv" && !name.isLitter
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let split = Split(of: entry)
    let name = EntryName(entry.path)
    let file = (name.folders.suffix(1) + [name.stem]).joined(separator: "/")
    var outlet = AnnotationOutlet(settings, check)
    let table = TableRows(
      columns: Self.columns, format: CSVFormat(delimiter: .tab, hasQuotes: false))
    try EnoughReadings.ends {
      try table.read(&entry) { row in
        switch row {
        case .success(let row):
          try read(row, id: "\(file)#\(row.number)", split, &outlet, into: sink)
        case .failure(let error):
          try outlet.reject(
            "", error.reason, value: error.value, at: error.position.byteOffset, to: sink)
        }
      }
    }
  }

  private func read(
    _ row: CSVRow, id: String, _ split: Split?, _ outlet: inout AnnotationOutlet,
    into sink: ReadingSink
  ) throws {
    let place = row.byteOffset
    guard let isRelated = Self.truth[TidyText.line(row["RELATION"] ?? "").lowercased()] else {
      return try outlet.reject(id, .unknownLabel, value: "RELATION", at: place, to: sink)
    }
    let confirmation = row.confirmation
    guard confirmation != "I", confirmation != "U" else {
      return try outlet.reject(
        id, confirmation == "I" ? .contradictoryLabel : .unknownLabel,
        value: "CONFIRMATION \(confirmation)", at: place, to: sink)
    }
    guard let gene = entity(in: row, "GENE", id: "1"),
      let phenotype = entity(in: row, "PHENOTYPE", id: "2")
    else { return try outlet.reject(id, .malformed, value: "offsets", at: place, to: sink) }
    let written = AnnotatedText(
      text: row["SENTENCE"] ?? "", entities: [gene, phenotype],
      relations: isRelated ? [Relation(type: "gene-phenotype", first: "1", second: "2")] : [])
    let abstract = TidyText.line(row["FILE_ID"] ?? "")
    try outlet.pass(
      written, id: id, groups: [GroupKey(.pmid, abstract)], split: split,
      tags: [Tag("pmid", abstract)]
        + (confirmation.isEmpty ? [] : [Tag("confirmed", confirmation)]),
      at: place, to: sink, then: MarkupEntities.decoded)
  }

  private static let truth = ["true": true, "false": false]

  private func entity(in row: CSVRow, _ column: String, id: String) -> Entity? {
    guard let start = Int(row["\(column)_START_POSITION"] ?? ""),
      let end = Int(row["\(column)_END_POSITION"] ?? "")
    else { return nil }
    let concept = TidyText.line(row["\(column)_ID"] ?? "")
    return Entity(
      id: id, type: column.lowercased(), spans: [TextSpan(start, end)], text: row[column] ?? "",
      concepts: concept.isEmpty ? [] : [concept])
  }
}

extension CSVRow {
  /// What curators said, in the column whose header explains itself at length.
  fileprivate var confirmation: String { count > 11 ? TidyText.line(self[11]) : "" }
}

/// The named entities of XML in a text that is not XML.
enum MarkupEntities {
  /// The text with its entities as the characters that they stand for, and the spans moved.
  static func decoded(_ document: AnnotatedText) -> AnnotatedText {
    guard document.text.utf8.contains(UInt8(ascii: "&")) else { return document }
    var text = String.UnicodeScalarView()
    var count = 0
    // Where each code point of the written text is in the decoded one.
    var places: [Int] = []
    var rest = document.text.unicodeScalars[...]
    while let scalar = rest.first {
      let entity = Self.entities.first { rest.starts(with: $0.name.unicodeScalars) }
      let length = entity?.name.unicodeScalars.count ?? 1
      places += repeatElement(count, count: length)
      count += 1
      text.append(entity?.character ?? scalar)
      rest = rest.dropFirst(length)
    }
    places.append(count)
    var decoded = document
    decoded.text = String(text)
    let codePoints = CodePointText(decoded.text)
    for index in decoded.entities.indices {
      let spans = decoded.entities[index].spans.map {
        TextSpan(places[$0.start], max(places[$0.end], places[$0.end - 1] + 1))
      }
      decoded.entities[index].spans = spans
      decoded.entities[index].text = spans.compactMap { codePoints[$0] }.joined(separator: " ")
    }
    return decoded
  }

  private static let entities: [(name: String, character: Unicode.Scalar)] = [
    ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"),
  ]
}
