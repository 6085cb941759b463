import CZlib
import Records

/// Compresses bytes to one gzip member without name or time, so that equal input gives equal bytes.
package final class GzipWriter {
  private let stream: UnsafeMutablePointer<z_stream>

  /// - Throws: `Diagnostic` when zlib has no memory.
  package init() throws {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // 15 + 16: the largest window, and a gzip header instead of zlib's.
    let status = deflateInit2_(
      stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { throw Diagnostic("zlib cannot start compressing") }
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  /// The compressed bytes that are due after `bytes` were added; often none.
  package func compress(_ bytes: ArraySlice<UInt8>) throws -> [UInt8] {
    try bytes.withUnsafeBufferPointer { try run($0, flush: Z_NO_FLUSH) }
  }

  /// The last compressed bytes.
  package func finish() throws -> [UInt8] {
    try run(UnsafeBufferPointer(start: nil, count: 0), flush: Z_FINISH)
  }

  private func run(_ bytes: UnsafeBufferPointer<UInt8>, flush: Int32) throws -> [UInt8] {
    var output: [UInt8] = []
    stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
    stream.pointee.avail_in = UInt32(bytes.count)
    repeat {
      let piece = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
        stream.pointee.next_out = buffer.baseAddress
        stream.pointee.avail_out = UInt32(buffer.count)
        _ = deflate(stream, flush)
        count = buffer.count - Int(stream.pointee.avail_out)
      }
      output += piece
    } while stream.pointee.avail_out == 0
    guard stream.pointee.avail_in == 0 else { throw Diagnostic("zlib cannot go on compressing") }
    return output
  }
}
