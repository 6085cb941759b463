import Records

/// Groups of questions by their wording, so that copies of one never land in two splits.
enum QuestionKey {
  /// The group of a question: alike but for case, blanks and punctuation is the same.
  ///
  /// - Parameter options: The options of an exam question, in any order: many share a stem such as
  ///   `Which of the following is true?` and nothing else.
  static func group(_ question: String, options: [String] = []) -> GroupKey {
    let words = ([letters(of: question)] + options.map(letters).sorted()).joined(separator: "\n")
    let hash = String(StableHash.of(seed: 0, purpose: "question", words), radix: 16)
    return GroupKey(.question, String(repeating: "0", count: 16 - hash.utf8.count) + hash)
  }

  private static func letters(of text: String) -> String {
    var letters = String.UnicodeScalarView()
    letters.append(
      contentsOf: text.lowercased().unicodeScalars.filter {
        $0.properties.isAlphabetic || $0.properties.numericType != nil
      })
    return String(letters)
  }
}
