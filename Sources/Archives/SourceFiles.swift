import Glibc

/// A file that a recipe's path stands for.
package struct InputFile: Sendable, Hashable {
  /// The path on disk.
  package let path: String
  /// The path for messages and provenance: the file's name, or what follows the folder or the
  /// fixed part of the pattern.
  package var displayPath: String
  /// The path with every link resolved.
  package let realPath: String
}

/// The files that the paths of a recipe's source stand for.
///
/// A path is a file, a folder (everything below it) or a pattern with `*`, `?`, `[..]` and `**`.
/// Each path's files are in the order of their relative paths by bytes; a file met twice counts
/// once. Of a folder or a pattern, hidden files, read-me files, licences and checksums are left
/// out; a file that is named in full is always taken.
package struct SourceFiles: Sendable {
  package private(set) var files: [InputFile] = []
  /// What was left out, by relative path.
  package private(set) var skipped = SkippedEntries()
  private var seen: Set<String> = []

  /// - Parameter base: the folder that relative paths start from.
  /// - Throws: when a file is missing, a folder is empty or a pattern matches nothing.
  package init(_ paths: [String], relativeTo base: String) throws(ArchiveError) {
    for path in paths { try add(path, base) }
    tellTwinsApart()
  }

  private mutating func add(_ path: String, _ base: String) throws(ArchiveError) {
    let resolved = path.hasPrefix("/") ? path : base + "/" + path
    if let status = FileStatus(following: resolved) {
      if status.isDirectory { return try addFolder(resolved, path) }
      return add(resolved, displayPath: lastComponent(path))
    }
    guard GlobPattern.isPattern(path) else {
      throw ArchiveError(.notFound(path, reason: systemMessage(errno)))
    }
    try addMatches(resolved, path)
  }

  private mutating func addFolder(_ folder: String, _ path: String) throws(ArchiveError) {
    let before = skipped.count(of: .notAFile)
    guard try addFiles(below: folder, matching: nil) > 0 else {
      throw notFound(path, "the folder holds no file to read", before)
    }
  }

  private mutating func addMatches(_ resolved: String, _ path: String) throws(ArchiveError) {
    let (folder, pattern) = Self.fixedPart(of: resolved)
    guard FileStatus(following: folder)?.isDirectory == true else {
      throw ArchiveError(.notFound(path, reason: "its folder does not exist"))
    }
    let before = skipped.count(of: .notAFile)
    guard try addFiles(below: folder, matching: GlobPattern(pattern)) > 0 else {
      throw notFound(path, "no file matches", before)
    }
  }

  /// Nothing was found, where there may be links that are not followed.
  private func notFound(_ path: String, _ reason: String, _ linksBefore: Int) -> ArchiveError {
    let hasLinks = skipped.count(of: .notAFile) > linksBefore
    return ArchiveError(
      .notFound(
        path, reason: hasLinks ? "\(reason) but links out of the folder, left out" : reason))
  }

  /// Adds what lies in a folder and returns how many files were found, listed before or not.
  private mutating func addFiles(
    below folder: String, matching pattern: GlobPattern?
  ) throws(ArchiveError) -> Int {
    var walk = FolderWalk(folder, maximumDepth: pattern?.maximumDepth)
    var found = 0
    for item in try walk.items() where pattern?.matchesWhole(item.relativePath) ?? true {
      if let reason = item.reasonToSkip ?? IgnoredNames.reason(for: item.relativePath) {
        skipped.add(EntryName.escaped(item.relativePath), reason)
        continue
      }
      found += 1
      add(folder + "/" + item.relativePath, displayPath: item.relativePath)
    }
    return found
  }

  private mutating func add(_ path: String, displayPath: String) {
    let realPath = FileStatus.realPath(of: path) ?? path
    let displayPath = EntryName.escaped(displayPath)
    guard seen.insert(realPath).inserted else {
      skipped.add(displayPath, .duplicate)
      return
    }
    files.append(InputFile(path: path, displayPath: displayPath, realPath: realPath))
  }

  /// Gives files of the same display path their folders' names as well, until they differ.
  private mutating func tellTwinsApart() {
    for depth in 2..<64 {
      let groups = Dictionary(grouping: files.indices) { files[$0].displayPath }
      let twins = groups.values.filter { $0.count > 1 }.joined()
      guard !twins.isEmpty else { return }
      for index in twins {
        let components = files[index].path.split(separator: "/").suffix(depth)
        files[index].displayPath = EntryName.escaped(components.joined(separator: "/"))
      }
    }
  }

  /// A pattern's folder without any wildcard, and the rest.
  private static func fixedPart(of pattern: String) -> (folder: String, rest: String) {
    let components = pattern.split(separator: "/", omittingEmptySubsequences: false)
    let fixed = components.prefix { !GlobPattern.isPattern(String($0)) }
    return (fixed.joined(separator: "/"), components.dropFirst(fixed.count).joined(separator: "/"))
  }

  private func lastComponent(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
