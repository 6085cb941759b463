import Records

/// A 128-bit hash as two halves, wide enough that equal digests mean equal content.
package struct Digest128: Sendable, Hashable, Comparable, BitwiseCopyable {
  package var high: UInt64
  package var low: UInt64

  /// The digest of nothing: what a text without content has.
  package static let none = Digest128(high: 0, low: 0)

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The digest of a key, such as a record's id.
  package init(of key: String) {
    high = StableHash.of(seed: 0x6d61_7465, purpose: "digest-high", key)
    low = StableHash.of(seed: 0x7269_6121, purpose: "digest-low", key)
  }

  package static func < (first: Digest128, second: Digest128) -> Bool {
    first.high == second.high ? first.low < second.low : first.high < second.high
  }
}

/// The multiply-and-fold step that the hashes of words, shingles and bands are made of.
enum Mix {
  /// Constants without pattern, with about half their bits set (from wyhash).
  static let first: UInt64 = 0xa076_1d64_78bd_642f
  static let second: UInt64 = 0xe703_7ed1_a0b4_28db
  static let third: UInt64 = 0x8ebc_6af0_9c88_c6e3

  /// The halves of the 128-bit product, folded into one.
  @inline(__always)
  static func fold(_ value: UInt64, _ multiplier: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: multiplier)
    return product.high ^ product.low
  }
}

/// SplitMix64: the fixed constants of the permutations, and seeded draws in tests.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return value ^ (value >> 31)
  }
}
