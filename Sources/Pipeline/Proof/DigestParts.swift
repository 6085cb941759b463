import Stages

/// The digests of held-out rows, with the parts that each is in.
struct DigestParts: Sendable {
  private var places: [Digest128: UInt32] = [:]
  /// The parts that have the digest of a place, bit n for part n.
  private(set) var masks: [UInt32] = []

  /// The place of what is no digest.
  static let noPlace = UInt32.max

  /// Notes that a part has a digest; returns its place.
  mutating func add(_ digest: Digest128, part: Int) -> UInt32 {
    guard digest != .none else { return Self.noPlace }
    let place = places[digest] ?? UInt32(masks.count)
    if place == masks.count {
      places[digest] = place
      masks.append(0)
    }
    masks[Int(place)] |= 1 << UInt32(part)
    return place
  }

  /// The place of a digest and the parts that have it, of those in `parts`; nil when none has.
  func match(_ digest: Digest128, in parts: UInt32) -> (place: UInt32, mask: UInt32)? {
    guard digest != .none, let place = places[digest] else { return nil }
    let mask = masks[Int(place)] & parts
    return mask == 0 ? nil : (place, mask)
  }
}

/// Which splits were found to have the digests of held-out rows, bit n for the split of rank n.
struct SplitMarks: Sendable {
  private var splits: [UInt8]

  init(count: Int) { splits = [UInt8](repeating: 0, count: count) }

  mutating func mark(_ place: UInt32, _ split: Int) { splits[Int(place)] |= 1 << UInt8(split) }

  func has(_ place: UInt32, _ split: Int) -> Bool {
    place != DigestParts.noPlace && splits[Int(place)] & 1 << UInt8(split) != 0
  }
}
