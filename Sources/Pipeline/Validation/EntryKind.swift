/// How an entry is read.
enum EntryKind {
  /// A row a line.
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
      self = [".jsonl", ".ndjson", ".jsonlines"].contains { name.hasSuffix($0) } ? .lines : .other
    }
  }
}
