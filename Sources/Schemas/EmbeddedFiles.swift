import CEmbedded
import Records

/// The files of `Schemas/` and `Recipes/templates/`, as they were when the binary was built.
///
/// `Sources/CEmbedded/embedded.c` lists them; it is generated, and a test says when it is out of date.
package enum EmbeddedFiles {
  /// A file with its name inside its folder.
  package struct File: Sendable, Hashable {
    package let name: String
    package let bytes: [UInt8]
  }

  /// The paths of all files, from the package's root, in byte order.
  package static var names: [String] { all.map(\.name) }

  /// A schema file's bytes, by name with or without `.schema.json`; nil when there is none.
  package static func schema(named name: String) -> [UInt8]? {
    let path = name.hasSuffix(".json") ? name : "\(name).schema.json"
    return all.first { $0.name == "Schemas/\(path)" }?.bytes
  }

  /// The schemas of what Materia reads and writes, by file name.
  package static var schemas: [File] { files(in: "Schemas/").filter { !$0.name.contains("/") } }

  /// The template sets that come with Materia, by file name.
  package static var templateSets: [File] { files(in: "Recipes/templates/") }

  /// The schemas of schemas.
  static var metaschemas: [File] { files(in: "Schemas/metaschemas/") }

  /// Every file by its path.
  package static let all: [File] = (0..<embedded_file_count()).compactMap { index in
    guard let file = embedded_file_at(index) else { return nil }
    return File(
      name: String(cString: file.pointee.path),
      bytes: [UInt8](UnsafeBufferPointer(start: file.pointee.bytes, count: file.pointee.count)))
  }

  private static func files(in folder: String) -> [File] {
    all.filter { $0.name.hasPrefix(folder) }
      .map { File(name: String($0.name.dropFirst(folder.count)), bytes: $0.bytes) }
  }
}

extension Schema {
  /// A schema that comes with Materia, by name.
  package init(embedded name: String) throws {
    guard let bytes = EmbeddedFiles.schema(named: name) else {
      throw Diagnostic("there is no schema '\(name)'")
    }
    var registry = SchemaRegistry()
    for file in EmbeddedFiles.schemas {
      try registry.register(file.bytes, as: "https://materia.invalid/schemas/\(file.name)")
    }
    try self.init(compiling: bytes, name: name, registry: registry, isStrict: true)
  }
}
