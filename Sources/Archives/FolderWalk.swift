import Glibc

/// The files below a folder, links that lead out of it left aside.
struct FolderWalk {
  struct Item {
    var relativePath: String
    /// Why it is no file to read; nil for a regular file.
    var reasonToSkip: SkippedEntry.Reason?
  }

  private let root: String
  private let realRoot: String
  private let maximumDepth: Int?
  private var found: [Item] = []

  /// - Parameter maximumDepth: how many components a path may have; nil for any number.
  init(_ root: String, maximumDepth: Int?) {
    self.root = root
    self.maximumDepth = maximumDepth
    realRoot = FileStatus.realPath(of: root) ?? root
  }

  /// All items, in the order of their relative paths by bytes.
  mutating func items() throws(ArchiveError) -> [Item] {
    try visit("", depth: 1)
    return found.sorted { $0.relativePath.utf8.lexicographicallyPrecedes($1.relativePath.utf8) }
  }

  private mutating func visit(_ folder: String, depth: Int) throws(ArchiveError) {
    for bytes in try names(in: folder) {
      let prefix = folder.isEmpty ? "" : folder + "/"
      guard let name = String(validating: bytes, as: UTF8.self) else {
        let shown = prefix + bytes.withUnsafeBytes { EntryName.escaped($0) }
        found.append(Item(relativePath: shown, reasonToSkip: .nameNotUTF8))
        continue
      }
      let relativePath = prefix + name
      guard let status = FileStatus(of: root + "/" + relativePath) else { continue }
      if status.isDirectory {
        try enter(relativePath, depth)
      } else {
        found.append(Item(relativePath: relativePath, reasonToSkip: reason(status, relativePath)))
      }
    }
  }

  /// Goes down unless nothing there can be wanted: hidden folders are not even listed.
  private mutating func enter(_ folder: String, _ depth: Int) throws(ArchiveError) {
    guard depth < maximumDepth ?? .max else { return }
    guard IgnoredNames.reason(for: folder + "/x") == nil else {
      found.append(Item(relativePath: folder, reasonToSkip: .ignoredName))
      return
    }
    try visit(folder, depth: depth + 1)
  }

  private func reason(_ status: FileStatus, _ relativePath: String) -> SkippedEntry.Reason? {
    guard status.isLink else { return status.isRegular ? nil : .notAFile }
    let path = root + "/" + relativePath
    guard FileStatus(following: path)?.isRegular == true,
      let target = FileStatus.realPath(of: path), target.hasPrefix(realRoot + "/")
    else { return .notAFile }
    return nil
  }

  private func names(in folder: String) throws(ArchiveError) -> [[UInt8]] {
    let path = folder.isEmpty ? root : root + "/" + folder
    guard let directory = opendir(path) else {
      let shown = EntryName.escaped(folder.isEmpty ? "the folder" : folder)
      throw ArchiveError(.systemFailure(action: "list", path: shown, code: errno))
    }
    defer { closedir(directory) }
    var names: [[UInt8]] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if name != Array(".".utf8), name != Array("..".utf8) { names.append(name) }
    }
    return names
  }
}

/// What the file system says of a path.
struct FileStatus {
  private let mode: mode_t

  /// The status of the path itself, be it a link; nil when nothing is there.
  init?(of path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    mode = status.st_mode
  }

  /// The status of what a path leads to; nil when nothing is there.
  init?(following path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    mode = status.st_mode
  }

  var isDirectory: Bool { mode & S_IFMT == S_IFDIR }
  var isRegular: Bool { mode & S_IFMT == S_IFREG }
  var isLink: Bool { mode & S_IFMT == S_IFLNK }

  /// The path with every link resolved; nil when nothing is there.
  static func realPath(of path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
