/// A set of words, looked up by their keys.
package struct WordSet: Sendable {
  private let table: WordTable<Bool>

  /// Words with blanks between them.
  package init(_ words: String) {
    table = WordTable(words.split { $0 == " " || $0 == "\n" }.map { (String($0), true) })
  }

  package func contains(_ key: UInt64) -> Bool { table.contains(key) }
}
