import Archives
import Emitters
import Formats
import Records
import Schemas

/// A published file held against what the manifest says of it.
struct FileCheck: Sendable {
  private(set) var problems: [Diagnostic] = []
  private(set) var rows = 0
  /// What its rows show; nil for a file that is not as it was written.
  private(set) var reading: FileReading?

  init(of file: WrittenFile, in root: String) {
    let path = "\(root)/\(file.path)"
    do {
      if let change = try Self.change(of: file, at: path) {
        tell(path, change)
      } else {
        reading = try FileReading(of: file, in: root, hasExemplars: true)
        rows = reading?.rows ?? 0
        try checkRows(of: file, path)
      }
    } catch PipelineError.unproven(let what) {
      tell(path, what)
    } catch let error as any DiagnosticError {
      problems.append(error.diagnostic)
    } catch {
      tell(path, "the file cannot be read")
    }
  }

  /// How a file differs from the one that was written; nil when it does not.
  private static func change(of file: WrittenFile, at path: String) throws -> String? {
    let size = FileSize.of(path)
    guard size == file.byteCount else {
      return "the file is \(abs(size - file.byteCount)) bytes "
        + (size < file.byteCount ? "shorter" : "longer") + " than it was written"
    }
    return try FileDigest.sha256(path: path).hex == file.sha256
      ? nil : "the file has changed since it was written"
  }

  private mutating func tell(_ path: String, _ message: String) {
    problems.append(
      Diagnostic(
        at: Position(file: path), message,
        hint: "take the file again from where the dataset was published, or build it again"))
  }

  /// Checks the rows of a dialect: their number, and each against the dialect's schema.
  private mutating func checkRows(of file: WrittenFile, _ path: String) throws {
    let parts = file.path.split(separator: "/")
    guard let expected = file.rows, parts.count == 2,
      DialectRegistry.names.contains(String(parts[0]))
    else { return }
    var schema: Schema?
    var stream = LineStream([path])
    var number = 0
    while true {
      let lines = try stream.take(1024, bytes: 1 << 20)
      guard lines.lines > 0 else { break }
      var rows = JSONLines(maximumLineBytes: .max)
      func check(_ line: JSONLine) throws {
        number += 1
        let row = try JSONDocument(parsing: line).root
        let wanted = try schema ?? Self.schema(for: row, of: String(parts[0]))
        schema = wanted
        guard !wanted.isValid(row) else { return }
        problems.append(
          Diagnostic(
            at: Position(file: path, line: number), "the row does not fit the dialect's schema"))
      }
      try lines.bytes.withUnsafeBytes { try rows.feed($0, check) }
      try rows.finish(check)
    }
    guard number != expected else { return }
    tell(path, "the file has \(Counted.text(number, "row")) where the manifest counts \(expected)")
  }

  /// The schema of a dialect's rows, which the first row tells where there are several.
  private static func schema(for row: JSONNode, of dialect: String) throws -> Schema {
    let schemas = try DialectRegistry.schemaNames(of: dialect).map { try Schema(embedded: $0) }
    guard let schema = schemas.first(where: { $0.isValid(row) }) ?? schemas.first else {
      throw Diagnostic("there is no dialect '\(dialect)'")
    }
    return schema
  }
}
