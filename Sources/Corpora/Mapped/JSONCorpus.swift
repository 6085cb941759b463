import Formats
import Records

/// Any JSON file that holds a list of objects, their members mapped to a shape by the recipe.
///
///     corpus: json
///     shape: question-answer
///     fields: {id: "@key", question: QUESTION, context: CONTEXTS, answer: final_decision}
///
/// The records are the elements of the array at the root, or the members of the object there, whose
/// key is the place `@key` and the default id; both are read one at a time. Option `records` is the
/// path of a list further inside (`data.items`; `data.*.paragraphs.*.qas` for SQuAD, with
/// `context: ^.context` from the object around), or `.` when the root itself is the one record; such
/// files are read in one piece. The other options are those of `MappedRecords`.
struct JSONCorpus: IdentifyingReader {
  static let facts = CorpusFacts(
    name: "json", title: "Any JSON list or object of records, by 'fields'", shape: .questionAnswer,
    license: nil, language: nil, forms: ".json", tasks: ["question-answering"],
    reference: "RFC 8259",
    options: [
      ReaderOption(
        "records", "the root's items", "the path of the list inside the root, or `.` for the root")
    ] + MappedRecords.options)

  private let records: MappedRecords
  /// The path of the records inside the root; nil when they are the root's items.
  private let recordsPath: JSONPath?

  var unmetIdentifiers: [String] { records.mapping.unmetIdentifiers }

  init(options: ReaderOptions) throws {
    records = try MappedRecords(Self.facts, options)
    recordsPath = records.settings.text("records").map { JSONPath($0) }
  }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return name.kind == "json" && !name.isLitter
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    var outlet = ReadingOutlet()
    try EnoughReadings.ends {
      guard let recordsPath else { return try readItems(of: &entry, &outlet, into: sink) }
      let path = entry.path
      let document = try JSONDocument(parsing: try entry.allBytes())
      if let missing = recordsPath.missingKey(in: document.root) {
        throw Diagnostic(
          at: Position(entry: path),
          "option 'records' leads nowhere: there is no '\(missing.key)'",
          hint: NearestName.hint(for: missing.key, among: missing.others))
      }
      for row in recordsPath.rows(in: document.root) {
        try read(row, at: row.node.byteOffset, of: path, &outlet, into: sink)
      }
    }
  }

  private func readItems(
    of entry: inout some EntryBytes, _ outlet: inout ReadingOutlet, into sink: ReadingSink
  ) throws {
    var items = JSONItems()
    let path = entry.path
    try entry.forEachChunk { chunk in
      try items.feed(chunk) { item in
        if item.key != nil, item.value.kind != .object {
          throw Diagnostic(
            at: Position(entry: path, byteOffset: item.byteOffset),
            "the members of the root object are no records",
            hint: "set option 'records' to the path of the list, or to '.' for the root itself; "
              + "a file of one object a line is corpus jsonl")
        }
        let row = JSONRow(node: item.value, key: item.key)
        try read(row, at: item.byteOffset, of: path, &outlet, into: sink)
      }
    }
    try items.finish()
  }

  private func read(
    _ row: JSONRow, at offset: Int, of path: String, _ outlet: inout ReadingOutlet,
    into sink: ReadingSink
  ) throws {
    let unnamed = row.key ?? "\(path)#\(outlet.ordinal)"
    guard row.node.kind == .object || row.node.kind == .array else {
      return try outlet.reject(unnamed, .malformed, value: "byte \(offset)", at: offset, to: sink)
    }
    try records.read(row, unnamed: unnamed, at: offset, &outlet, into: sink)
  }
}
