/// Which copies go.
package struct DuplicateSettings: Sendable, Equatable {
  /// Which member of a cluster of copies survives.
  ///
  /// Priority and licence come before it.
  package enum Keep: String, Sendable, CaseIterable {
    case longest
    case shortest
    /// The one that was read first.
    case first
  }

  /// Which records of those that are linked by pairs of near copies go.
  package enum Cluster: String, Sendable, CaseIterable {
    /// Records are visited from the one that would survive all others to the last; each goes that is
    /// a copy of one that stays. So nothing goes that is not itself alike to what stays for it, and
    /// no two that stay were found alike.
    case star
    /// All but one of what is linked directly or through others (single linkage), as the published
    /// counts of near copies are made. A chain of small steps may lead far.
    case single
  }

  /// How near copies are found: MinHash bands propose pairs, the true Jaccard similarity of their
  /// shingle sets decides.
  package struct Near: Sendable, Equatable {
    /// The least similarity that makes two texts copies.
    package var threshold: Double
    /// The fields that are compared; the record's main fields when empty.
    package var fields: [String]
    package var shingleWords: Int
    /// The letters per shingle of texts that are mostly in scripts without spaces.
    package var shingleCharacters: Int
    /// The bases per shingle of DNA: long enough that chance repeats none in a window.
    package var shingleBases: Int
    /// Rounded up to a multiple of 32, which is what the kernel takes at once.
    package var permutations: Int
    /// The least chance to find a pair that lies exactly at the threshold: what the bands are chosen
    /// for.
    package var recall: Double
    /// The most comparisons that a member of one band bucket enters into with the members after it.
    ///
    /// Boilerplate can put a large part of a corpus into one bucket, where comparing all with all
    /// would take its square. Members stand in the order of their number of shingles, then of their
    /// digests, and each is compared with so many of those that follow: which pairs are compared
    /// depends on content alone. A pair missed in one band has all other bands to be found in.
    package var maximumComparisons: Int

    package init(
      threshold: Double = 0.8, fields: [String] = [], shingleWords: Int = 5,
      shingleCharacters: Int = 5, shingleBases: Int = 16, permutations: Int = 128,
      recall: Double = 0.999999, maximumComparisons: Int = 1024
    ) {
      self.threshold = threshold
      self.fields = fields
      self.shingleWords = max(1, shingleWords)
      self.shingleCharacters = max(1, shingleCharacters)
      self.shingleBases = max(1, min(shingleBases, 32))
      self.permutations = max(32, (permutations + 31) / 32 * 32)
      self.recall = recall
      self.maximumComparisons = max(1, maximumComparisons)
    }
  }

  package var isExact: Bool
  /// The fields that must agree; the record's main fields when empty.
  package var exactFields: [String]
  package var near: Near?
  package var keep: Keep
  package var cluster: Cluster

  package init(
    isExact: Bool = true, exactFields: [String] = [], near: Near? = Near(), keep: Keep = .longest,
    cluster: Cluster = .star
  ) {
    self.isExact = isExact
    self.exactFields = exactFields
    self.near = near
    self.keep = keep
    self.cluster = cluster
  }
}

extension DuplicateSettings.Near {
  /// How a signature is cut into bands.
  package struct Banding: Sendable, Equatable {
    package var bands: Int
    package var rows: Int

    /// The chance that two texts of that similarity agree in at least one band.
    package func recall(at similarity: Double) -> Double {
      1 - power(1 - power(similarity, rows), bands)
    }

    private func power(_ base: Double, _ exponent: Int) -> Double {
      (0..<exponent).reduce(1) { product, _ in product * base }
    }
  }

  /// The most rows that still find a pair at the threshold with the stated chance.
  ///
  /// More rows mean fewer false candidates and fewer bands to sort. Permutations that do not fill a
  /// band are left over.
  package var banding: Banding {
    let candidates = (1...permutations).map { Banding(bands: permutations / $0, rows: $0) }
    return candidates.last { $0.recall(at: threshold) >= recall }
      ?? Banding(bands: permutations, rows: 1)
  }
}
