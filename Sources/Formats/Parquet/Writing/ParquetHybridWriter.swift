/// Writes small numbers as runs of one value and as packed bits; what `ParquetHybrid` reads.
enum ParquetHybridWriter {
  /// The runs of the values, of `width` bits each.
  static func bytes(of values: [UInt16], width: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    var packed = 0..<0
    var place = 0
    while place < values.count {
      let run = packed.count % 8 == 0 ? runLength(in: values, from: place) : 0
      if run >= 8 {
        pack(values[packed], width, into: &bytes)
        bytes.appendVarint(UInt64(run) << 1)
        for byte in 0..<(width + 7) / 8 {
          bytes.append(UInt8(truncatingIfNeeded: values[place] >> UInt16(8 * byte)))
        }
        place += run
        packed = place..<place
      } else {
        place += 1
        packed = packed.lowerBound..<place
      }
    }
    pack(values[packed], width, into: &bytes)
    return bytes
  }

  private static func runLength(in values: [UInt16], from start: Int) -> Int {
    var end = start + 1
    while end < values.count, values[end] == values[start] { end += 1 }
    return end - start
  }

  /// Packs values in groups of eight, the last filled up with zeros.
  private static func pack(_ values: ArraySlice<UInt16>, _ width: Int, into bytes: inout [UInt8]) {
    guard !values.isEmpty else { return }
    let groups = (values.count + 7) / 8
    bytes.appendVarint(UInt64(groups) << 1 | 1)
    let end = bytes.count + groups * width
    var (bits, count): (UInt64, Int) = (0, 0)
    for value in values {
      bits |= UInt64(value) << UInt64(count)
      count += width
      while count >= 8 {
        bytes.append(UInt8(truncatingIfNeeded: bits))
        bits >>= 8
        count -= 8
      }
    }
    if count > 0 { bytes.append(UInt8(truncatingIfNeeded: bits)) }
    bytes.append(contentsOf: repeatElement(0, count: end - bytes.count))
  }
}
