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
  /// Whether the bytes hold the others in one piece.
  fileprivate func contains(_ other: UnsafeRawBufferPointer) -> Bool {
    firstPlace(of: other, from: 0) != nil
  }

  /// Where the others stand in one piece, at `start` or behind; `memchr` finds the candidates.
  func firstPlace(of other: UnsafeRawBufferPointer, from start: Int) -> Int? {
    guard let wanted = other.baseAddress, let first = other.first else { return start }
    guard count - start >= other.count, let base = baseAddress else { return nil }
    var place = base + start
    let last = base + (count - other.count)
    while place <= last, let found = memchr(place, Int32(first), last - place + 1) {
      if memcmp(found, wanted, other.count) == 0 { return UnsafeRawPointer(found) - base }
      place = UnsafeRawPointer(found) + 1
    }
    return nil
  }
}
