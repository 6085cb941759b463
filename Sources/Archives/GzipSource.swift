import CZlib

/// The content of gzip members, one after another, with each member's CRC-32 and length checked.
///
/// libarchive's gzip filter checks neither (measured on 3.6.2), so no gzip goes through it. Zeros
/// after the last member are padding (RFC 1952 says nothing, tapes and `dd` write them); anything
/// else there is damage.
final class GzipSource: ByteSource {
  private let upstream: any ByteSource
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  // 256 KiB in and out: larger buffers leave the cache and were slower.
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 64)
  private var bytesOut = 0
  private var isInsideMember = true
  private var isAtEnd = false
  private var failure: ArchiveError?

  init(_ upstream: any ByteSource) {
    self.upstream = upstream
    stream.initialize(to: z_stream())
    let gzipOnly: Int32 = 15 + 16
    let size = Int32(MemoryLayout<z_stream>.size)
    let status = inflateInit2_(stream, gzipOnly, ZLIB_VERSION, size)
    precondition(status == Z_OK, "zlib has memory for its state")
  }

  deinit {
    inflateEnd(stream)
    stream.deinitialize(count: 1)
    stream.deallocate()
    buffer.deallocate()
  }

  func next() throws(ArchiveError) -> UnsafeRawBufferPointer? {
    if let failure { throw failure }
    do {
      return try inflated()
    } catch {
      failure = error
      // What was inflated before the damage goes first, so that its records are counted.
      let count = buffer.count - Int(stream.pointee.avail_out)
      guard count > 0 else { throw error }
      return UnsafeRawBufferPointer(rebasing: buffer.prefix(count))
    }
  }

  /// Fills the buffer as far as the input goes.
  private func inflated() throws(ArchiveError) -> UnsafeRawBufferPointer? {
    stream.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(buffer.count)
    while !isAtEnd, stream.pointee.avail_out > 0 {
      if stream.pointee.avail_in == 0, try !refill() { break }
      if isInsideMember { try inflateOnce() } else { try startNextMember() }
    }
    let count = buffer.count - Int(stream.pointee.avail_out)
    bytesOut += count
    return count == 0 ? nil : UnsafeRawBufferPointer(rebasing: buffer.prefix(count))
  }

  private func inflateOnce() throws(ArchiveError) {
    switch CZlib.inflate(stream, Z_NO_FLUSH) {
    case Z_OK, Z_BUF_ERROR: return
    case Z_STREAM_END: isInsideMember = false
    default: throw damage(stream.pointee.msg.map { String(cString: $0) } ?? "bad gzip data")
    }
  }

  /// Looks at what follows a member: another one, padding, or something that is no gzip.
  private func startNextMember() throws(ArchiveError) {
    guard let first = stream.pointee.next_in?.pointee else { return }
    switch first {
    case 0x1F:
      inflateReset(stream)
      isInsideMember = true
    case 0: try skipPadding()
    default: throw damage("the bytes after the last gzip member are not gzip")
    }
  }

  private func skipPadding() throws(ArchiveError) {
    repeat {
      let rest = UnsafeBufferPointer(
        start: stream.pointee.next_in, count: Int(stream.pointee.avail_in))
      guard rest.allSatisfy({ $0 == 0 }) else {
        throw damage("the bytes after the last gzip member are not gzip")
      }
      stream.pointee.avail_in = 0
    } while try refill()
    isAtEnd = true
  }

  /// Fetches compressed bytes; false at the end of the input, which must be the end of a member.
  private func refill() throws(ArchiveError) -> Bool {
    if let chunk = try upstream.next() {
      let start = chunk.baseAddress?.assumingMemoryBound(to: UInt8.self)
      stream.pointee.next_in = UnsafeMutablePointer(mutating: start)
      stream.pointee.avail_in = UInt32(chunk.count)
      return true
    }
    isAtEnd = true
    guard !isInsideMember else { throw ArchiveError(.truncated(bytesRead: bytesSoFar)) }
    return false
  }

  private func damage(_ reason: String) -> ArchiveError {
    ArchiveError(.damaged(reason: reason, bytesRead: bytesSoFar))
  }

  private var bytesSoFar: Int { bytesOut + buffer.count - Int(stream.pointee.avail_out) }
}
