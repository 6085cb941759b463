import Formats
import Records

/// What a person asks to be explained, found in a dataset: the id of a record in the build.
struct RecordTarget {
  let dataset: PublishedDataset

  /// The record that a text names: its id, an example's id, or `FILE:LINE` of a row.
  ///
  /// - Throws: `PipelineError.recipe` with the nearest ids when there is none, or when several sources
  ///   have the id.
  func record(of text: String) throws -> String {
    if let place = FileLine(text) { return try record(at: place) }
    let found = try records(named: text).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    guard let record = found.first else { throw try unknown(text) }
    guard found.count == 1 else {
      throw PipelineError.recipe([
        Diagnostic(
          "several sources have a record '\(text)'",
          hint: "say which: \(found.prefix(5).joined(separator: ", "))")
      ])
    }
    return record
  }

  // MARK: By id

  private func records(named text: String) throws -> Set<String> {
    var found: Set<String> = []
    for needle in needles(of: text) {
      let search = LineSearch(string: needle)
      for split in Split.allCases {
        try search.forEachLine(in: dataset.column(of: split, in: "provenance").paths) { _, row in
          let record = PublishedID.record(of: row)
          let names = [row["id"]?.string, row["records"]?[0]?.string, record]
          if names.contains(text) { found.insert(record) }
        }
      }
      try search.forEachLine(in: dataset.paths(of: PublishedDataset.rejections)) { _, row in
        let record = PublishedID.rejected(row)
        if row["id"]?.isText(text) == true || record == text { found.insert(record) }
      }
      if found.contains(text) { return [text] }
    }
    return found.isEmpty ? try records(placedAt: text) : found
  }

  /// The text, and what follows the name of a source in it.
  private func needles(of text: String) -> [String] {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2, dataset.manifest.sourceNames.contains(parts[0]) else { return [text] }
    return [text, parts[1]]
  }

  /// Rejected readings that have no id are known by their place, `SOURCE:ENTRY@ORDINAL`.
  private func records(placedAt text: String) throws -> Set<String> {
    var found: Set<String> = []
    guard let mark = text.lastIndex(of: "@") else { return found }
    let search = LineSearch(member: "ordinal", number: String(text[text.index(after: mark)...]))
    try search.forEachLine(in: dataset.paths(of: PublishedDataset.rejections)) { _, row in
      if PublishedID.rejected(row) == text { found.insert(text) }
    }
    return found
  }

  // MARK: By line

  private func record(at place: FileLine) throws -> String {
    guard let name = name(of: place.file),
      let file = dataset.manifest.files.first(where: { $0.path == name })
    else {
      throw PipelineError.recipe([
        Diagnostic(
          at: Position(file: place.file), "the file is not one of the dataset's",
          hint: "give a file of \(dataset.root) with a line, such as provenance/train.jsonl:1")
      ])
    }
    guard let rows = file.rows, (1...max(1, rows)).contains(place.line), rows > 0 else {
      throw PipelineError.recipe([
        Diagnostic(
          at: Position(file: place.file), "there is no row \(place.line)",
          hint: "the file has \(Counted.text(file.rows ?? 0, "row"))")
      ])
    }
    let (paths, row, isProvenance) = try source(of: name, row: place.line - 1)
    var record: String?
    try PublishedDataset.forEachLine(at: [row], in: LineStream(paths)) { _, line in
      let node = try JSONDocument(parsing: line).root
      record =
        isProvenance
        ? PublishedID.record(of: node)
        : node["source"] == nil
          ? (node["dropped"] ?? node["id"])?.string : PublishedID.rejected(node)
    }
    guard let record else { throw PipelineError.torn("\(name) has no row \(place.line)") }
    return record
  }

  /// The files whose line names the record of a row: provenance for rows of dialects.
  private func source(of name: String, row: Int) throws -> ([String], row: Int, isProvenance: Bool)
  {
    for folder in dataset.dialects + ["provenance"] {
      for split in Split.allCases
      where dataset.files(of: split, in: folder).contains(where: { $0.path == name }) {
        return (
          dataset.column(of: split, in: "provenance").paths,
          try dataset.provenanceRow(ofRow: row, in: name, of: split, folder), true
        )
      }
    }
    return (["\(dataset.root)/\(name)"], row, false)
  }

  /// A path as the manifest has it.
  private func name(of path: String) -> String? {
    let listed = dataset.manifest.files.map(\.path)
    if listed.contains(path) { return path }
    return listed.first { path.hasSuffix("/\($0)") && path == "\(dataset.root)/\($0)" }
      ?? listed.filter { path.hasSuffix("/\($0)") }.max { $0.utf8.count < $1.utf8.count }
  }

  // MARK: Nothing found

  private func unknown(_ text: String) throws -> PipelineError {
    var nearest = NearestIDs(to: text)
    for split in Split.allCases {
      try nearest.look(in: dataset.column(of: split, in: "provenance").paths) {
        PublishedID.record(of: $0)
      }
    }
    try nearest.look(in: dataset.paths(of: PublishedDataset.rejections), PublishedID.rejected)
    let ids = nearest.ids
    return .recipe([
      Diagnostic(
        "the dataset has no record, example or rejection '\(text)'",
        hint: ids.isEmpty
          ? "ids are SOURCE:ID, of the sources \(dataset.manifest.sourceNames.joined(separator: ", "))"
          : "the nearest ids are \(ids.joined(separator: ", "))")
    ])
  }
}

/// `FILE:LINE`.
struct FileLine {
  var file: String
  var line: Int

  /// Nil for a text that names no line of a file of rows.
  init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"), let line = Int(text[text.index(after: colon)...]),
      line > 0
    else { return nil }
    file = String(text[..<colon])
    self.line = line
    let endings = [".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet"]
    guard endings.contains(where: file.hasSuffix) else { return nil }
  }
}

/// The ids that share the longest beginning and end with one that does not exist.
private struct NearestIDs {
  private let wanted: [UInt8]
  private var best: [(score: Int, id: String)] = []

  init(to text: String) { wanted = Array(text.utf8) }

  var ids: [String] { best.map(\.id) }

  mutating func look(in paths: [String], _ id: (JSONNode) -> String) throws {
    try LineSearch(member: "ordinal", number: "").forEachLine(in: paths) { _, row in
      let name = id(row)
      // People write ids with and without their source.
      let bare = name.split(separator: ":", maxSplits: 1).last.map { Array($0.utf8) } ?? []
      note(name, max(score(Array(name.utf8)), score(bare)))
    }
  }

  private func score(_ id: [UInt8]) -> Int {
    let start = zip(id, wanted).prefix { $0 == $1 }.count
    let end = zip(id.reversed(), wanted.reversed()).prefix { $0 == $1 }.count
    let shared = min(start + end, id.count, wanted.count)
    return 2 * shared >= max(id.count, wanted.count) ? 2 * shared - abs(id.count - wanted.count) : 0
  }

  private mutating func note(_ id: String, _ score: Int) {
    guard score > 0, score > (best.count == 3 ? best[2].score : 0),
      !best.contains(where: { $0.id == id })
    else { return }
    best.append((score, id))
    best.sort { $0.score == $1.score ? $0.id < $1.id : $0.score > $1.score }
    best = Array(best.prefix(3))
  }
}
