extension Container {
  /// The container formats that are enabled.
  enum Format: String, CaseIterable {
    case zip
    case tar
    case sevenZip = "7z"

    init?(firstBytes bytes: UnsafeRawBufferPointer) {
      if Self.isZip(bytes) {
        self = .zip
      } else if bytes.holds([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], at: 0) {
        self = .sevenZip
      } else if Self.isTar(bytes) {
        self = .tar
      } else {
        return nil
      }
    }

    /// Whether the format has its table of contents at the end, so that its source must seek.
    var needsSeeking: Bool { self != .tar }

    /// Whether the bytes open a zip: a local entry, an empty directory, or the mark of a split one.
    private static func isZip(_ bytes: UnsafeRawBufferPointer) -> Bool {
      bytes.holds(Array("PK\u{03}\u{04}".utf8), at: 0)
        || bytes.holds(Array("PK\u{05}\u{06}".utf8), at: 0)
        || bytes.holds(Array("PK00PK\u{03}\u{04}".utf8), at: 0)
    }

    /// Whether the first block is a tar header.
    private static func isTar(_ bytes: UnsafeRawBufferPointer) -> Bool {
      guard bytes.count >= 512 else { return false }
      let block = UnsafeRawBufferPointer(rebasing: bytes.prefix(512))
      return block[0] != 0 && hasTarChecksum(block)
    }

    /// Whether the bytes are the two blocks of zeros that an empty tar consists of; only its name
    /// tells it from any other zeros.
    static func isEmptyTar(_ path: String, _ bytes: UnsafeRawBufferPointer) -> Bool {
      bytes.count >= 1024 && bytes.allSatisfy { $0 == 0 } && ClaimedFormat.of(path) == "tar"
    }

    /// Whether the octal checksum at 148 is the sum of the block, itself counted as blanks.
    ///
    /// Historic writers summed signed bytes; both sums are taken.
    private static func hasTarChecksum(_ block: UnsafeRawBufferPointer) -> Bool {
      guard let stated = octal(block[148..<156]) else { return false }
      var unsigned = 8 * 0x20
      var signed = 8 * 0x20
      for index in block.indices where !(148..<156).contains(index) {
        unsigned += Int(block[index])
        signed += Int(Int8(bitPattern: block[index]))
      }
      return stated == unsigned || stated == signed
    }

    private static func octal(_ field: Slice<UnsafeRawBufferPointer>) -> Int? {
      let digits = field.drop { $0 == 0x20 }.prefix { $0 != 0x20 && $0 != 0 }
      guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x37).contains($0) }) else { return nil }
      return digits.reduce(0) { $0 << 3 + Int($1 - 0x30) }
    }
  }
}
