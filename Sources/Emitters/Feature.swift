/// A column of a dialect's rows, as descriptions of a dataset name it.
package struct Feature: Sendable, Equatable {
  package var name: String
  package var kind: Kind

  /// What a column holds.
  package indirect enum Kind: Sendable, Equatable {
    case text
    case number
    case texts
    /// A list of pairs of texts.
    case textPairs
    case object([Feature])
    case objects([Feature])
  }

  package init(_ name: String, _ kind: Kind = .text) {
    self.name = name
    self.kind = kind
  }
}
