/// The form of a document: what it says apart from its long texts.
extension JSONDocument {
  /// How many bytes a string of a form may have; of longer ones only the length's being so counts.
  package static let maximumFormTextBytes = 32

  /// A hash of keys, types, numbers and short strings in their order.
  ///
  /// Rows of one form differ in texts of more than `maximumFormTextBytes` bytes (decoded: a string
  /// whose escapes might make it shorter is hashed whole), so that what does not look into these is
  /// the same for all of them. The same on every run and machine.
  package var form: UInt64 {
    tape.withUnsafeBufferPointer { tape in
      bytes.withUnsafeBytes { bytes in
        var hash: UInt64 = 0x2545_f491_4f6c_dd1d
        for entry in tape { Self.mix(entry, bytes, into: &hash) }
        return hash
      }
    }
  }

  @inline(__always)
  private static func mix(
    _ entry: JSONTapeEntry, _ bytes: UnsafeRawBufferPointer, into hash: inout UInt64
  ) {
    let start = Int(entry.start)
    let count = Int(entry.end) &- start
    switch entry.kind {
    case .array, .object: fold(UInt64(entry.kind.rawValue) | UInt64(entry.count) &<< 8, &hash)
    case .string where isLong(entry, bytes): fold(0xff, &hash)
    default:
      fold(UInt64(entry.kind.rawValue) | UInt64(count) &<< 8, &hash)
      var offset = start
      while offset &+ 8 <= start &+ count {
        fold(bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian, &hash)
        offset &+= 8
      }
      var tail: UInt64 = 0
      while offset < start &+ count {
        tail = tail &<< 8 | UInt64(bytes[offset])
        offset &+= 1
      }
      fold(tail, &hash)
    }
  }

  /// Whether a string's text is surely longer than what forms hold: an escape takes two bytes for one of
  /// text, or six for `\u`.
  private static func isLong(_ entry: JSONTapeEntry, _ bytes: UnsafeRawBufferPointer) -> Bool {
    let count = Int(entry.end &- entry.start)
    guard entry.hasEscapes else { return count > maximumFormTextBytes }
    if count > 6 * maximumFormTextBytes { return true }
    guard count > 2 * maximumFormTextBytes else { return false }
    var index = Int(entry.start)
    while index &+ 1 < Int(entry.end) {
      if bytes[index] == UInt8(ascii: "\\") {
        if bytes[index &+ 1] == UInt8(ascii: "u") { return false }
        index &+= 1
      }
      index &+= 1
    }
    return true
  }

  @inline(__always)
  private static func fold(_ value: UInt64, _ hash: inout UInt64) {
    let product = (hash ^ value).multipliedFullWidth(by: 0xa076_1d64_78bd_642f)
    hash = product.high ^ product.low &+ 0x9e37_79b9_7f4a_7c15
  }
}
