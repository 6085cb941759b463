/// Tells an explanation from a corpus' way of saying that there is none.
enum Explanation {
  /// Whether the text explains something: neither blank nor `None`, `N/A`, `No explanation available`.
  static func isGiven(_ text: String) -> Bool {
    let words = text.lowercased().unicodeScalars.filter { $0.properties.isAlphabetic }
    var letters = String.UnicodeScalarView()
    letters.append(contentsOf: words)
    return !letters.isEmpty && !absences.contains(String(letters))
  }

  /// What corpora write for no explanation, letters only, in lower case.
  private static let absences: Set<String> = [
    "none", "na", "nan", "nil", "null", "no", "notavailable", "noexplanation", "unavailable",
    "noexplanationavailable", "explanationnotavailable", "noexplanationprovided", "notapplicable",
    "notprovided", "aucune", "aucuneexplication", "ninguna", "ninguno", "sinexplicación", "なし",
    "解説なし",
    "无", "無", "暂无", "暂无解析", "无解析", "略",
  ]
}
