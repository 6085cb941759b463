import Records

/// Finds texts that speak of options by letter or place, and so depend on their order.
///
/// A doubt counts as a reference: a question that keeps its order is sound, one that is shuffled in
/// error is not.
enum OptionReference {
  /// Whether an option speaks of other options: `All of the above`, `Both A and C`, `1 and 2`,
  /// `Aucune des propositions`, `Todas las anteriores`, `以上都是`, `上記のすべて`.
  static func isReferring(_ option: String) -> Bool {
    let text = option.lowercased()
    return phrases.contains { text.contains(bytesOf: $0) } || isCombination(text)
  }

  private static let phrases = [
    "of the above", "the above", "of above", "of these", "of the following", "of the options",
    "of the choices",
    "of the other", "of them", "all are ", "all correct", "none correct", "all answers",
    "no correct", "any of", "both are", "neither is",
    "ci-dessus", "ci-dessous", "toutes les", "tous les", "aucune des", "aucun des", "aucune de ces",
    "aucune réponse",
    "précédent", "autres propositions", "autres réponses",
    "anterior", "todas las", "todos los", "todas son", "todos son", "ninguna de", "ninguno de",
    "ambas", "ambos", "las demás", "las otras",
    "以上", "上述", "上記", "全部", "両方", "两者", "都是", "均是", "都不", "均不", "都正确", "均正确", "都对", "皆是", "すべて",
    "全て", "いずれ",
    "どれも", "該当",
  ]

  /// Words that speak of options together, even without naming them: `Both`, `All true`, `None`.
  private static let quantifiers: Set<String> = [
    "all", "none", "both", "neither", "either", "any", "nil", "toutes", "tous", "aucune", "aucun",
    "todas", "todos", "ninguna", "ninguno",
  ]

  /// Words that join the letters or numbers of a combination.
  private static let joints: Set<String> = [
    "and", "or", "nor", "only", "et", "ou", "ni", "y", "o", "e", "is", "are", "correct",
    "incorrect", "true", "false", "wrong", "right", "not", "equally", "option", "options",
    "statement", "statements", "seulement", "solo", "と", "和", "及",
  ]

  /// Whether a text is nothing but letters or small numbers of options and words that speak of them.
  ///
  /// Such are `a & c`, `1, 2 and 4`, `i, iii`, `Both AB`, `All true` and `ＡとＣ`. A single letter or
  /// number is none: options may be numbers.
  private static func isCombination(_ text: String) -> Bool {
    let words = text.unicodeScalars.map(\.narrow).split { scalar in
      !(scalar.isLatinLetter || scalar.properties.numericType == .decimal
        || scalar.properties.isIdeographic || scalar.value == 0x3068)
    }.flatMap(parts)
    var names = 0
    var isQuantified = false
    for word in words {
      if quantifiers.contains(word) {
        isQuantified = true
      } else if isName(word) {
        names += 1
      } else if !joints.contains(word) {
        return false
      }
    }
    return isQuantified || names > 1 || (names == 1 && words.count > 1)
  }

  /// A word cut where joints without blanks stand, as in `AとC` and `A和C`.
  private static func parts(of word: ArraySlice<Unicode.Scalar>) -> [String] {
    var parts: [String] = []
    for scalar in word {
      let isLatin = scalar.isLatinLetter || scalar.properties.numericType == .decimal
      if isLatin, let last = parts.last, last.utf8.allSatisfy({ $0 < 0x80 }) {
        parts[parts.count - 1] = last + String(Character(scalar))
      } else {
        parts.append(String(Character(scalar)))
      }
    }
    return parts
  }

  private static func isName(_ word: String) -> Bool {
    if ["i", "ii", "iii", "iv", "v", "vi"].contains(word) { return true }
    if word.utf8.count == 1, let byte = word.utf8.first, ("1"..."9").contains(Unicode.Scalar(byte))
    {
      return true
    }
    // `AB` names two options in `Both AB`; `cab` is no run.
    return word.unicodeScalars.allSatisfy { ("a"..."h").contains($0) }
      && zip(word.utf8, word.utf8.dropFirst()).allSatisfy(<)
  }

  // MARK: Explanations

  /// Whether an explanation names options by letter or place: `option B is wrong`, `(A)`, `Ans. 'c'`,
  /// `the first option`, `選択肢2`.
  static func namesOptions(_ explanation: String) -> Bool {
    let scalars = explanation.unicodeScalars.map(\.narrow)
    for place in scalars.indices where isLoneLetter(at: place, in: scalars) { return true }
    let text = explanation.lowercased()
    return places.contains { text.contains(bytesOf: $0) }
      || StatedAnswer(explanation).concludedLetters != nil
  }

  private static let places = [
    "option", "choice", "answer", "of the above", "the above ", "the rest are", "the others are",

    "proposition", "réponse a", "opción", "opcion", "选项", "選項", "選択肢", "以上",
  ]

  /// Whether a scalar is a letter that stands alone as options' letters do: a capital that is no
  /// English article or pronoun, or a small one in brackets or quotes.
  private static func isLoneLetter(at place: Int, in scalars: [Unicode.Scalar]) -> Bool {
    let scalar = scalars[place]
    guard let letter = scalar.optionLetter, letter <= "J", !isWordPart(at: place - 1, in: scalars),
      !isWordPart(at: place + 1, in: scalars)
    else { return false }
    let next = place + 1 < scalars.count ? scalars[place + 1] : "."
    let isBracketed = place > 0 && brackets.contains(scalars[place - 1])
    guard scalar == letter else { return isBracketed || next == ")" }
    guard scalar == "A" || scalar == "I", next == " ", !isBracketed else { return true }
    // `A patient`, `I think` are words; `A is wrong` is not.
    return !(place + 2 < scalars.count && ("a"..."z").contains(scalars[place + 2]))
      || ["is ", "and ", "or ", "was "].contains { word in
        scalars[(place + 2)...].starts(with: word.unicodeScalars)
      }
  }

  private static let brackets: Set<Unicode.Scalar> = ["(", "[", "'", "\"", "‘", "“", "「", "（", "【"]

  private static func isWordPart(at place: Int, in scalars: [Unicode.Scalar]) -> Bool {
    guard scalars.indices.contains(place) else { return false }
    return scalars[place].isLatinLetter || scalars[place].properties.numericType == .decimal
  }
}
