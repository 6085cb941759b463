/// A fast 64-bit hash of bytes that is the same on every run and machine.
///
/// Rows are compared by it, so it must spread well; it need not withstand an attacker, who could hide
/// nothing but a duplicate of his own rows. Eight bytes a step, folded as wyhash folds.
struct RowHash {
  private static let first: UInt64 = 0xa076_1d64_78bd_642f
  private static let second: UInt64 = 0xe703_7ed1_a0b4_28db

  /// The hash of bytes.
  static func of(_ bytes: UnsafeRawBufferPointer, seed: UInt64 = 0) -> UInt64 {
    var state = seed ^ first
    var other = seed ^ second
    var index = 0
    while index &+ 16 <= bytes.count {
      state = fold(state ^ load(bytes, index), first)
      other = fold(other ^ load(bytes, index &+ 8), second)
      index &+= 16
    }
    var tail: UInt64 = 0
    var shift: UInt64 = 0
    while index < bytes.count {
      tail |= UInt64(bytes[index]) &<< shift
      shift &+= 8
      index &+= 1
      if shift == 64 {
        state = fold(state ^ tail, first)
        tail = 0
        shift = 0
      }
    }
    state = fold(state ^ tail, second)
    return fold(state ^ other &+ UInt64(truncatingIfNeeded: bytes.count), first)
  }

  /// The hash of text.
  static func of(_ text: String, seed: UInt64 = 0) -> UInt64 {
    var text = text
    return text.withUTF8 { of(UnsafeRawBufferPointer($0), seed: seed) }
  }

  /// Two hashes, or a hash and a number, in one; the order matters.
  @inline(__always)
  static func join(_ hash: UInt64, _ next: UInt64) -> UInt64 {
    fold(fold(hash ^ first, second) &+ next, first)
  }

  @inline(__always)
  private static func load(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> UInt64 {
    bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian
  }

  @inline(__always)
  private static func fold(_ value: UInt64, _ multiplier: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: multiplier)
    return product.high ^ product.low ^ value
  }
}
