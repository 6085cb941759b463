import Formats
import Records

/// An exam question as corpora publish it: options under keys, and the keys of the right ones.
///
/// Options stand in the order of their keys, whatever the order of the file. Options that repeat one
/// another are kept, as published sets hold hundreds of them, and marked by the tag `options=repeated`;
/// only when one that is right reads like one that is wrong, the question has no answer and is rejected
/// as `contradictory-label`.
struct ExamQuestion {
  let stem: String
  /// The texts of the options in the order of their keys.
  let options: [String]
  private let keys: [String]

  /// - Parameter options: the options by their keys: `A`, `b`, `1`.
  init(stem: String, options: [(key: String, text: String)]) {
    self.stem = stem
    var sorted = options.sorted {
      ($0.key.utf8.count, $0.key) < ($1.key.utf8.count, $1.key)
    }
    // Tables of questions with fewer options fill up with blanks.
    while let last = sorted.last, Self.isBlank(last.text) { sorted.removeLast() }
    keys = sorted.map(\.key)
    self.options = sorted.map(\.text)
  }

  /// The members of an object of options.
  static func options(of object: JSONNode?) -> [(key: String, text: String)] {
    object?.members.map { ($0.name, $0.value.scalarText ?? "") } ?? []
  }

  /// Options in their order, under the letters `a`, `b`, `c` ….
  static func options(inOrder texts: [String]) -> [(key: String, text: String)] {
    texts.prefix(26).enumerated().map { place, text in
      (String(UnicodeScalar(UInt8(ascii: "a") + UInt8(place))), text)
    }
  }

  /// The question with the options of these keys as the right ones.
  ///
  /// - Throws: `RowProblem`: what is missing or wrong, with the part that is at fault.
  func content(
    answers: [String], explanation: String = "", subject: String = ""
  ) throws -> MultipleChoice {
    guard !Self.isBlank(stem) else { throw RowProblem(reason: .missingField, value: "question") }
    guard options.count > 1, !options.contains(where: Self.isBlank) else {
      throw RowProblem(reason: .emptyText, value: "options")
    }
    guard !answers.isEmpty else { throw RowProblem(reason: .emptyAnswer, value: "answer") }
    var places: Set<Int> = []
    for answer in answers {
      guard let place = keys.firstIndex(of: answer) else {
        throw RowProblem(reason: .unknownLabel, value: "answer")
      }
      places.insert(place)
    }
    let right = Set(places.map { options[$0] })
    guard options.indices.allSatisfy({ places.contains($0) || !right.contains(options[$0]) }) else {
      throw RowProblem(reason: .contradictoryLabel, value: "options")
    }
    return MultipleChoice(
      stem: stem, options: options, answers: places.sorted(), explanation: explanation,
      subject: subject)
  }

  /// The group of the question with these options.
  var group: GroupKey { QuestionKey.group(stem, options: options) }

  /// The tag of options that repeat one another.
  var tags: [Tag] {
    Set(options).count < options.count ? [Tag("options", "repeated")] : []
  }

  /// Whether nothing is there but white space, Japanese and no-break spaces among it.
  private static func isBlank(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy(\.properties.isWhitespace)
  }
}
