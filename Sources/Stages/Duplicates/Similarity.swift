import CMinHash

/// How alike two sets of shingles are.
enum Similarity {
  /// Bounds on sizes must not lose a pair to the last bit of a product such as 0.7 · 30.
  static let roundingSlack = 1e-9

  /// The Jaccard similarity of two sorted sets: what they share, of all they have.
  static func jaccard(_ first: [UInt64], _ second: [UInt64]) -> Double {
    jaccard(first, second, common: commonCount(first, second, least: 0))
  }

  /// Whether the similarity of two sorted sets is the threshold or more; found out without reading
  /// to the end where they are clearly not.
  static func reaches(_ threshold: Double, _ first: [UInt64], _ second: [UInt64]) -> Bool {
    let total = Double(first.count + second.count)
    let least = (threshold / (1 + threshold) * total - roundingSlack).rounded(.up)
    let common = commonCount(first, second, least: Int(least))
    return jaccard(first, second, common: common) >= threshold
  }

  /// Whether sets of these sizes can reach the threshold at all.
  static func canReach(_ threshold: Double, _ first: Int, _ second: Int) -> Bool {
    Double(min(first, second)) >= threshold * Double(max(first, second)) - roundingSlack
  }

  private static func jaccard(_ first: [UInt64], _ second: [UInt64], common: Int) -> Double {
    guard common > 0 else { return 0 }
    return Double(common) / Double(first.count + second.count - common)
  }

  private static func commonCount(_ first: [UInt64], _ second: [UInt64], least: Int) -> Int {
    first.withUnsafeBufferPointer { one in
      second.withUnsafeBufferPointer { two in
        guard let left = one.baseAddress, let right = two.baseAddress else { return 0 }
        return materia_common_count(left, one.count, right, two.count, least)
      }
    }
  }
}
