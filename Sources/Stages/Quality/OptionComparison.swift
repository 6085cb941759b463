import Records

/// Which options of a question say the same.
enum OptionComparison {
  /// The places of the first two options that are the same; empty ones are not compared.
  static func repeated(in options: [String]) -> (first: Int, second: Int)? {
    let forms = options.map(form)
    for second in forms.indices.dropFirst() where !forms[second].isEmpty {
      if let first = forms[..<second].firstIndex(of: forms[second]) { return (first, second) }
    }
    return nil
  }

  /// An option without what does not tell options apart: blanks, a full stop at the end, and the case
  /// of options that have a word of four letters or more (`mA` and `MA` differ).
  static func form(_ option: String) -> String {
    var words = option.split(whereSeparator: \.isWhitespace).map(String.init)
    if let last = words.last, last.count > 1, last.hasSuffix(".") || last.hasSuffix("。") {
      words[words.count - 1] = String(last.dropLast())
    }
    let form = words.joined(separator: " ")
    let hasWord = form.split { !$0.isLetter }.contains { $0.count >= 4 }
    return hasWord ? form.lowercased() : form
  }
}

/// Whether what a record calls right is among what it offers.
enum GoldAnswer {
  static func problem(in content: Content) -> String? {
    switch content {
    case .multipleChoice(let item):
      if item.answers.isEmpty { return "no right option" }
      if !item.answers.allSatisfy(item.options.indices.contains) {
        return "not one of \(item.options.count) options"
      }
      let isEmpty = item.answers.contains { OptionComparison.form(item.options[$0]).isEmpty }
      return isEmpty ? "an empty option" : nil
    case .labelledText(let item) where !item.labelSet.isEmpty:
      return item.labels.allSatisfy(item.labelSet.contains)
        ? nil : "not one of \(item.labelSet.count) labels"
    case .textPair(let pair) where !pair.labelSet.isEmpty:
      return pair.labelSet.contains(pair.label)
        ? nil : "not one of \(pair.labelSet.count) labels"
    default: return nil
    }
  }
}
