import Formats
import Foundation
import Pipeline
import Recipes
import Records
import TestSupport

/// A dataset on disk, read again by the tests' own means.
struct BuiltDataset {
  let path: String
  let manifest: JSON

  init(path: String) throws {
    self.path = path
    manifest = try JSON(parsing: FolderContent.bytes(of: "\(path)/manifest.json"))
  }

  /// Builds a recipe in this process.
  static func build(
    _ recipe: String, to output: String, _ change: (inout BuildOptions) -> Void = { _ in }
  ) async throws -> (report: BuildReport, files: [String: [UInt8]]) {
    var options = BuildOptions(threads: 2)
    options.output = output
    change(&options)
    let pipeline = BuildPipeline(
      recipe: try Recipe.load(from: recipe), recipePath: recipe, options: options)
    return (try await pipeline.run(), FolderContent.files(in: output))
  }

  /// The rows of a JSON lines file; none when it is not there.
  func rows(_ name: String) throws -> [JSON] {
    let text = String(decoding: FolderContent.bytes(of: "\(path)/\(name)"), as: UTF8.self)
    return try text.split(separator: "\n").map { try JSON(parsing: String($0)) }
  }

  func source(_ name: String) -> JSON? {
    manifest["sources"]?.array?.first { $0["name"]?.string == name }
  }

  var sourceNames: [String] {
    (manifest["sources"]?.array ?? []).compactMap { $0["name"]?.string }
  }

  /// A source's rejections by reason, as the manifest counts them.
  func rejected(in source: String) -> [String: Int] {
    Dictionary(
      (self.source(source)?["rejected"]?.members ?? []).map { ($0.key, $0.value.int ?? 0) },
      uniquingKeysWith: +)
  }

  /// Every sum that is off: `read` against `written` and the rejections.
  var unbalanced: [String] {
    sourceNames.filter { name in
      let account = source(name)
      let sum = (account?["written"]?.int ?? 0) + rejected(in: name).values.reduce(0, +)
      return account?["read"]?.int != sum
    }
  }

  /// The groups that occur in more than one split, by the provenance on disk.
  func sharedGroups() throws -> Set<String> {
    var places: [String: Set<String>] = [:]
    for split in Split.allCases {
      for row in try rows("provenance/\(split.rawValue).jsonl") {
        for group in row["groups"]?.array ?? [] {
          places[group.string ?? "", default: []].insert(split.rawValue)
        }
      }
    }
    return Set(places.filter { $0.value.count > 1 }.keys)
  }

  /// The kinds of group keys in the provenance: `patient`, `pmid`.
  func groupKinds() throws -> Set<String> {
    var kinds: Set<String> = []
    for split in Split.allCases {
      for row in try rows("provenance/\(split.rawValue).jsonl") {
        for group in row["groups"]?.array ?? [] {
          kinds.insert(String((group.string ?? "").prefix { $0 != ":" }))
        }
      }
    }
    return kinds
  }
}
