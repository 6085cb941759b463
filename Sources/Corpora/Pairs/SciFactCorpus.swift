import Formats
import Records

/// The abstracts that SciFact's claims are held to, by id, from its files `corpus…`.
struct SciFactAbstracts: Sendable {
  struct Abstract: Sendable {
    let title: String
    let text: String
  }

  private var abstracts: [String: Abstract] = [:]

  subscript(id: String) -> Abstract? { abstracts[id] }

  static func holds(path: String) -> Bool {
    EntryName(path).stem.hasPrefix("corpus") && SciFactClaim.isFile(path)
  }

  /// Takes the abstracts of an entry.
  ///
  /// - Throws: `Diagnostic` at a row that cannot be read: the claims on it would be wrong.
  mutating func take(_ entry: inout some EntryBytes) throws {
    let path = entry.path
    guard EntryName(path).kind == "csv" else { return try takeLines(&entry) }
    try TableRows(columns: ["doc_id", "title", "abstract"]).read(&entry) { row in
      let row = try row.get()
      guard let sentences = NumPyList.elements(of: row["abstract"] ?? "") else {
        throw Diagnostic(
          at: Position(entry: path, line: row.line),
          "the abstract is no list as NumPy prints it (['…' '…'])")
      }
      add(row["doc_id"] ?? "", row["title"] ?? "", sentences)
    }
  }

  private mutating func takeLines(_ entry: inout some EntryBytes) throws {
    let path = entry.path
    try JSONObjectLines.forEach(in: &entry) { line in
      guard case .success(let line) = line, let id = line.object["doc_id"]?.numberText,
        let abstract = line.object["abstract"]
      else {
        throw Diagnostic(at: Position(entry: path), "not SciFact: a line has no doc_id or abstract")
      }
      add(id, line.object["title"]?.string ?? "", abstract.elements.map { $0.string ?? "" })
    }
  }

  private mutating func add(_ id: String, _ title: String, _ sentences: [String]) {
    abstracts[TidyText.line(id)] = Abstract(
      title: TidyText.line(title),
      text: sentences.map { TidyText.line($0) }.filter { !$0.isEmpty }.joined(separator: " "))
  }
}

/// A claim and the abstract that it is to be held to, as one row of SciFact's claims.
struct SciFactClaim {
  let id: String
  let claim: String
  /// The abstract's id; empty when the row names none.
  let abstract: String
  /// `SUPPORT`, `CONTRADICT` or `NOT_ENOUGH_INFO`; empty when the row is unlabelled.
  let label: String
  let byteOffset: Int

  static let labels = ["SUPPORT", "CONTRADICT", "NOT_ENOUGH_INFO"]

  static func isFile(_ path: String) -> Bool {
    let name = EntryName(path)
    return ["csv", "jsonl"].contains(name.kind) && !name.isLitter
  }

  /// Calls `body` with each claim of a file `claims…`; a row that is none is rejected.
  static func forEach(
    in entry: inout some EntryBytes, _ outlet: inout ReadingOutlet, into sink: ReadingSink,
    _ body: (SciFactClaim, inout ReadingOutlet) throws -> Void
  ) throws {
    guard EntryName(entry.path).kind == "csv" else {
      return try JSONObjectLines.read(&entry, &outlet, into: sink) { line, outlet in
        for claim in claims(of: line) { try body(claim, &outlet) }
      }
    }
    let columns = ["id", "claim", "evidence_doc_id", "evidence_label", "cited_doc_ids"]
    try TableRows(columns: columns).read(&entry) { row in
      switch row {
      case .success(let row): try body(claim(of: row), &outlet)
      case .failure(let error):
        try outlet.reject(
          "", error.reason, value: error.value, at: error.position.byteOffset, to: sink)
      }
    }
  }

  /// A row without evidence is on the first abstract that the claim cites.
  private static func claim(of row: CSVRow) -> SciFactClaim {
    let evidence = TidyText.line(row["evidence_doc_id"] ?? "")
    let cited = NumPyList.elements(of: row["cited_doc_ids"] ?? "")?.first ?? ""
    let label = TidyText.line(row["evidence_label"] ?? "")
    return SciFactClaim(
      id: TidyText.line(row["id"] ?? ""), claim: TidyText.line(row["claim"] ?? ""),
      abstract: evidence.isEmpty ? cited : evidence,
      label: !label.isEmpty || (evidence + cited).isEmpty ? label : "NOT_ENOUGH_INFO",
      byteOffset: row.byteOffset)
  }

  /// One for each abstract with evidence, or one on the first cited abstract; one unlabelled for a claim of
  /// the test set.
  private static func claims(of line: JSONObjectLines.Line) -> [SciFactClaim] {
    let id = line.object["id"]?.numberText ?? ""
    let claim = TidyText.line(line.object["claim"]?.string ?? "")
    let evidence = line.object["evidence"].map { Array($0.members) } ?? []
    guard evidence.isEmpty else {
      return evidence.map { member in
        SciFactClaim(
          id: id, claim: claim, abstract: member.name,
          label: member.value[0]?["label"]?.string ?? "", byteOffset: line.byteOffset)
      }
    }
    let cited = line.object["cited_doc_ids"]?[0]?.numberText ?? ""
    return [
      SciFactClaim(
        id: id, claim: claim, abstract: cited, label: cited.isEmpty ? "" : "NOT_ENOUGH_INFO",
        byteOffset: line.byteOffset)
    ]
  }
}
