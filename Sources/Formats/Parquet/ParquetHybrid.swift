/// Small numbers as runs of one value and as packed bits, by turns: levels, places in dictionaries,
/// flags.
///
/// Format: github.com/apache/parquet-format, Encodings.md, "Run Length Encoding / Bit-Packing Hybrid".
struct ParquetHybrid {
  private var bytes: ParquetBytes
  private let width: Int
  /// The values that are left of the run.
  private var left: Int
  /// The value of a run of one.
  private var value: UInt32 = 0
  /// The bits of a packed run; nil in a run of one.
  private var packed: Packed?

  private struct Packed {
    var bit: Int
    var end: Int
  }

  /// - Parameter width: the bits of a value, 32 at most; values of none are all 0.
  init(_ bytes: ParquetBytes, width: Int) {
    self.bytes = bytes
    self.width = width
    left = width == 0 ? .max : 0
  }

  /// Flags as `PLAIN` has them: packed bits, without runs.
  init(flags bytes: ParquetBytes) {
    self.bytes = bytes
    width = 1
    left = .max
    packed = Packed(bit: bytes.offset * 8, end: bytes.end * 8)
  }

  /// Puts the next values at the end of `values`.
  mutating func read(_ count: Int, into values: inout [UInt32]) throws(ParquetFault) {
    var wanted = count
    while wanted > 0 {
      while left == 0 { try startRun() }
      let length = min(wanted, left)
      if packed == nil {
        values.append(contentsOf: repeatElement(value, count: length))
      } else {
        try unpack(length, into: &values)
      }
      left -= length
      wanted -= length
    }
  }

  private mutating func startRun() throws(ParquetFault) {
    let header = try bytes.length()
    left = header >> 1
    guard header & 1 == 1 else {
      value = try bytes.littleEndian((width + 7) / 8)
      packed = nil
      return
    }
    // Groups of eight; writers may leave out the end of the last one.
    guard left <= Int.max / 64 else { throw .malformed("a run is longer than any file") }
    let start = bytes.offset
    bytes.skip(upTo: left * width)
    packed = Packed(bit: start * 8, end: bytes.offset * 8)
    left *= 8
  }

  private mutating func unpack(
    _ count: Int, into values: inout [UInt32]
  ) throws(ParquetFault) {
    guard var run = packed, count * width <= run.end - run.bit else {
      throw .endsInside("packed values")
    }
    let width = width
    bytes.bytes.withUnsafeBytes { buffer in
      for _ in 0..<count {
        let value = PackedBits.value(in: buffer, bit: run.bit, width: width)
        values.append(UInt32(truncatingIfNeeded: value))
        run.bit += width
      }
    }
    packed = run
  }
}
