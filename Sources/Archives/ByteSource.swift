import Glibc

/// A stream of bytes that is pulled.
///
/// Sources stack: a file, the inflater over it, the member of the tar in that, and so on. An error
/// is final: a source that has thrown throws the same again.
protocol ByteSource: AnyObject {
  /// The next piece, never empty, valid until the next call; nil at the end.
  func next() throws(ArchiveError) -> UnsafeRawBufferPointer?
}

/// A source that can go back: what zip and 7z need.
protocol SeekableSource: ByteSource {
  var byteCount: Int { get }
  var offset: Int { get }
  func seek(to offset: Int)
}

/// Bytes in memory as a source.
final class MemorySource: SeekableSource {
  private let buffer: UnsafeMutableRawBufferPointer
  private(set) var offset = 0

  init(_ bytes: [UInt8]) {
    buffer = .allocate(byteCount: bytes.count, alignment: 16)
    buffer.copyBytes(from: bytes)
  }

  deinit { buffer.deallocate() }

  var byteCount: Int { buffer.count }

  func next() -> UnsafeRawBufferPointer? {
    guard offset < buffer.count else { return nil }
    defer { offset = buffer.count }
    return UnsafeRawBufferPointer(rebasing: buffer[offset...])
  }

  func seek(to offset: Int) { self.offset = min(max(offset, 0), buffer.count) }
}

/// A source whose first bytes can be looked at before it is read.
final class PeekedSource: ByteSource {
  private let upstream: any ByteSource
  /// What was looked at and is still to be given out.
  private var head: UnsafeRawBufferPointer?
  private var storage: MemorySource?

  init(_ upstream: any ByteSource) { self.upstream = upstream }

  /// The first bytes, up to a count; fewer when the source is shorter.
  func peek(_ count: Int) throws(ArchiveError) -> UnsafeRawBufferPointer {
    if let head { return UnsafeRawBufferPointer(rebasing: head.prefix(count)) }
    guard let first = try upstream.next() else {
      return UnsafeRawBufferPointer(start: nil, count: 0)
    }
    head = first.count >= count ? first : try gather(first, count)
    return UnsafeRawBufferPointer(rebasing: (head ?? first).prefix(count))
  }

  func next() throws(ArchiveError) -> UnsafeRawBufferPointer? {
    guard let head else { return try upstream.next() }
    self.head = nil
    return head
  }

  /// Puts small first pieces together.
  private func gather(
    _ first: UnsafeRawBufferPointer, _ count: Int
  ) throws(ArchiveError) -> UnsafeRawBufferPointer? {
    var bytes = [UInt8](first)
    while bytes.count < count, let more = try upstream.next() { bytes.append(contentsOf: more) }
    let memory = MemorySource(bytes)
    storage = memory
    return memory.next()
  }
}

extension ByteSource {
  /// Reads to the end, so that what is checked at the end is checked.
  func drain() throws(ArchiveError) {
    while try next() != nil {}
  }
}

extension SeekableSource {
  /// The bytes at a place, fewer at the end; leaves the source somewhere behind them.
  func bytes(from offset: Int, count: Int) throws(ArchiveError) -> [UInt8] {
    seek(to: offset)
    var bytes: [UInt8] = []
    while bytes.count < count, let chunk = try next() { bytes.append(contentsOf: chunk) }
    return Array(bytes.prefix(count))
  }
}
