import Archives
import Formats
import Records
import Stages

/// A file of sampled answers: where the samples of each question stand in it.
///
/// JSON Lines, one question or one sample a line. The id is the record's own, or the one that the
/// build gives it (`medqa:17`):
///
/// ```
/// {"id": "17", "samples": ["… The answer is: B", "… The answer is: C"]}
/// {"id": "17", "text": "… The answer is: B"}
/// ```
///
/// `output` and `completion` are read as `text`. Only places are kept in memory; the samples of a
/// question are read when it is rendered.
struct SampledAnswers: Sendable {
  /// The path as the recipe writes it.
  let name: String
  let path: String
  let sha256: String
  let byteCount: Int
  private let places: [Digest128: [Place]]

  private struct Place {
    var offset: Int
    var count: Int
  }

  private static let textKeys = ["text", "output", "completion"]

  /// Indexes a file; `name` is what messages and the lock call it.
  ///
  /// - Throws: a `DiagnosticError` at the line that is none of the forms above.
  init(path: String, name: String) throws {
    self.name = name
    self.path = path
    byteCount = FileSize.of(path)
    var places: [Digest128: [Place]] = [:]
    var lines = JSONLines()
    let hash = SHA256()
    var offset = 0
    let take: (JSONLine) throws -> Void = { line in
      let row = try JSONDocument(parsing: line).root
      let id = try Self.id(of: row, line: line.number)
      guard Self.samples(of: row) != nil else { throw Self.problem(line: line.number) }
      places[Digest128(of: id), default: []].append(
        Place(offset: line.byteOffset, count: line.bytes.count))
    }
    do {
      while offset < byteCount {
        let bytes = try FileRange.bytes(
          of: path, offset: offset, count: min(1 << 20, byteCount - offset))
        hash.update(bytes)
        try bytes.withUnsafeBytes { try lines.feed($0, take) }
        offset += bytes.count
      }
      try lines.finish(take)
    } catch let error as any DiagnosticError where !(error is PipelineError) {
      var problem = error.diagnostic
      problem.position = problem.position.within(file: name)
      throw problem
    }
    sha256 = hash.finalize()
    self.places = places
  }

  /// The samples of a record, in the order of the file.
  func samples(of record: Record, buildID: String) throws -> [String] {
    let found = places[Digest128(of: buildID)] ?? places[Digest128(of: record.id)] ?? []
    return try found.flatMap { place in
      let line = try FileRange.bytes(of: path, offset: place.offset, count: place.count)
      return Self.samples(of: try JSONDocument(parsing: line).root) ?? []
    }
  }

  private static func id(of row: JSONNode, line: Int) throws -> String {
    guard let id = row["id"]?.scalarText, !id.isEmpty else {
      throw Diagnostic(
        at: Position(line: line), "the row has no 'id'",
        hint: "give the id of the record that the samples answer")
    }
    return id
  }

  private static func samples(of row: JSONNode) -> [String]? {
    if let list = row["samples"] {
      let texts = list.elements.map(\.string)
      return list.kind == .array && !texts.contains(nil) ? texts.compactMap { $0 } : nil
    }
    return textKeys.lazy.compactMap { row[$0]?.string }.first.map { [$0] }
  }

  private static func problem(line: Int) -> Diagnostic {
    Diagnostic(
      at: Position(line: line), "the row has no samples",
      hint: "give 'samples', a list of texts, or one sample as 'text', 'output' or 'completion'")
  }
}
