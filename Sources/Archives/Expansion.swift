/// What one opened file has given out, held against its limits.
final class Expansion {
  let limits: ArchiveLimits
  private let file: FileSource
  private let tally: ReadTally
  /// Bytes of members given out so far.
  private var delivered = 0
  /// The limit on the archive as a whole that was exceeded; nothing more is read from it then.
  private(set) var exceeded: ArchiveError?

  init(of file: FileSource, limits: ArchiveLimits, tally: ReadTally) {
    self.file = file
    self.limits = limits
    self.tally = tally
  }

  /// Requires that bytes given out stand in a believable ratio to the bytes read for them.
  ///
  /// The measure is at most the file's size: entries that share the same compressed bytes count
  /// them once.
  func requireRatio(_ expanded: Int) throws(ArchiveError) {
    guard expanded > limits.freeBytes else { return }
    let compressed = max(min(file.bytesRead, file.byteCount), 1)
    guard expanded / compressed >= limits.ratio else { return }
    throw exceed(.ratio)
  }

  /// Counts bytes of a member that were given out.
  func deliver(_ count: Int) throws(ArchiveError) {
    delivered += count
    try requireRatio(delivered)
    guard tally.addExpanded(count) <= limits.runBytes else { throw exceed(.runBytes) }
  }

  private func exceed(_ name: ArchiveLimits.Name) -> ArchiveError {
    let error = ArchiveError(.limitExceeded(name, limit: limits[name]))
    exceeded = error
    return error
  }
}

/// A decompressed or extracted stream, its bytes counted against the limits.
final class MeteredSource: ByteSource {
  private let upstream: any ByteSource
  private let expansion: Expansion
  /// The limit on bytes that go to a reader; nil for what is on the way to another layer.
  private let limit: ArchiveLimits.Name?
  private var count = 0
  private var failure: ArchiveError?

  init(
    _ upstream: any ByteSource, _ expansion: Expansion,
    deliversUnder limit: ArchiveLimits.Name? = nil
  ) {
    self.upstream = upstream
    self.expansion = expansion
    self.limit = limit
  }

  func next() throws(ArchiveError) -> UnsafeRawBufferPointer? {
    if let failure { throw failure }
    do {
      guard let chunk = try upstream.next() else { return nil }
      try add(chunk.count)
      return chunk
    } catch {
      failure = error
      throw error
    }
  }

  private func add(_ bytes: Int) throws(ArchiveError) {
    count += bytes
    guard let limit else { return try expansion.requireRatio(count) }
    let maximum = expansion.limits[limit]
    guard count <= maximum else { throw ArchiveError(.limitExceeded(limit, limit: maximum)) }
    try expansion.deliver(bytes)
  }
}
