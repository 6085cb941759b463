import Records

/// Every flaw, in the order in which a filter asks and `materia stats` tells.
package enum FlawRegistry {
  package static let all: [Flaw] = [
    Flaw(.refusal, "the answer declines, as assistants do") { _, answer in
      RefusalPhrases.finder.first(in: answer.bytes).map { "phrase \($0 + 1)" }
    },
    Flaw(.truncated, "the answer is cut off") { _, answer in
      Truncation.sign(of: answer)?.rawValue
    },
    Flaw(.unfinished, "an answer of 16 words or more does not end as a sentence does") {
      Truncation.isUnfinished($1) ? "no closing punctuation" : nil
    },
    Flaw(.emptyExplanation, "the explanation or long answer is empty, or says None, N/A or nan") {
      record, _ in Placeholder.explanation(of: record.content)
    },
    Flaw(.placeholderAnswer, "the answer is empty, or says None, N/A or nan") { record, _ in
      Placeholder.answer(of: record.content)
    },
    Flaw(.duplicateOptions, "two options of a question are the same") { record, _ in
      guard case .multipleChoice(let item) = record.content else { return nil }
      return OptionComparison.repeated(in: item.options)
        .map { "\(MultipleChoice.letter($0.first)) and \(MultipleChoice.letter($0.second))" }
    },
    Flaw(.goldNotOption, "the right answer is not among the options, the label not in its set") {
      record, _ in GoldAnswer.problem(in: record.content)
    },
  ]

  /// The flaw of a name.
  package static func flaw(named name: String) -> Flaw? { all.first { $0.name == name } }
}
