import Emitters

/// How an entry is read.
enum EntryKind {
  /// Rows: one a line, or in the columns of Parquet.
  case lines
  /// One JSON document.
  case document
  /// Something else: a card, a configuration.
  case other

  /// - Parameter isNamed: whether the user named the file itself, and no folder or archive.
  init(of path: String, isNamed: Bool, _ settings: ValidationSettings) {
    guard !settings.isWhole else {
      self = .document
      return
    }
    let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    if settings.schemaName == nil, name == "manifest.json" {
      self = .document
    } else if settings.schemaName != nil || isNamed {
      self = .lines
    } else {
      let isRows = [".jsonl", ".ndjson", ".jsonlines", ".parquet"].contains {
        name.hasSuffix($0)
      }
      self = isRows || Self.isOfDialect(path, name) ? .lines : .other
    }
  }

  /// Whether a file lies in the folder of a dialect whose rows are no JSON lines, and is of its kind.
  private static func isOfDialect(_ path: String, _ name: String) -> Bool {
    let folder = path.split(separator: "/").dropLast().last.map(String.init) ?? ""
    guard let facts = DialectRegistry.all.first(where: { $0.facts.name == folder })?.facts,
      let format = RowFileFormat(ofFile: name), SplitName(of: name).split != nil
    else { return false }
    return format != .jsonl && facts.formats.contains(format)
  }
}
