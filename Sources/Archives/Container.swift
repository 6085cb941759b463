import CArchive
import Glibc

/// An open zip, tar or 7z: its members, one after another.
final class Container {
  /// One member, as its header has it.
  struct Member {
    /// The path inside this container, escaped.
    var path: String
    var nameBytes: Int
    var kind: Kind
    /// The size that the header claims; nil when it claims none.
    var claimedBytes: Int?
    /// Why the member cannot be read, known before reading it.
    var problem: ArchiveError.Problem?

    enum Kind {
      case file
      case directory
      /// A link, a device, a fifo, a socket.
      case special
    }
  }

  let format: Format
  /// What the members' paths begin with: empty, or the nested archive's own path and a slash.
  let prefix: String
  private let source: any ByteSource
  private var handle: ArchiveHandle
  private var membersSeen = 0
  private var reopenings = 0
  /// What is odd about the end, known once there.
  private(set) var warning: String?
  private var unusableInARow = 0
  private var isFinished = false
  /// How many members a zip's directory promises.
  private let statedMembers: ZipDirectory.Count?

  /// How often a zip is opened again behind a member that broke libarchive's reader.
  private static let maximumReopenings = 100
  /// How many headers in a row may be unusable.
  private static let maximumUnusableHeaders = 1_000

  init(_ format: Format, reading source: any ByteSource, prefix: String) throws(ArchiveError) {
    self.format = format
    self.prefix = prefix
    self.source = format == .tar ? TarTail(source) : source
    if format == .sevenZip { try SevenZipHeader.requireBelievable(source) }
    statedMembers = format == .zip ? try ZipDirectory.count(in: source) : nil
    guard !Self.isEmptyZip(source, statedMembers) else {
      isFinished = true
      handle = try ArchiveHandle(.nothing, reading: MemorySource([]))
      return
    }
    handle = try ArchiveHandle(.container(format), reading: self.source)
  }

  /// Whether a zip is a directory of no members and no more, which libarchive 3.6.2 calls damaged.
  private static func isEmptyZip(_ source: any ByteSource, _ stated: ZipDirectory.Count?) -> Bool {
    (source as? any SeekableSource)?.byteCount == 22 && stated?.count == 0
  }

  /// The next member; nil at the end, once what is checked at the end of the source was checked.
  func nextMember() throws(ArchiveError) -> Member? {
    guard !isFinished else { return nil }
    do {
      if handle.isBroken { try reopenBehindBrokenMember() }
      if let member = try member() { return member }
      isFinished = true
      try finish()
      return nil
    } catch {
      isFinished = true
      throw error
    }
  }

  /// The content of the member that `nextMember` gave last.
  var content: any ByteSource { MemberSource(handle) }

  private func member() throws(ArchiveError) -> Member? {
    switch try handle.nextHeader() {
    case .end: return nil
    case .entry(let entry):
      unusableInARow = 0
      membersSeen += 1
      return UTF8Locale.with { Member(entry) }
    case .unusable(let entry, let reason):
      unusableInARow += 1
      guard unusableInARow < Self.maximumUnusableHeaders else {
        throw ArchiveError(.damaged(reason: reason, bytesRead: handle.bytesUsed))
      }
      membersSeen += 1
      var member = UTF8Locale.with { Member(entry) }
      member.problem = member.problem ?? .unsupportedEntry(reason: reason)
      return member
    }
  }

  /// Checks what can be checked only at the end.
  private func finish() throws(ArchiveError) {
    if let tar = source as? TarTail {
      try tar.drain()
      warning = tar.warning(used: handle.bytesUsed)
    }
    guard let stated = statedMembers, !stated.agrees(with: membersSeen) else { return }
    let reason = "its directory lists \(stated.count) entries, of which \(membersSeen) are distinct"
    throw ArchiveError(.damaged(reason: reason, bytesRead: handle.bytesUsed))
  }

  /// Opens a zip again and moves behind the members seen, so that one bad member costs only itself.
  private func reopenBehindBrokenMember() throws(ArchiveError) {
    if let failure = handle.sourceFailure { throw failure }
    guard format == .zip, let source = source as? any SeekableSource,
      reopenings < Self.maximumReopenings
    else {
      let reason = "the entries after the damaged one cannot be reached"
      throw ArchiveError(.damaged(reason: reason, bytesRead: handle.bytesUsed))
    }
    reopenings += 1
    source.seek(to: 0)
    handle = try ArchiveHandle(.container(format), reading: source)
    for _ in 0..<membersSeen { _ = try handle.nextHeader() }
  }
}

extension Container.Member {
  fileprivate init(_ entry: OpaquePointer) {
    let name = archive_entry_pathname(entry)
    let bytes = name.map { UnsafeRawBufferPointer(start: $0, count: strlen($0)) }
    nameBytes = bytes?.count ?? 0
    path = bytes.map { EntryName.withoutDotPrefix(EntryName.escaped($0)) } ?? ""
    kind = Self.kind(of: entry)
    claimedBytes = archive_entry_size_is_set(entry) != 0 ? Int(archive_entry_size(entry)) : nil
    problem = archive_entry_is_encrypted(entry) != 0 ? .encrypted : nil
  }

  private static func kind(of entry: OpaquePointer) -> Kind {
    guard archive_entry_hardlink(entry) == nil, archive_entry_symlink(entry) == nil else {
      return .special
    }
    switch archive_entry_filetype(entry) {
    case fileTypeRegular: return .file
    case fileTypeDirectory: return .directory
    default: return .special
    }
  }

  // AE_IFREG and AE_IFDIR are C casts, which Swift does not import.
  private static let fileTypeRegular: mode_t = 0o100000
  private static let fileTypeDirectory: mode_t = 0o040000
}

/// The content of a container's current member.
final class MemberSource: ByteSource {
  private let handle: ArchiveHandle
  private(set) var bytesOut = 0
  private var isAtEnd = false
  private var failure: ArchiveError?

  init(_ handle: ArchiveHandle) { self.handle = handle }

  func next() throws(ArchiveError) -> UnsafeRawBufferPointer? {
    if let failure { throw failure }
    guard !isAtEnd else { return nil }
    do {
      let block = try handle.nextBlock(expectedOffset: bytesOut)
      bytesOut += block?.count ?? 0
      isAtEnd = block == nil
      return block
    } catch {
      failure = error
      throw error
    }
  }
}
