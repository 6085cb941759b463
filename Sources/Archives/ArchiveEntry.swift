import Records

/// One entry of an archive: a path and a stream of decompressed bytes.
///
/// An entry is read once, before the next one is asked for. An entry that is refused (encrypted,
/// nested too deep, damaged from its first byte) is given out like the others and throws when it
/// is read, so that no entry goes missing without a word.
package final class ArchiveEntry: EntryBytes {
  /// The path inside the archive, escaped for printing; the file's name, without the ending of its
  /// compression, for a bare file.
  package let path: String
  /// The 0-based number among all members of the archive, skipped and nested ones included: what
  /// tells two entries of the same name apart.
  package let ordinal: Int
  /// The size that the archive claims, for progress only; nil when it claims none.
  package let sizeHint: Int?
  /// Why the entry cannot be read, when that is known beforehand.
  package let refusal: ArchiveError?

  package var archive: String { position.file ?? "" }

  private var content: (any ByteSource)?
  private let position: Position

  init(
    path: String, ordinal: Int, sizeHint: Int?, content: any ByteSource, at position: Position
  ) {
    self.path = path
    self.ordinal = ordinal
    self.sizeHint = sizeHint
    self.content = content
    self.position = position
    refusal = nil
  }

  init(path: String, ordinal: Int, refusal: ArchiveError, at position: Position) {
    self.path = path
    self.ordinal = ordinal
    self.position = position
    self.refusal = refusal.within(file: position.file, entry: position.entry)
    sizeHint = nil
    content = nil
  }

  /// Calls `body` with the next piece of the entry's bytes until there is none or `body` throws.
  ///
  /// Checksums are checked at the end, so what was read counts only once this returns. Reading
  /// again gives nothing.
  ///
  /// - Throws: `ArchiveError` with the place and how many bytes were read, or what `body` throws.
  package func forEachChunk(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    while let chunk = try readChunk() { try body(chunk) }
  }

  /// The next piece of the entry's bytes, valid until the next is asked for; nil at the end.
  ///
  /// For readers that must wait between pieces, which the body of `forEachChunk` cannot.
  package func readChunk() throws(ArchiveError) -> UnsafeRawBufferPointer? {
    if let refusal { throw refusal }
    if let chunk = try nextChunk() { return chunk }
    content = nil
    return nil
  }

  /// The next piece of the entry's bytes, valid until the next call; nil at the end.
  ///
  /// For readers of several entries side by side; others use `forEachChunk`.
  package func next() throws -> UnsafeRawBufferPointer? {
    if let refusal { throw refusal }
    return try nextChunk()
  }

  /// Ends the entry's life: its source moves on to the next.
  func close() { content = nil }

  private func nextChunk() throws(ArchiveError) -> UnsafeRawBufferPointer? {
    do {
      return try content?.next()
    } catch {
      throw error.within(file: position.file, entry: position.entry)
    }
  }
}
