import Records

/// An open file of a source as a row of entries: an archive, a compressed file or a plain one.
///
/// Content decides what a file is. Nothing is unpacked to disk and no member's name is ever used
/// as a path. Use one archive from one task; `ReadTally` may be read from any.
///
/// ```swift
/// let archive = try Archive.open(path: file.path, displayPath: file.displayPath)
/// while let entry = try archive.nextEntry() {
///   try entry.forEachChunk { chunk in … }
/// }
/// ```
package final class Archive {
  /// The file as messages and provenance name it.
  package let displayPath: String
  /// The members left out on purpose, so far.
  package private(set) var skipped = SkippedEntries()
  /// What is odd about the archive without being wrong, so far: names that contradict content.
  package private(set) var warnings: [Diagnostic] = []
  /// Whether the file is a container of entries, and not one bare file.
  package var isContainer: Bool { !isBare }

  private let members: MemberFilter
  private let expansion: Expansion
  private var limits: ArchiveLimits { expansion.limits }
  private let isBare: Bool
  /// The open containers, the innermost last.
  private var containers: [Container] = []
  private var bareEntry: ArchiveEntry?
  private var current: ArchiveEntry?
  private var membersSeen = 0
  private var emptyMembers = 0
  private var namesSeen = NamesSeen()

  private static let maximumWarnings = 100

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - displayPath: how messages and provenance name the file; never absolute.
  ///   - tally: totals shared with other archives of the run, for progress and `run-bytes`.
  package static func open(
    path: String, displayPath: String, limits: ArchiveLimits = ArchiveLimits(),
    members: MemberFilter = .all, tally: ReadTally = ReadTally()
  ) throws(ArchiveError) -> Archive {
    do {
      let file = try FileSource(path: path, displayPath: displayPath, tally: tally)
      let expansion = Expansion(of: file, limits: limits, tally: tally)
      return try Archive(file, displayPath, expansion, members)
    } catch {
      throw error.within(file: displayPath)
    }
  }

  private init(
    _ file: FileSource, _ displayPath: String, _ expansion: Expansion, _ members: MemberFilter
  ) throws(ArchiveError) {
    self.displayPath = displayPath
    self.expansion = expansion
    self.members = members
    // A file of a folder is the entry that it would be in an archive of that folder.
    let name = EntryName.escaped(displayPath)
    let opener = ContentOpener(expansion: expansion, members: members, mayNest: true)
    switch try opener.open(file, named: name) {
    case .container(let container, let warning):
      isBare = false
      containers = [container]
      warn(warning, at: Position(file: displayPath))
    case .plain(let content, let path, let warning):
      isBare = true
      let position = Position(file: displayPath)
      bareEntry = ArchiveEntry(
        path: path, ordinal: 0, sizeHint: content is PeekedSource ? file.byteCount : nil,
        content: content, at: position)
      warn(warning, at: position)
    }
  }

  /// The next entry; nil when there is none.
  ///
  /// The one before can be read no more.
  ///
  /// - Throws: when the archive, or an archive inside it, cannot be read further. Asking again
  ///   goes on behind the inner archive, or ends.
  package func nextEntry() throws(ArchiveError) -> ArchiveEntry? {
    current?.close()
    current = bareEntry
    bareEntry = nil
    if let current { return current }
    while let container = containers.last {
      guard let member = try nextMember(of: container) else {
        warn(container.warning, at: position(of: container))
        containers.removeLast()
        continue
      }
      guard let entry = try entry(for: member, in: container) else { continue }
      current = entry
      return entry
    }
    return nil
  }

  private func nextMember(of container: Container) throws(ArchiveError) -> Container.Member? {
    if let exceeded = expansion.exceeded { throw end(with: exceeded) }
    do {
      return try container.nextMember()
    } catch {
      containers.removeLast()
      let position = position(of: container)
      throw error.within(file: position.file, entry: position.entry)
    }
  }

  private func position(of container: Container) -> Position {
    let entry = container.prefix.isEmpty ? nil : String(container.prefix.dropLast())
    return Position(file: displayPath, entry: entry)
  }

  /// The entry that a member becomes; nil when it is skipped or opened as an archive itself.
  private func entry(
    for member: Container.Member, in container: Container
  ) throws(ArchiveError) -> ArchiveEntry? {
    let isTooLong = member.nameBytes > limits.nameBytes
    let path = container.prefix + (isTooLong ? member.path.prefix(100) + "…" : member.path)
    try count(member)
    if let reason = reasonToSkip(member, path) {
      skipped.add(path, reason)
      return nil
    }
    noteTwin(path)
    do {
      return try open(member, of: container, path)
    } catch {
      return ArchiveEntry(
        path: path, ordinal: membersSeen - 1, refusal: error,
        at: Position(file: displayPath, entry: path))
    }
  }

  private func count(_ member: Container.Member) throws(ArchiveError) {
    membersSeen += 1
    guard membersSeen <= limits.entries else {
      throw end(with: ArchiveError(.limitExceeded(.entries, limit: limits.entries)))
    }
    guard member.kind == .file, member.claimedBytes == 0 else { return }
    emptyMembers += 1
    guard emptyMembers <= limits.emptyEntries else {
      throw end(with: ArchiveError(.limitExceeded(.emptyEntries, limit: limits.emptyEntries)))
    }
  }

  private func reasonToSkip(_ member: Container.Member, _ path: String) -> SkippedEntry.Reason? {
    switch member.kind {
    case .directory: return .directory
    case .special: return .notAFile
    case .file: break
    }
    if let reason = members.reasonToSkip(path) { return reason }
    // A nested archive is opened whatever the include patterns: they speak of what is in it.
    return members.includes(path) || ClaimedFormat.of(path) != nil ? nil : .notIncluded
  }

  private func open(
    _ member: Container.Member, of container: Container, _ path: String
  ) throws(ArchiveError) -> ArchiveEntry? {
    guard member.nameBytes <= limits.nameBytes else {
      throw ArchiveError(.limitExceeded(.nameBytes, limit: limits.nameBytes))
    }
    if let problem = member.problem { throw ArchiveError(problem) }
    let position = Position(file: displayPath, entry: path)
    let opener = ContentOpener(
      expansion: expansion, members: members, mayNest: containers.count <= limits.nesting)
    switch try opener.open(container.content, named: path) {
    case .container(let inner, let warning):
      containers.append(inner)
      warn(warning, at: position)
      return nil
    case .plain(let content, let resolvedPath, let warning):
      guard members.includes(path) || members.includes(resolvedPath) else {
        skipped.add(path, .notIncluded)
        return nil
      }
      warn(warning, at: position)
      return ArchiveEntry(
        path: resolvedPath, ordinal: membersSeen - 1,
        sizeHint: resolvedPath == path ? member.claimedBytes : nil, content: content, at: position)
    }
  }

  /// Refuses the rest of the archive.
  private func end(with error: ArchiveError) -> ArchiveError {
    containers = []
    return error.within(file: displayPath)
  }

  private func noteTwin(_ path: String) {
    guard namesSeen.isTwin(path) else { return }
    warn(
      "has the name of an earlier entry, or differs from it only by case; both are read",
      at: Position(file: displayPath, entry: path))
  }

  private func warn(_ message: String?, at position: Position) {
    guard let message, warnings.count < Self.maximumWarnings else { return }
    warnings.append(Diagnostic(at: position, message, severity: .warning))
  }
}

/// The names met so far, as hashes: eight bytes a name, whatever its length.
private struct NamesSeen {
  private var hashes: Set<UInt64> = []

  /// Whether a name was met before, its case aside.
  mutating func isTwin(_ path: String) -> Bool {
    var hash = StableHash()
    hash.combine(path.lowercased())
    return !hashes.insert(hash.value).inserted
  }
}
