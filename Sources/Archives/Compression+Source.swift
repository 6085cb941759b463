extension Compression {
  /// The decompressed content of a stream in this compression.
  func source(over upstream: any ByteSource) throws(ArchiveError) -> any ByteSource {
    guard self != .gzip else { return GzipSource(upstream) }
    let handle = try ArchiveHandle(.stream(self), reading: upstream)
    // The raw format has one entry, the whole stream; an empty stream has none.
    guard case .entry = try handle.nextHeader() else { return MemorySource([]) }
    return StreamSource(handle, compression: self)
  }
}

/// The content of a bare bzip2, xz or zstd stream, all of it accounted for.
private final class StreamSource: ByteSource {
  private let handle: ArchiveHandle
  private let compression: Compression
  private let content: MemberSource

  init(_ handle: ArchiveHandle, compression: Compression) {
    self.handle = handle
    self.compression = compression
    content = MemberSource(handle)
  }

  /// libarchive's bzip2 filter stops without a word at bytes that are no bzip2; xz and zstd refuse.
  func next() throws(ArchiveError) -> UnsafeRawBufferPointer? {
    if let chunk = try content.next() { return chunk }
    guard handle.bytesUsed == handle.bytesSupplied else {
      let reason = "the bytes after the last \(compression.rawValue) stream are not its own"
      throw ArchiveError(.damaged(reason: reason, bytesRead: content.bytesOut))
    }
    return nil
  }
}
