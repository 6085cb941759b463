/// Records that are copies of one another, with the one that stays.
package struct DuplicateCluster: Sendable, Equatable {
  /// How a copy relates to the record that stays.
  package enum Kind: String, Sendable, CaseIterable {
    /// The same words in the same order.
    case exact
    case near
  }

  /// A copy that goes.
  package struct Copy: Sendable, Equatable {
    package var ordinal: Int
    package var kind: Kind
    /// The Jaccard similarity to the record that stays: 1 for an exact copy.
    ///
    /// With single linkage it may lie below the threshold, where two are linked through a third.
    package var similarity: Double

    package init(ordinal: Int, kind: Kind, similarity: Double) {
      self.ordinal = ordinal
      self.kind = kind
      self.similarity = similarity
    }
  }

  /// The number of the cluster, counted from 0 in the order of the clusters' first members.
  package var id: Int
  /// The record that stays.
  package var kept: Int
  /// The copies that go, by ascending ordinal.
  package var copies: [Copy]

  package init(id: Int, kept: Int, copies: [Copy]) {
    self.id = id
    self.kept = kept
    self.copies = copies
  }

  /// Every member, by ascending ordinal.
  package var ordinals: [Int] { (copies.map(\.ordinal) + [kept]).sorted() }
}
