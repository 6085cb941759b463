import Records

/// Words that stand where an answer or an explanation is missing.
enum Placeholder {
  private static let words: Set<String> = [
    "none", "n/a", "nan", "null", "nil", "undefined", "no explanation", "no answer",
    "not available", "no data", "tbd", "todo", "explanation", "無", "无", "暂无", "なし", "ninguna",
    "ninguno", "aucune", "aucun", "sin explicación",
  ]

  /// What is wrong with an explanation that a question, or a long answer that a question with a short
  /// one, ought to have.
  static func explanation(of content: Content) -> String? {
    switch content {
    case .multipleChoice(let item): finding(in: item.explanation)
    case .questionAnswer(let item) where item.kind != .free: finding(in: item.longAnswer)
    default: nil
    }
  }

  /// What is wrong with the only text that answers.
  static func answer(of content: Content) -> String? {
    switch content {
    case .questionAnswer(let item) where item.longAnswer.isEmpty: finding(in: item.answer)
    case .pairedText(let pair): finding(in: pair.targetText)
    case .instruction(let item): item.turns.last.flatMap { finding(in: $0.text) }
    default: nil
    }
  }

  private static func finding(in text: String) -> String? {
    guard text.utf8.count <= 64 else { return nil }
    let bare = text.unicodeScalars.drop { isEdge($0) }.reversed().drop { isEdge($0) }.reversed()
    guard !bare.isEmpty else { return text.isEmpty ? "empty" : "punctuation only" }
    var word = String.UnicodeScalarView()
    word.append(contentsOf: bare)
    return words.contains(String(word).lowercased()) ? "a placeholder" : nil
  }

  /// Blanks and the punctuation that placeholders are dressed with.
  private static func isEdge(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "+", "%", "°": false
    default:
      !scalar.properties.isAlphabetic && scalar.properties.numericType == nil
    }
  }
}
