import Archives
import Formats
import Glibc
import Records
import Schemas

/// Checks every row of files against a schema.
package struct FileValidation {
  private let schema: Schema
  private let isWhole: Bool
  private let maximumProblems: Int

  /// What a validation found.
  package struct Result: Sendable {
    package var files = 0
    package var rows = 0
    package var invalidRows = 0
    package var problems = 0

    /// Whether there was something to check and all of it fits.
    package var isValid: Bool { problems == 0 && rows > 0 }

    /// One line for people.
    package var text: String {
      guard rows > 0 || problems > 0 else { return "no rows found in \(files) files" }
      let found = "\(rows) rows in \(files) files"
      return problems == 0
        ? "\(found): all valid" : "\(found): \(invalidRows) invalid, \(problems) problems"
    }

    /// The result as one JSON object.
    package func json(problems listed: [Diagnostic]) -> String {
      var json = JSONWriter()
      json.beginObject()
      for (key, value) in [
        ("schema_version", 1), ("files", files), ("rows", rows), ("invalid_rows", invalidRows),
        ("problem_count", problems),
      ] {
        json.key(key)
        json.number(value)
      }
      json.key("valid")
      json.bool(isValid)
      json.key("problems")
      json.beginArray()
      for problem in listed { Self.write(problem, to: &json) }
      json.endArray()
      json.endObject()
      return json.text
    }

    private static func write(_ problem: Diagnostic, to json: inout JSONWriter) {
      json.beginObject()
      for (key, value) in [("file", problem.position.file), ("entry", problem.position.entry)] {
        guard let value else { continue }
        json.key(key)
        json.string(value)
      }
      for (key, value) in [("line", problem.position.line), ("column", problem.position.column)] {
        guard let value else { continue }
        json.key(key)
        json.number(value)
      }
      json.key("message")
      json.string(problem.message)
      json.endObject()
    }
  }

  /// Makes a validation.
  ///
  /// - Parameters:
  ///   - name: A built-in schema, or the path of a schema file.
  ///   - isWhole: Whether each file is one document.
  ///   - maximumProblems: How many problems are told; all are counted.
  package init(schemaNamed name: String, isWhole: Bool, maximumProblems: Int) throws {
    schema = try Self.schema(named: name)
    self.isWhole = isWhole
    self.maximumProblems = maximumProblems
  }

  /// Checks files, folders, patterns and archives, telling problems as they are found.
  package func run(_ paths: [String], report: (Diagnostic) -> Void) throws -> Result {
    var result = Result()
    for file in try SourceFiles(paths, relativeTo: ".").files {
      let archive = try Archive.open(path: file.path, displayPath: file.displayPath)
      while let entry = try archive.nextEntry() {
        result.files += 1
        let place = Position(
          file: shownPath(of: file), entry: archive.isContainer ? entry.path : nil)
        do {
          try check(entry, at: place, &result, report)
        } catch let error as any DiagnosticError {
          var problem = error.diagnostic
          problem.position = problem.position.within(file: place.file, entry: place.entry)
          tell([problem], &result, report)
        }
      }
    }
    return result
  }

  /// The path as a person or a CI annotation finds it: from the current folder.
  private func shownPath(of file: InputFile) -> String {
    file.path.hasPrefix("./") ? String(file.path.dropFirst(2)) : file.path
  }

  private func check(
    _ entry: ArchiveEntry, at place: Position, _ result: inout Result,
    _ report: (Diagnostic) -> Void
  ) throws {
    guard !isWhole else {
      var entry = entry
      let document = try JSONDocument(parsing: entry.allBytes())
      check(document.root, at: place, &result, report)
      return
    }
    var lines = JSONLines()
    try entry.forEachChunk { chunk in
      try lines.feed(chunk) { check($0, at: place, &result, report) }
    }
    try lines.finish { check($0, at: place, &result, report) }
  }

  private func check(
    _ line: JSONLine, at place: Position, _ result: inout Result, _ report: (Diagnostic) -> Void
  ) {
    do throws(JSONError) {
      let document = try JSONDocument(parsing: line)
      check(document.root, at: place, &result, report)
    } catch {
      result.rows += 1
      result.invalidRows += 1
      var problem = error.diagnostic
      problem.position = problem.position.within(file: place.file, entry: place.entry)
      tell([problem], &result, report)
    }
  }

  private func check(
    _ row: JSONNode, at place: Position, _ result: inout Result, _ report: (Diagnostic) -> Void
  ) {
    result.rows += 1
    guard !schema.isValid(row) else { return }
    result.invalidRows += 1
    let problems = schema.problems(in: row, limit: 100).map { problem in
      var diagnostic = problem.diagnostic
      diagnostic.position = diagnostic.position.within(file: place.file, entry: place.entry)
      return diagnostic
    }
    tell(problems, &result, report)
  }

  private func tell(
    _ problems: [Diagnostic], _ result: inout Result, _ report: (Diagnostic) -> Void
  ) {
    for problem in problems {
      result.problems += 1
      if result.problems <= maximumProblems { report(problem) }
    }
  }

  private static func schema(named name: String) throws -> Schema {
    if EmbeddedFiles.schema(named: name) != nil { return try Schema(embedded: name) }
    guard access(name, R_OK) == 0 else {
      let names = EmbeddedFiles.schemas.map { $0.name.replacingSchemaSuffix }
      throw Diagnostic(
        "there is no schema '\(name)', neither built in nor as a file",
        hint: NearestName.hint(for: name, among: names)
          ?? "built in are \(names.joined(separator: ", "))")
    }
    let bytes = try FileRange.bytes(of: name, offset: 0, count: FileSize.of(name))
    return try Schema(compiling: bytes, name: name)
  }
}

extension String {
  /// `messages` of `messages.schema.json`.
  fileprivate var replacingSchemaSuffix: String {
    hasSuffix(".schema.json") ? String(dropLast(".schema.json".count)) : self
  }
}
