/// The files that lie beside the data in most distributions and are never data themselves.
enum IgnoredNames {
  /// Why a path is left out by default; nil for what is read.
  static func reason(for path: String) -> SkippedEntry.Reason? {
    let components = path.split(separator: "/")
    guard let name = components.last?.lowercased() else { return .ignoredName }
    if components.contains(where: isHidden) || systemFiles.contains(name) { return .ignoredName }
    if isChecksum(name) { return .checksumFile }
    return isNotice(name) ? .ignoredName : nil
  }

  private static func isHidden(_ component: Substring) -> Bool {
    if component == "__MACOSX" { return true }
    return component.hasPrefix(".") && component != "." && component != ".."
  }

  private static let systemFiles: Set<String> = [
    "thumbs.db", "desktop.ini", "source.md", "_success",
  ]

  private static func isChecksum(_ name: String) -> Bool {
    checksumSuffixes.contains { name.hasSuffix($0) } || name == "checksums.txt"
  }

  private static let checksumSuffixes = [
    ".md5", ".sha1", ".sha256", ".sha512", ".asc", ".sig", "md5sums", "md5sums.txt", "sha1sums",
    "sha1sums.txt", "sha256sums", "sha256sums.txt", "sha512sums", "sha512sums.txt",
  ]

  /// Whether a name is that of a licence or a read-me: `README.zh.md`, `LICENSE-MIT`, `COPYING`.
  private static func isNotice(_ name: String) -> Bool {
    var stem = Substring(name)
    if let dot = name.lastIndex(of: ".") {
      guard documentSuffixes.contains(String(name[dot...])) else { return false }
      stem = name[..<dot]
    }
    return isNoticeStem(stem)
  }

  private static func isNoticeStem(_ stem: Substring) -> Bool {
    noticeNames.contains { notice in
      guard stem.hasPrefix(notice) else { return false }
      guard let next = stem.dropFirst(notice.count).first else { return true }
      return "-_. ".contains(next)
    }
  }

  private static let noticeNames = [
    "license", "licence", "licenses", "readme", "copying", "notice", "changelog", "changes",
    "authors", "contributing", "citation",
  ]
  private static let documentSuffixes: Set<String> = [
    ".md", ".txt", ".rst", ".html", ".htm", ".pdf", ".rtf", ".adoc", ".cff", ".bib",
  ]
}
