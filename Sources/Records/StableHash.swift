/// A 64-bit hash that is the same on every run and machine, unlike Swift's own `Hasher`.
///
/// FNV-1a over the bytes, finished with the 64-bit mix of MurmurHash3 so that near values spread
/// over all bits. Used for seeded choices (split, wording, sampling); not for digests.
package struct StableHash: Sendable {
  private var state: UInt64 = 0xcbf2_9ce4_8422_2325

  package init() {}

  /// Mixes in text, followed by a separator so that ("ab", "c") and ("a", "bc") differ.
  package mutating func combine(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      for byte in bytes { mix(byte) }
    }
    mix(0xff)
  }

  /// Mixes in a number, least significant byte first.
  package mutating func combine(_ number: UInt64) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      mix(UInt8(truncatingIfNeeded: number >> shift))
    }
  }

  package var value: UInt64 {
    var hash = state
    hash ^= hash >> 33
    hash = hash &* 0xff51_afd7_ed55_8ccd
    hash ^= hash >> 33
    hash = hash &* 0xc4ce_b9fe_1a85_ec53
    return hash ^ (hash >> 33)
  }

  private mutating func mix(_ byte: UInt8) {
    state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
  }

  /// The hash of a seed, a purpose and a key: two purposes never make the same choice by accident.
  package static func of(seed: UInt64, purpose: String, _ key: String) -> UInt64 {
    var hash = StableHash()
    hash.combine(seed)
    hash.combine(purpose)
    hash.combine(key)
    return hash.value
  }

  /// The same, as a fraction in 0 ..< 1 with 53 bits.
  package static func fraction(seed: UInt64, purpose: String, _ key: String) -> Double {
    Double(of(seed: seed, purpose: purpose, key) >> 11) * 0x1p-53
  }
}
