/// Whole numbers as differences, packed in blocks: `DELTA_BINARY_PACKED`.
///
/// Format: github.com/apache/parquet-format, Encodings.md, "Delta Encoding".
struct ParquetDelta {
  private var bytes: ParquetBytes
  private let miniblocks: Int
  private let miniblockValues: Int
  /// The values that are left, the first included.
  private(set) var left: Int
  private var value: Int64
  private var isFirst = true
  private var minimum: Int64 = 0
  /// The widths of the block's miniblocks that are still to come.
  private var widths: ArraySlice<UInt8> = []
  private var miniblock = Miniblock()

  private struct Miniblock {
    var left = 0
    var width = 0
    var bit = 0
    var end = 0
  }

  init(_ bytes: ParquetBytes) throws(ParquetFault) {
    var bytes = bytes
    let blockValues = try bytes.length()
    miniblocks = try bytes.length()
    left = try bytes.length()
    value = try bytes.zigzag()
    self.bytes = bytes
    guard blockValues % 128 == 0, (128...1 << 24).contains(blockValues),
      (1...512).contains(miniblocks), blockValues % (miniblocks * 32) == 0
    else { throw .malformed("a delta page has blocks of \(blockValues) in \(miniblocks) parts") }
    miniblockValues = blockValues / miniblocks
  }

  /// Puts the next values at the end of `values`.
  mutating func read(_ count: Int, into values: inout [Int64]) throws(ParquetFault) {
    guard count <= left else {
      throw .malformed("a delta page has fewer values than its header says")
    }
    var wanted = count
    if wanted > 0, isFirst {
      isFirst = false
      values.append(value)
      wanted -= 1
    }
    while wanted > 0 {
      while miniblock.left == 0 { try startMiniblock() }
      let length = min(wanted, miniblock.left)
      try unpack(length, into: &values)
      wanted -= length
    }
    left -= count
  }

  /// What follows the last value: the bytes behind the last miniblock that has values.
  func rest() throws(ParquetFault) -> ParquetBytes {
    var scan = self
    var toCome = left - (isFirst ? 1 : 0) - miniblock.left
    while toCome > 0 {
      try scan.startMiniblock()
      toCome -= miniblockValues
    }
    return scan.bytes
  }

  private mutating func startMiniblock() throws(ParquetFault) {
    if widths.isEmpty {
      minimum = try bytes.zigzag()
      let part = try bytes.take(miniblocks)
      widths = part.bytes[part.offset..<part.end]
    }
    let width = Int(widths.removeFirst())
    guard width <= 64 else { throw .malformed("a delta page has values of \(width) bits") }
    let start = bytes.offset
    // Writers may leave out the padding of the last one.
    bytes.skip(upTo: miniblockValues / 8 * width)
    miniblock = Miniblock(
      left: miniblockValues, width: width, bit: start * 8, end: bytes.offset * 8)
  }

  private mutating func unpack(_ count: Int, into values: inout [Int64]) throws(ParquetFault) {
    var part = miniblock
    guard count * part.width <= part.end - part.bit else { throw .endsInside("packed differences") }
    var value = value
    bytes.bytes.withUnsafeBytes { buffer in
      for _ in 0..<count {
        let difference = PackedBits.value(in: buffer, bit: part.bit, width: part.width)
        value = value &+ minimum &+ Int64(bitPattern: difference)
        values.append(value)
        part.bit += part.width
      }
    }
    self.value = value
    part.left -= count
    miniblock = part
  }
}
