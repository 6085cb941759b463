import CArchive
import Glibc

/// One libarchive reader over a source: the only place that calls libarchive.
///
/// Formats and filters are enabled one by one: `archive_read_support_filter_all` would make the
/// library look for programs on PATH and run them. Not to be shared between threads.
final class ArchiveHandle {
  /// What is enabled.
  enum Kind {
    case container(Container.Format)
    /// A bare stream; gzip has its own source.
    case stream(Compression)
    /// No bytes at all.
    case nothing
  }

  /// What `nextHeader` found.
  enum Header {
    case entry(OpaquePointer)
    /// A member that cannot be read while those after it can.
    case unusable(OpaquePointer, reason: String)
    case end
  }

  private let archive: OpaquePointer
  private let upstream: any ByteSource
  /// What the source threw inside a callback, where Swift errors cannot pass.
  private(set) var sourceFailure: ArchiveError?
  /// Bytes of the source that were handed to libarchive; for sources that do not seek.
  private(set) var bytesSupplied = 0
  /// Whether libarchive cannot go on.
  private(set) var isBroken = false
  /// Whether a format was found; before that libarchive's format pointer leads astray.
  private var isOpen = false

  init(_ kind: Kind, reading upstream: any ByteSource) throws(ArchiveError) {
    guard let archive = archive_read_new() else { preconditionFailure("memory for a reader") }
    self.archive = archive
    self.upstream = upstream
    enable(kind)
    setCallbacks()
    let status = UTF8Locale.with { archive_read_open1(archive) }
    // A filter that fails on the first block leaves its message behind an "empty" archive.
    guard status == ARCHIVE_OK, archive_errno(archive) == 0 else { throw failure(afterBytes: 0) }
    isOpen = true
  }

  deinit { archive_read_free(archive) }

  /// Moves to the next member, past what is unread of this one.
  func nextHeader() throws(ArchiveError) -> Header {
    var entry: OpaquePointer?
    let status = UTF8Locale.with { archive_read_next_header(archive, &entry) }
    if let sourceFailure { throw sourceFailure }
    switch status {
    case ARCHIVE_EOF: return .end
    case ARCHIVE_OK, ARCHIVE_WARN: if let entry { return .entry(entry) }
    case ARCHIVE_RETRY, ARCHIVE_FAILED: if let entry { return .unusable(entry, reason: message) }
    default: break
    }
    throw failure(afterBytes: 0)
  }

  /// The next block of the member's content; nil at its end.
  ///
  /// - Parameter expectedOffset: how much of the member was read, to notice holes.
  func nextBlock(expectedOffset: Int) throws(ArchiveError) -> UnsafeRawBufferPointer? {
    var start: UnsafeRawPointer?
    var count = 0
    var offset: la_int64_t = 0
    repeat {
      let status = archive_read_data_block(archive, &start, &count, &offset)
      if status == ARCHIVE_EOF { return nil }
      guard status == ARCHIVE_OK else { throw failure(status, afterBytes: expectedOffset) }
      guard count == 0 || offset == expectedOffset else {
        throw ArchiveError(.unsupportedEntry(reason: "sparse entries are not supported"))
      }
    } while count == 0
    return UnsafeRawBufferPointer(start: start, count: count)
  }

  /// Bytes of the source that the format or filter has used up.
  var bytesUsed: Int { Int(archive_filter_bytes(archive, -1)) }

  private func enable(_ kind: Kind) {
    switch kind {
    case .container(.zip): archive_read_support_format_zip_seekable(archive)
    case .container(.tar): archive_read_support_format_tar(archive)
    case .container(.sevenZip): archive_read_support_format_7zip(archive)
    case .stream(let compression):
      archive_read_support_format_raw(archive)
      archive_read_support_format_empty(archive)
      // Appending fixes the chain: left to bid, libarchive would stack the filter on itself.
      archive_read_append_filter(archive, compression.filterCode)
    case .nothing: archive_read_support_format_empty(archive)
    }
  }

  private func setCallbacks() {
    archive_read_set_callback_data(archive, Unmanaged.passUnretained(self).toOpaque())
    archive_read_set_read_callback(archive) { _, context, start in
      guard let context else { return -1 }
      let handle = Unmanaged<ArchiveHandle>.fromOpaque(context).takeUnretainedValue()
      return handle.read(into: start)
    }
    guard upstream is any SeekableSource else { return }
    archive_read_set_seek_callback(archive) { _, context, offset, origin in
      guard let context else { return -1 }
      let handle = Unmanaged<ArchiveHandle>.fromOpaque(context).takeUnretainedValue()
      return handle.seek(to: offset, from: origin)
    }
  }

  private func read(into start: UnsafeMutablePointer<UnsafeRawPointer?>?) -> Int {
    guard sourceFailure == nil else { return -1 }
    do {
      guard let chunk = try upstream.next() else { return 0 }
      start?.pointee = chunk.baseAddress
      bytesSupplied += chunk.count
      return chunk.count
    } catch {
      sourceFailure = error
      isBroken = true
      return -1
    }
  }

  private func seek(to offset: la_int64_t, from origin: Int32) -> la_int64_t {
    guard let source = upstream as? any SeekableSource else { return -1 }
    let base: Int
    switch origin {
    case SEEK_SET: base = 0
    case SEEK_CUR: base = source.offset
    default: base = source.byteCount
    }
    let (target, overflow) = base.addingReportingOverflow(Int(offset))
    guard !overflow, target >= 0 else { return -1 }
    source.seek(to: target)
    return la_int64_t(source.offset)
  }

  /// The error behind a status that is not success.
  private func failure(_ status: Int32 = ARCHIVE_FATAL, afterBytes count: Int) -> ArchiveError {
    if status == ARCHIVE_FATAL { isBroken = true }
    if let sourceFailure { return sourceFailure }
    if isOpen, archive_read_has_encrypted_entries(archive) > 0, message.contains("ncrypt") {
      return ArchiveError(.encrypted)
    }
    if status == ARCHIVE_FAILED || message.hasPrefix("Unsupported") {
      return ArchiveError(.unsupportedEntry(reason: message))
    }
    if message.contains("runcated") { return ArchiveError(.truncated(bytesRead: count)) }
    return ArchiveError(.damaged(reason: message, bytesRead: count))
  }

  /// libarchive's words, escaped: they may quote the archive.
  private var message: String {
    guard isOpen else { return "its header or its table of contents cannot be read" }
    guard let text = archive_error_string(archive) else { return "no reason given" }
    return EntryName.escaped(String(cString: text))
  }
}

extension Compression {
  fileprivate var filterCode: Int32 {
    switch self {
    case .gzip: preconditionFailure("gzip is read by GzipSource, which checks it")
    case .bzip2: ARCHIVE_FILTER_BZIP2
    case .xz: ARCHIVE_FILTER_XZ
    case .zstd: ARCHIVE_FILTER_ZSTD
    }
  }
}

/// The locale in which libarchive converts names: UTF-8, whatever the environment says.
enum UTF8Locale {
  private nonisolated(unsafe) static let locale = newlocale(1 << LC_CTYPE, "C.UTF-8", nil)

  /// Runs a call with the thread's locale set.
  static func with<Result>(_ body: () -> Result) -> Result {
    guard let locale else { return body() }
    let previous = uselocale(locale)
    defer { uselocale(previous) }
    return body()
  }
}
