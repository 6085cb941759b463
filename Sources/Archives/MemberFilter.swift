/// Which members of an archive are read.
///
/// Patterns are those of `GlobPattern`, compared with the member's path inside the archive
/// (`inner.tar.gz/notes/a.txt` for a nested one). Without include patterns everything is read that
/// is not excluded and not a read-me, a licence, a hidden file or the like; such a file is read
/// when an include pattern names it without wildcards.
package struct MemberFilter: Sendable, Equatable {
  package var include: [GlobPattern]
  package var exclude: [GlobPattern]
  /// Whether read-me files, licences, `__MACOSX`, checksums and dot files are left out.
  package var skipsIgnoredNames: Bool
  /// The endings of zip files that are one document each and come out whole.
  package var opaqueSuffixes: [String]

  /// Reads everything that is data.
  package static let all = MemberFilter()

  package init(
    include: [String] = [], exclude: [String] = [], skipsIgnoredNames: Bool = true,
    opaqueSuffixes: [String] = [".xlsx", ".docx", ".pptx", ".ods", ".odt", ".epub", ".npz"]
  ) {
    self.include = include.map(GlobPattern.init)
    self.exclude = exclude.map(GlobPattern.init)
    self.skipsIgnoredNames = skipsIgnoredNames
    self.opaqueSuffixes = opaqueSuffixes
  }

  /// Why a member is left out before its content is looked at.
  func reasonToSkip(_ path: String) -> SkippedEntry.Reason? {
    if exclude.contains(where: { $0.matches(path) }) { return .excluded }
    guard skipsIgnoredNames, let reason = IgnoredNames.reason(for: path) else { return nil }
    return include.contains { $0.isExactly(path) } ? nil : reason
  }

  /// Whether include patterns admit a path.
  func includes(_ path: String) -> Bool {
    include.isEmpty || include.contains { $0.matches(path) }
  }

  /// Whether the name is that of a document which happens to be a zip file.
  func isOpaque(_ path: String) -> Bool {
    let path = path.lowercased()
    return opaqueSuffixes.contains { path.hasSuffix($0) }
  }
}
