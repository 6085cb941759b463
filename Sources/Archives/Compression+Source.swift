extension Compression {
  /// The decompressed content of a stream in this compression.
  func source(over upstream: any ByteSource) throws(ArchiveError) -> any ByteSource {
    guard self != .gzip else { return GzipSource(upstream) }
    let handle = try ArchiveHandle(.stream(self), reading: upstream)
    // The raw format has one entry, the whole stream; an empty stream has none.
    guard case .entry = try handle.nextHeader() else { return MemorySource([]) }
    return MemberSource(handle)
  }
}
