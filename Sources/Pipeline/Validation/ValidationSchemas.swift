import Archives
import Glibc
import Records
import Schemas

/// The schemas that rows are held to: the one that was asked for, or that of each format.
struct ValidationSchemas {
  let given: Schema?
  /// Whether rows are held to schemas that come with Materia.
  let isBuiltIn: Bool
  private let byFormat: [RowFormat: Schema]

  init(given name: String?) throws {
    guard let name else {
      given = nil
      isBuiltIn = true
      byFormat = try Dictionary(
        uniqueKeysWithValues: RowFormat.allCases.map {
          ($0, try Schema(embedded: $0.schemaName))
        })
      return
    }
    isBuiltIn = EmbeddedFiles.schema(named: name) != nil
    given = try Self.schema(named: name)
    byFormat = [:]
  }

  /// The schema of rows of a format; nil when there is none to hold them to.
  func schema(for format: RowFormat?) throws -> Schema? {
    given ?? format.flatMap { byFormat[$0] }
  }

  private static func schema(named name: String) throws -> Schema {
    if EmbeddedFiles.schema(named: name) != nil { return try Schema(embedded: name) }
    guard access(name, R_OK) == 0 else {
      let names = EmbeddedFiles.schemas.map { $0.name.withoutSchemaSuffix }
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
  fileprivate var withoutSchemaSuffix: String {
    hasSuffix(".schema.json") ? String(dropLast(".schema.json".count)) : self
  }
}
