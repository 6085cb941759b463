import Glibc

extension String {
  /// Whether the text holds the other one byte for byte.
  func contains(bytesOf other: String) -> Bool {
    var text = self
    var other = other
    return text.withUTF8 { text in
      other.withUTF8 { UnsafeRawBufferPointer(text).contains(UnsafeRawBufferPointer($0)) }
    }
  }
}

extension UnsafeRawBufferPointer {
  /// Whether the bytes hold the others in one piece; `memchr` finds the candidates.
  fileprivate func contains(_ other: UnsafeRawBufferPointer) -> Bool {
    guard let wanted = other.baseAddress, let first = other.first else { return true }
    guard count >= other.count, var start = baseAddress else { return false }
    let last = start + (count - other.count)
    while start <= last, let found = memchr(start, Int32(first), last - start + 1) {
      if memcmp(found, wanted, other.count) == 0 { return true }
      start = UnsafeRawPointer(found) + 1
    }
    return false
  }
}
