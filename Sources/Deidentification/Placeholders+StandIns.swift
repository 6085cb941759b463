import Formats

extension Placeholders {
  /// Whether what stands between `[**` and `**]` is of the kinds that MIMIC has, so that it tells
  /// nobody's identifiers.
  ///
  ///     Hospital1 18    First Name8 (NamePattern2)    2151-7-16    Age over 90    Telephone/Fax (1) 5
  ///
  /// Anything else, such as a name or a number that somebody wrote there, is text like other text.
  package static func isStandIn(_ content: String) -> Bool {
    var text = content.lowercased().split { $0.isWhitespace }.joined(separator: " ")
    if text.isEmpty || isInventedDate(text) { return true }
    let isGreatAge = text.hasPrefix("age over 90")
    if isGreatAge { text.removeFirst("age over 90".count) }
    guard let runs = runs(in: text) else { return false }
    let words = runs.filter(\.isWord)
    let numbers = runs.filter { !$0.isWord && !$0.isAttached }
    guard words.allSatisfy({ vocabulary.contains($0.text) }), numbers.count <= 1 else {
      return false
    }
    guard let number = numbers.first?.text else { return isGreatAge || !words.isEmpty }
    // By itself it may be an age; with a zero before it, it is no count.
    guard isGreatAge || !words.isEmpty else { return number.count <= 2 && number < "90" }
    return number.count <= 5 && !number.hasPrefix("0")
  }

  /// Letters or digits in a row.
  private struct Run {
    var text: String
    var isWord: Bool
    /// Whether a number belongs to a word (`Name8`) or stands in parentheses.
    var isAttached = false
  }

  /// The runs of a tag's content; nil when it has what no tag has.
  private static func runs(in text: String) -> [Run]? {
    var runs: [Run] = []
    var last: Character = " "
    var isInside = false
    for character in text {
      if character.isLetter || ("0"..."9").contains(character) {
        let continues =
          character.isLetter ? last.isLetter : ("0"..."9").contains(last)
        if continues {
          runs[runs.count - 1].text.append(character)
        } else {
          runs.append(
            Run(
              text: String(character), isWord: character.isLetter,
              isAttached: isInside || last.isLetter))
        }
        if let run = runs.last, !run.isWord, run.isAttached, run.text.count > 2 { return nil }
      } else if character == "(" || character == ")" {
        isInside = character == "("
      } else if !" /-".contains(character) {
        return nil
      }
      last = character
    }
    return runs
  }

  /// Days, months and years of the centuries that MIMIC's dates were moved to, and to ours.
  private static func isInventedDate(_ text: String) -> Bool {
    let parts = text.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "/" }
    let numbers = parts.compactMap { part in
      part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(part) : nil
    }
    guard numbers.count == parts.count, numbers.count <= 3 else { return false }
    let years = parts.indices.filter { parts[$0].utf8.count > 2 }
    guard let year = years.first else { return parts.count == 2 && numbers.max() ?? 0 <= 31 }
    guard years.count == 1, parts.count < 3 || year != 1 else { return false }
    return (2000...2300).contains(numbers[year])
  }

  private static let vocabulary: Set<String> = Set(
    """
    name names namepattern nameis first last middle known patient firstname lastname prefix prefixes \
    titles title stitle suffix initial initials doctor dr md male female un ni pre lf ambig abbr ab prefx \
    hospital hospitals ward wardname unit clinic location locations street address apartment state \
    zip zipcode country county city po box university college school company \
    telephone phone fax pager beeper number numbers numeric identifier medical record clip radiology job \
    provider serial account certificate license social security health plan device vehicle url \
    email e mail ip dictator attending info cc contact date dates range month day year years \
    only digit digits holiday time hour
    """.split { $0.isWhitespace }.map(String.init))
}
