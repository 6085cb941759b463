/// A file or member that was left out on purpose, and why.
package struct SkippedEntry: Sendable, Equatable {
  /// Why it was left out; the raw values are for people.
  package enum Reason: String, Sendable, CaseIterable {
    case directory = "folder"
    case ignoredName = "ignored name"
    case checksumFile = "checksum file"
    case excluded = "excluded by pattern"
    case notIncluded = "not included by pattern"
    case notAFile = "link or device"
    case duplicate = "listed twice"
    case nameNotUTF8 = "file name is not UTF-8"
  }

  package let path: String
  package let reason: Reason
}

/// What was left out: counted all, listed up to a bound so that memory does not grow with it.
package struct SkippedEntries: Sendable, Equatable {
  /// The first of them, in archive order; folders are counted only.
  package private(set) var listed: [SkippedEntry] = []
  private var counts: [SkippedEntry.Reason: Int] = [:]

  private static let maximumListed = 1_000

  package init() {}

  /// How many were left out for a reason.
  package func count(of reason: SkippedEntry.Reason) -> Int { counts[reason] ?? 0 }

  /// How many were left out in all.
  package var count: Int { counts.values.reduce(0, +) }

  mutating func add(_ path: String, _ reason: SkippedEntry.Reason) {
    counts[reason, default: 0] += 1
    guard listed.count < Self.maximumListed, reason != .directory else { return }
    listed.append(SkippedEntry(path: path, reason: reason))
  }
}
