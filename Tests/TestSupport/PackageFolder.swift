import Foundation

/// Files of the package that tests use: its recipes, its samples, its schemas.
package enum PackageFolder {
  package static let path = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// The path of an archive in `Recipes/samples`.
  package static func sample(_ name: String) -> String { "\(path)/Recipes/samples/\(name)" }

  package static let quickstart = "\(path)/Recipes/quickstart.yaml"

  /// Every recipe that comes with the package, by path from its root, in byte order.
  package static let recipes: [String] = {
    let files = FileManager.default.enumerator(atPath: "\(path)/Recipes") ?? .init()
    return files.compactMap { $0 as? String }
      .filter { $0.hasSuffix(".yaml") && !$0.hasPrefix("templates/") }
      .map { "Recipes/\($0)" }.sorted()
  }()
}

/// The real corpora, which are not part of the package: `MATERIA_SHARED`, or `../shared` beside it.
package enum SharedFolder {
  package static let absence = "the shared corpora are not there (MATERIA_SHARED)"

  package static let path: String =
    ProcessInfo.processInfo.environment["MATERIA_SHARED"]
    ?? URL(filePath: PackageFolder.path).deletingLastPathComponent().appending(path: "shared").path

  /// The path of a corpus' file or folder.
  package static func corpus(_ name: String) -> String { "\(path)/corpora/\(name)" }

  package static var hasCorpora: Bool {
    FileManager.default.fileExists(atPath: "\(path)/corpora")
  }
}
