import Records

/// A question with a closed set of answers, as digests by which records that contradict each other are
/// found.
///
/// Only questions whose answers can contradict: exam questions, yes-no-maybe questions, labelled texts
/// and pairs. Two free answers to a question may both be right.
package struct ClosedQuestion: Sendable, Equatable {
  /// What is asked: case, blanks and the order of options set apart.
  package var question: Digest128
  /// What is answered; of an exam question the right options' texts, wherever they stand.
  package var answer: UInt64

  package init(question: Digest128, answer: UInt64) {
    self.question = question
    self.answer = answer
  }

  /// The question that a record asks; nil for one whose answer is open, or empty.
  package init?(_ content: Content) {
    let asked: [String]
    let answers: [String]
    switch content {
    case .multipleChoice(let item):
      let options = item.options.map(OptionComparison.form)
      asked = [item.stem] + options.sorted()
      answers = item.answers.filter(options.indices.contains).map { options[$0] }
    case .questionAnswer(let item) where item.kind == .yesNoMaybe:
      asked = [item.question] + item.context.map(\.text)
      answers = [item.answer]
    case .labelledText(let item):
      asked = [item.text]
      answers = item.labels
    case .textPair(let pair):
      asked = [pair.first, pair.second]
      answers = [pair.label]
    default: return nil
    }
    guard asked.contains(where: { !$0.isEmpty }), !answers.isEmpty else { return nil }
    let shape = content.shape.rawValue
    question = Digest128(of: ([shape] + asked.map(Self.folded)).joined(separator: "\u{1F}"))
    answer = StableHash.of(
      seed: 0, purpose: "answer", answers.map(Self.folded).sorted().joined(separator: "\u{1F}"))
  }

  /// A text in lower case with single blanks.
  private static func folded(_ text: String) -> String {
    text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
