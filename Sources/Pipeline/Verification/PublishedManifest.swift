import Formats
import Records
import Schemas

/// The manifest of a published dataset, as `verify` needs it.
struct PublishedManifest {
  static let fileName = "manifest.json"

  private(set) var files: [WrittenFile] = []
  /// What is wrong with the manifest itself.
  private(set) var problems: [Diagnostic] = []
  private let document: JSONDocument

  /// - Throws: a `Diagnostic` when there is none to read.
  init(in root: String) throws {
    let path = "\(root)/\(Self.fileName)"
    guard FileSize.isFile(path) else {
      throw Diagnostic(
        at: Position(file: path), "there is no manifest",
        hint: "give the folder that 'materia build' published")
    }
    let bytes = try FileRange.bytes(of: path, offset: 0, count: FileSize.of(path))
    document = try JSONDocument(parsing: bytes)
    problems = try Schema(embedded: "manifest").problems(in: document.root, limit: 10).map {
      var problem = $0.diagnostic
      problem.position = problem.position.within(file: path, entry: nil)
      return problem
    }
    guard problems.isEmpty else { return }
    files = (document.root["files"].map { Array($0.elements) } ?? []).map { file in
      WrittenFile(
        path: file["path"]?.string ?? "", sha256: file["sha256"]?.string ?? "",
        byteCount: file["bytes"]?.int ?? 0, rows: file["rows"]?.int)
    }
    problems = files.filter { !Self.isSafe($0.path) }.map { _ in
      Diagnostic(
        at: Position(file: path), "a listed path leads out of the dataset",
        hint: "do not use this dataset: Materia writes no such manifest")
    }
  }

  var tool: String { document.root["tool"]?.string ?? "" }
  var recipeSHA256: String { document.root["recipe_sha256"]?.string ?? "" }

  var sourceNames: [String] { sources.compactMap { $0["name"]?.string } }

  /// How identifiers were treated, and which were looked for; nil where they were not.
  var deidentification: (mode: String, classes: [String])? {
    guard let stage = document.root["deidentification"], let mode = stage["mode"]?.string else {
      return nil
    }
    return (mode, stage["classes"]?.elements.compactMap(\.string) ?? [])
  }

  /// What was counted, value by value: sources, splits and what the stages did.
  var counts: FlatValues {
    let others = ["version", "tool", "name", "recipe_sha256", "use", "seed", "files", "proof"]
    let members = JSON(document.root).members ?? []
    let counted = members.filter { !others.contains($0.key) }.map { member in
      member.key == "sources" ? JSON.Member(member.key, member.value.withoutInputs) : member
    }
    return FlatValues(.object(counted))
  }

  private static func isSafe(_ path: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    return !parts.contains { $0.isEmpty || $0 == "." || $0 == ".." }
      && !path.utf8.contains { $0 < 0x20 || $0 == 0x7f }
  }

  /// The records like items of benchmarks; nil where no benchmarks were named.
  var benchmarkHits: (hits: Int, removed: Int)? {
    guard let benchmarks = document.root["benchmarks"] else { return nil }
    return (
      benchmarks.elements.map { $0["hits"]?.int ?? 0 }.saturatingSum,
      benchmarks.elements.map { $0["removed"]?.int ?? 0 }.saturatingSum
    )
  }

  // MARK: Sums

  /// The sums that do not add up, in words for people.
  var countProblems: [String] { sourceProblems + rejectionProblems + splitProblems }

  private var sources: [JSONNode] { document.root["sources"].map { Array($0.elements) } ?? [] }

  private func rejected(of source: JSONNode) -> Int {
    (source["rejected"].map { Array($0.members) } ?? []).map { $0.value.int ?? 0 }.saturatingSum
  }

  private var sourceProblems: [String] {
    sources.compactMap { source in
      let read = source["read"]?.int ?? 0
      let written = source["written"]?.int ?? 0
      let rejected = rejected(of: source)
      guard read != [written, rejected].saturatingSum else { return nil }
      return "source '\(source["name"]?.string ?? "")' read \(read) records, but wrote \(written) "
        + "and rejected \(rejected)"
    }
  }

  private var rejectionProblems: [String] {
    let counted = sources.map(rejected).saturatingSum
    let rows = files.first { $0.path == "rejected.jsonl" }?.rows ?? 0
    return counted == rows
      ? [] : ["the manifest counts \(counted) rejections, and rejected.jsonl has \(rows) rows"]
  }

  /// Every folder of rows must have as many of a split as the manifest says.
  private var splitProblems: [String] {
    Split.allCases.flatMap { split -> [String] in
      let wanted = document.root["splits"]?[split.rawValue]?["examples"]?.int ?? 0
      return rowFolders.compactMap { folder -> String? in
        let rows = files.filter { RowBatches.isFile($0.path, of: split, in: folder) }.rowCount
        guard rows != wanted else { return nil }
        return "\(folder) has \(rows) rows of \(split.rawValue), and the manifest counts \(wanted)"
      }
    }
  }

  /// Provenance and dialects.
  private var rowFolders: [String] {
    let folders = files.filter { $0.rows != nil }.compactMap { file -> String? in
      let parts = file.path.split(separator: "/")
      return parts.count == 2 ? String(parts[0]) : nil
    }
    return Set(folders).sorted()
  }
}

extension JSON {
  /// The sources of a manifest without their files, which the lock has too.
  fileprivate var withoutInputs: JSON {
    .array(
      (array ?? []).map { source in .object((source.members ?? []).filter { $0.key != "inputs" }) })
  }
}
