import CArchive
import Glibc

/// Builds small archives from members in memory, so that a test shows what is in them.
///
/// ```swift
/// let zip = try ArchiveBuilder.zip([.file("a.txt", "alpha"), .folder("notes/")])
/// let tarball = try ArchiveBuilder.compressed(ArchiveBuilder.tar([.file("a.txt", "alpha")]), .gzip)
/// ```
package enum ArchiveBuilder {
  /// What to put into an archive.
  package struct Member {
    package enum Kind {
      case file
      case folder
      case link(to: String)
      case fifo
    }

    package var name: [UInt8]
    package var content: [UInt8]
    package var kind: Kind

    package static func file(_ name: String, _ content: String) -> Member {
      Member(name: Array(name.utf8), content: Array(content.utf8), kind: .file)
    }

    package static func file(_ name: String, bytes: [UInt8]) -> Member {
      Member(name: Array(name.utf8), content: bytes, kind: .file)
    }

    package static func file(nameBytes: [UInt8], _ content: String) -> Member {
      Member(name: nameBytes, content: Array(content.utf8), kind: .file)
    }

    package static func folder(_ name: String) -> Member {
      Member(name: Array(name.utf8), content: [], kind: .folder)
    }

    package static func link(_ name: String, to target: String) -> Member {
      Member(name: Array(name.utf8), content: [], kind: .link(to: target))
    }

    package static func fifo(_ name: String) -> Member {
      Member(name: Array(name.utf8), content: [], kind: .fifo)
    }
  }

  package enum Filter {
    case gzip
    case bzip2
    case xz
    case zstd
  }

  /// libarchive's message when an archive cannot be built.
  package struct BuildError: Error {
    package let message: String
  }

  /// - Parameter options: libarchive's own, such as `zip:compression=store`.
  package static func zip(
    _ members: [Member], options: String? = nil, passphrase: String? = nil
  ) throws -> [UInt8] {
    try build(members) { archive in
      archive_write_set_format_zip(archive)
      if let options { archive_write_set_options(archive, options) }
      if let passphrase { archive_write_set_passphrase(archive, passphrase) }
    }
  }

  /// A pax tar, as GNU tar and Python write it.
  package static func tar(_ members: [Member]) throws -> [UInt8] {
    try build(members) { archive in
      archive_write_set_format_pax_restricted(archive)
      archive_write_set_options(archive, "pax:hdrcharset=BINARY")
    }
  }

  package static func sevenZip(_ members: [Member]) throws -> [UInt8] {
    try build(members) { archive_write_set_format_7zip($0) }
  }

  /// The bytes as one bare stream.
  package static func compressed(_ bytes: [UInt8], _ filter: Filter) throws -> [UInt8] {
    try build([.file("content", bytes: bytes)]) { archive in
      archive_write_set_format_raw(archive)
      switch filter {
      case .gzip: archive_write_add_filter_gzip(archive)
      case .bzip2: archive_write_add_filter_bzip2(archive)
      case .xz: archive_write_add_filter_xz(archive)
      case .zstd: archive_write_add_filter_zstd(archive)
      }
    }
  }

  private static func build(
    _ members: [Member], _ configure: (OpaquePointer) -> Void
  ) throws -> [UInt8] {
    // 7z and names that are not ASCII need a locale that can hold them.
    let locale = newlocale(1 << LC_CTYPE, "C.UTF-8", nil)
    let previous = uselocale(locale)
    defer {
      uselocale(previous)
      freelocale(locale)
    }
    guard let archive = archive_write_new() else { throw BuildError(message: "no memory") }
    defer { archive_write_free(archive) }
    configure(archive)
    archive_write_set_bytes_per_block(archive, 0)
    let room = members.reduce(1 << 20) { $0 + 2 * $1.content.count + 4096 + 4 * $1.name.count }
    var bytes = [UInt8](repeating: 0, count: room)
    let used = UnsafeMutablePointer<Int>.allocate(capacity: 1)
    used.initialize(to: 0)
    defer { used.deallocate() }
    try bytes.withUnsafeMutableBytes { buffer in
      try check(archive_write_open_memory(archive, buffer.baseAddress, room, used), archive)
      for member in members { try write(member, to: archive) }
      try check(archive_write_close(archive), archive)
    }
    return Array(bytes.prefix(used.pointee))
  }

  private static func write(_ member: Member, to archive: OpaquePointer) throws {
    let entry = archive_entry_new()
    defer { archive_entry_free(entry) }
    (member.name + [0]).withUnsafeBytes {
      archive_entry_copy_pathname(entry, $0.baseAddress?.assumingMemoryBound(to: CChar.self))
    }
    archive_entry_set_perm(entry, 0o644)
    switch member.kind {
    case .file:
      archive_entry_set_filetype(entry, 0o100000)
      archive_entry_set_size(entry, la_int64_t(member.content.count))
    case .folder: archive_entry_set_filetype(entry, 0o040000)
    case .fifo: archive_entry_set_filetype(entry, 0o010000)
    case .link(let target):
      archive_entry_set_filetype(entry, 0o120000)
      archive_entry_copy_symlink(entry, target)
    }
    try check(archive_write_header(archive, entry), archive)
    guard !member.content.isEmpty else { return }
    let written = member.content.withUnsafeBytes {
      archive_write_data(archive, $0.baseAddress, $0.count)
    }
    guard written == member.content.count else { throw BuildError(message: message(archive)) }
  }

  private static func check(_ status: Int32, _ archive: OpaquePointer) throws {
    guard status >= ARCHIVE_WARN else { throw BuildError(message: message(archive)) }
  }

  private static func message(_ archive: OpaquePointer) -> String {
    archive_error_string(archive).map { String(cString: $0) } ?? "unknown"
  }
}
