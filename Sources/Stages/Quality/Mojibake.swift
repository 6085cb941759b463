/// Counts characters that a wrong decoding left: the replacement character, UTF-8 read as Latin-1 or
/// Windows-1252 (`Ã©`, `â€™`, `Â°`), UTF-8 read as GBK.
enum Mojibake {
  private static let runs: [[UInt8]] = ["锟斤拷", "烫烫烫", "ï»¿"].map { Array($0.utf8) }

  static func count(in text: MeasuredText) -> Int {
    text.bytes.withUnsafeBufferPointer { bytes in
      var count = 0
      for index in bytes.indices where bytes[index] >= 0xc2 {
        switch bytes[index] {
        // U+00C2 and U+00C3, and behind them what continues a sequence of UTF-8.
        case 0xc3 where index + 3 < bytes.count && (0x82...0x83).contains(bytes[index + 1]):
          count += isContinuation(index + 2, bytes) ? 1 : 0
        // U+00E2 U+20AC: quotation marks and dashes.
        case 0xc3 where bytes[(index + 1)...].starts(with: [0xa2, 0xe2, 0x82, 0xac]): count += 1
        case 0xef where bytes[(index + 1)...].starts(with: [0xbf, 0xbd]): count += 1
        case 0xe9, 0xe7, 0xc3:
          count += runs.contains { bytes[index...].starts(with: $0) } ? 1 : 0
        default: break
        }
      }
      return count
    }
  }

  /// Whether U+0080 to U+00BF stand at a place: 0xC2 and a byte that continues.
  private static func isContinuation(_ index: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes[index] == 0xc2 && (0x80...0xbf).contains(bytes[index + 1])
  }
}
