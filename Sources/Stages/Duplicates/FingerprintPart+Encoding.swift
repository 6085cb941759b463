/// Parts on disk, between the pass that makes them and the search for copies. Our own bytes, on
/// one machine and for one run.
extension FingerprintPart {
  private struct Head: BitwiseCopyable {
    var entries: Int
    var shingles: Int
    var bandKeys: Int
  }

  /// The part as bytes.
  package func encoded() -> [UInt8] {
    let head = Head(entries: entries.count, shingles: shingles.count, bandKeys: bandKeys.count)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(MemoryLayout<Head>.size + byteCount)
    withUnsafeBytes(of: head) { bytes.append(contentsOf: $0) }
    entries.withUnsafeBytes { bytes.append(contentsOf: $0) }
    shingles.withUnsafeBytes { bytes.append(contentsOf: $0) }
    bandKeys.withUnsafeBytes { bytes.append(contentsOf: $0) }
    return bytes
  }

  /// The part that was encoded.
  package init(decoding bytes: [UInt8]) {
    self.init()
    bytes.withUnsafeBytes { buffer in
      let head = buffer.loadUnaligned(as: Head.self)
      var offset = MemoryLayout<Head>.size
      entries = Self.values(of: head.entries, in: buffer, at: &offset)
      shingles = Self.values(of: head.shingles, in: buffer, at: &offset)
      bandKeys = Self.values(of: head.bandKeys, in: buffer, at: &offset)
    }
  }

  private static func values<Value: BitwiseCopyable>(
    of count: Int, in buffer: UnsafeRawBufferPointer, at offset: inout Int
  ) -> [Value] {
    let size = count * MemoryLayout<Value>.stride
    precondition(offset + size <= buffer.count, "the fingerprints end inside a value")
    defer { offset += size }
    return [Value](unsafeUninitializedCapacity: count) { values, initialized in
      let source = UnsafeRawBufferPointer(rebasing: buffer[offset..<offset + size])
      UnsafeMutableRawBufferPointer(start: values.baseAddress, count: size)
        .copyMemory(from: source)
      initialized = count
    }
  }
}
