/// Guesses what a person meant by a name that does not exist.
package enum NearestName {
  /// The known name within two slips of the pen, the nearest first; ties go to byte order.
  package static func of(_ name: String, among known: some Sequence<String>) -> String? {
    known.map { ($0, distance(name.lowercased(), $0.lowercased())) }
      .filter { $0.1 <= max(1, min(2, name.utf8.count / 2)) }
      .min { $0.1 == $1.1 ? $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) : $0.1 < $1.1 }?.0
  }

  /// `did you mean 'split'?`, or nil when nothing is near.
  package static func hint(for name: String, among known: some Sequence<String>) -> String? {
    of(name, among: known).map { "did you mean '\($0)'?" }
  }

  /// How many insertions, deletions, substitutions and swaps of neighbours lie between two names
  /// (optimal string alignment).
  private static func distance(_ first: String, _ second: String) -> Int {
    let first = Array(first.utf8)
    let second = Array(second.utf8)
    var beforeLast = [Int](repeating: 0, count: second.count + 1)
    var last = Array(0...second.count)
    for i in 1..<(first.count + 1) {
      var row = [i] + [Int](repeating: 0, count: second.count)
      for j in 1..<(second.count + 1) {
        let cost = first[i - 1] == second[j - 1] ? 0 : 1
        row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost)
        if i > 1, j > 1, first[i - 1] == second[j - 2], first[i - 2] == second[j - 1] {
          row[j] = min(row[j], beforeLast[j - 2] + 1)
        }
      }
      (beforeLast, last) = (last, row)
    }
    return last[second.count]
  }
}
