import CSnappy
import CZlib
import CZstd

/// How pages are packed, by the numbers of the format.
enum ParquetCodec: Int {
  case none = 0
  case snappy = 1
  case gzip = 2
  case lzo = 3
  case brotli = 4
  case lz4 = 5
  case zstd = 6
  case lz4Raw = 7

  private var name: String {
    switch self {
    case .none: "UNCOMPRESSED"
    case .snappy: "SNAPPY"
    case .gzip: "GZIP"
    case .lzo: "LZO"
    case .brotli: "BROTLI"
    case .lz4: "LZ4"
    case .zstd: "ZSTD"
    case .lz4Raw: "LZ4_RAW"
    }
  }

  /// The codec of a column.
  ///
  /// - Throws: when it is not one of ours.
  static func required(_ code: Int) throws(ParquetFault) -> ParquetCodec {
    guard let codec = ParquetCodec(rawValue: code) else { throw .unsupported("codec \(code)") }
    switch codec {
    case .none, .snappy, .gzip, .zstd: return codec
    case .lzo, .brotli, .lz4, .lz4Raw: throw .unsupported("codec \(codec.name)")
    }
  }

  /// The page's bytes unpacked to `count`, which the caller has held against its limits.
  func unpacked(_ packed: ParquetBytes, count: Int) throws(ParquetFault) -> ParquetBytes {
    var isWhole = true
    let bytes = packed.withUnsafeBytes { input in
      [UInt8](unsafeUninitializedCapacity: count) { output, filled in
        isWhole = unpack(input, into: UnsafeMutableRawBufferPointer(output))
        filled = isWhole ? count : 0
      }
    }
    guard isWhole else { throw .notUnpackable(codec: name) }
    return ParquetBytes(bytes, 0..<count, name: "an unpacked page")
  }

  /// Whether the input unpacks to exactly the output's length.
  private func unpack(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> Bool {
    switch self {
    case .snappy: Self.unpackSnappy(input, into: output)
    case .gzip: Self.unpackGzip(input, into: output)
    case .zstd:
      ZSTD_decompress(output.baseAddress, output.count, input.baseAddress, input.count)
        == output.count
    case .none, .lzo, .brotli, .lz4, .lz4Raw: false
    }
  }

  private static func unpackSnappy(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> Bool {
    let source = input.bindMemory(to: CChar.self).baseAddress
    var count = 0
    guard snappy_uncompressed_length(source, input.count, &count) == SNAPPY_OK,
      count == output.count
    else { return false }
    // Snappy refuses a null output, which an empty page would be.
    guard count > 0 else { return true }
    let target = output.bindMemory(to: CChar.self).baseAddress
    return snappy_uncompress(source, input.count, target, &count) == SNAPPY_OK
      && count == output.count
  }

  /// Unpacks members of gzip, one after another; some writers split pages so.
  private static func unpackGzip(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> Bool {
    guard let size = UInt32(exactly: input.count), let room = UInt32(exactly: output.count) else {
      return false
    }
    var stream = z_stream()
    let gzipOrZlib: Int32 = 15 + 32
    guard
      inflateInit2_(&stream, gzipOrZlib, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return false }
    defer { inflateEnd(&stream) }
    var spare: UInt8 = 0
    return withUnsafeMutablePointer(to: &spare) { spare in
      stream.next_in = UnsafeMutablePointer(
        mutating: input.bindMemory(to: UInt8.self).baseAddress)
      stream.avail_in = size
      // zlib wants somewhere to write even when nothing is to come.
      stream.next_out = output.bindMemory(to: UInt8.self).baseAddress ?? spare
      stream.avail_out = room
      while inflate(&stream, Z_FINISH) == Z_STREAM_END {
        if stream.avail_in == 0 { return stream.avail_out == 0 }
        guard inflateReset(&stream) == Z_OK else { return false }
      }
      return false
    }
  }

  /// The page's bytes packed.
  ///
  /// - Precondition: the codec is none, Snappy or Zstandard.
  func packed(_ bytes: [UInt8]) -> [UInt8] {
    switch self {
    case .none: return bytes
    case .snappy: return Self.packedWithSnappy(bytes)
    case .zstd:
      return [UInt8](unsafeUninitializedCapacity: ZSTD_compressBound(bytes.count)) {
        output, count in
        count = bytes.withUnsafeBytes {
          ZSTD_compress(
            output.baseAddress, output.count, $0.baseAddress, $0.count, Self.zstdLevel)
        }
        precondition(ZSTD_isError(count) == 0, "there is room for a page that does not shrink")
      }
    case .gzip, .lzo, .brotli, .lz4, .lz4Raw:
      preconditionFailure("pages are not written in codec \(name)")
    }
  }

  /// The level at which Zstandard is as fast as it is small; its own default.
  private static let zstdLevel: Int32 = 3

  private static func packedWithSnappy(_ bytes: [UInt8]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: snappy_max_compressed_length(bytes.count)) {
      output, count in
      count = output.count
      let status = bytes.withUnsafeBytes { input in
        output.withMemoryRebound(to: CChar.self) {
          snappy_compress(
            input.bindMemory(to: CChar.self).baseAddress, input.count, $0.baseAddress, &count)
        }
      }
      precondition(status == SNAPPY_OK, "there is room for a page that does not shrink")
    }
  }

  /// The CRC-32 of bytes as they lie in the file.
  static func checksum(of bytes: UnsafeRawBufferPointer) -> UInt32 {
    UInt32(
      truncatingIfNeeded: crc32_z(0, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count))
  }
}
