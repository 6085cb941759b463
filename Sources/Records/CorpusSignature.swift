/// What gives a corpus away in the first bytes of an entry: how `materia inspect` and `init` choose a
/// reader.
package enum CorpusSignature: Sendable, Equatable {
  /// XML with one of these root elements that has all these elements below it; by local names.
  case xml(roots: Set<String>, elements: [String] = [])
  /// A table whose header has all these columns, their case aside.
  case table(columns: [String])
  /// JSON records, in an array, one a line, by key or one alone, that have all these keys.
  case json(keys: [String])
  /// A Parquet file that has all these columns at its root.
  case parquet(columns: [String])
  /// A text format that is known by its first bytes, as `materia inspect` names it: `FASTA`.
  case format(String)
  /// An entry whose name ends so, its case aside: `.ann`.
  case ending(String)

  /// How much the signature asks for; of several that fit the one that asks for most is believed.
  package var weight: Int {
    switch self {
    case .xml(_, let elements): 1 + elements.count
    case .table(let columns), .parquet(let columns): columns.count
    case .json(let keys): keys.count
    case .format, .ending: 1
    }
  }
}
