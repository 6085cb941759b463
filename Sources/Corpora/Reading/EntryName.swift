/// The parts of an entry's path that readers go by.
struct EntryName {
  /// The folders above the file, outermost first.
  let folders: [String]
  /// The file's name without its extensions.
  let stem: String
  /// The last extension in lower case, a compression's (`.gz`) aside; empty when there is none.
  let kind: String

  init(_ path: String) {
    var components = path.split(separator: "/").map(String.init)
    let name = components.popLast() ?? ""
    folders = components
    var parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    if parts.count > 1, Self.compressions.contains(parts[parts.count - 1].lowercased()) {
      parts.removeLast()
    }
    kind = parts.count > 1 ? parts.removeLast().lowercased() : ""
    stem = parts.joined(separator: ".")
  }

  /// Whether it is a file that desktops and archivers leave behind, not anyone's data.
  var isLitter: Bool {
    stem.isEmpty || stem.hasPrefix("._") || folders.contains("__MACOSX") || stem == "Thumbs"
  }

  private static let compressions: Set = ["gz", "bz2", "xz", "zst", "z"]
}
