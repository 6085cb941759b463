import Records

// The tasks over questions with answers.

extension TrainingTask {
  /// Question → answer, or the long answer where there is no short one.
  static let questionAnswering = TrainingTask(
    "question-answering", title: "Answer a question", shapes: [.questionAnswer],
    material: ["question", "focus", "question_type"], targets: ["answer"],
    templates: "consumer-qa"
  ) { content in
    guard case .questionAnswer(let item) = content else { return .doesNotFit("shape") }
    guard !item.question.isBlank else { return .emptyText("question") }
    let answer = item.answer.isBlank ? item.longAnswer : item.answer
    guard !answer.isBlank else { return .refused(.emptyAnswer, value: nil) }
    return .slots([item.question, item.focus, item.questionType, answer])
  }

  /// Question and passages → the answer in full sentences.
  static let longFormQA = TrainingTask(
    "long-form-qa", title: "Answer a question at length from passages", shapes: [.questionAnswer],
    material: ["question", "context", "focus"], targets: ["long_answer"],
    supplements: ["answer"], templates: "long-form-qa"
  ) { content in
    guard case .questionAnswer(let item) = content else { return .doesNotFit("shape") }
    guard !item.question.isBlank else { return .emptyText("question") }
    guard !item.longAnswer.isBlank else { return .noTarget("long_answer") }
    return .slots([
      item.question, item.context.labelledText, item.focus, item.longAnswer, item.answer,
    ])
  }

  /// Question and passages → yes, no or maybe.
  ///
  /// The long answer of such corpora is the conclusion of the abstract and gives the decision away,
  /// so it is a supplement: an output may add it, a request cannot name it.
  static let yesNoMaybeQA = TrainingTask(
    "yes-no-maybe-qa", title: "Answer yes, no or maybe from passages", shapes: [.questionAnswer],
    material: ["question", "context"], targets: ["answer"], supplements: ["long_answer"],
    templates: "literature-qa", answer: .decision,
    reasoning: Reasoning(slot: "long_answer", templates: "literature-reasoning"),
    rejectsRepeatedTarget: true
  ) { content in
    guard case .questionAnswer(let item) = content else { return .doesNotFit("shape") }
    guard item.kind == .yesNoMaybe else { return .doesNotFit(item.kind.rawValue) }
    guard !item.question.isBlank else { return .emptyText("question") }
    guard !item.answer.isBlank else { return .noTarget("answer") }
    let answer = item.answer.lowercased()
    guard ["yes", "no", "maybe"].contains(answer) else { return .doesNotFit("answer") }
    return .slots([item.question, item.context.labelledText, answer, item.longAnswer])
  }

  /// Question, and passages where there are some → every item asked for, as a JSON list.
  static let listQA = TrainingTask(
    "list-qa", title: "List every answer to a question", shapes: [.questionAnswer],
    material: ["question", "context"], targets: ["items"], supplements: ["long_answer"],
    templates: "list-qa", answer: .list, preferring: "context"
  ) { content in
    guard case .questionAnswer(let item) = content else { return .doesNotFit("shape") }
    guard item.kind == .list else { return .doesNotFit(item.kind.rawValue) }
    guard !item.question.isBlank else { return .emptyText("question") }
    let items = item.answerItems
    guard !items.isEmpty else { return .noTarget("answer") }
    return .slots([item.question, item.context.labelledText, jsonList(items), item.longAnswer])
  }

  /// Question, and passages where there are some → the name, number or phrase asked for.
  static let factoidQA = TrainingTask(
    "factoid-qa", title: "Answer with a name, number or phrase", shapes: [.questionAnswer],
    material: ["question", "context"], targets: ["answer"], supplements: ["long_answer"],
    templates: "factoid-qa", preferring: "context"
  ) { content in
    guard case .questionAnswer(let item) = content else { return .doesNotFit("shape") }
    guard item.kind == .factoid else { return .doesNotFit(item.kind.rawValue) }
    guard !item.question.isBlank else { return .emptyText("question") }
    // A factoid's lines are spellings of one answer; the first is the preferred one.
    guard let answer = item.answerItems.first else { return .noTarget("answer") }
    return .slots([item.question, item.context.labelledText, answer, item.longAnswer])
  }

  /// Question and passage → the piece of the passage that answers, word for word.
  static let extractiveQA = TrainingTask(
    "extractive-qa", title: "Quote the answer from a passage", shapes: [.questionAnswer],
    material: ["question", "context"], targets: ["answer"], templates: "extractive-qa",
    answer: .span
  ) { content in
    guard case .questionAnswer(let item) = content else { return .doesNotFit("shape") }
    guard !item.question.isBlank else { return .emptyText("question") }
    guard !item.answer.isBlank else { return .noTarget("answer") }
    let context = item.context.labelledText
    guard !context.isBlank else { return .emptyText("context") }
    guard context.contains(bytesOf: item.answer) else {
      return .refused(.answerNotExtractable, value: "not in the passage")
    }
    return .slots([item.question, context, item.answer])
  }

  /// Exam question and options → letter and text of the right one.
  static let multipleChoiceQA = TrainingTask(
    "multiple-choice-qa", title: "Choose the right option", shapes: [.multipleChoice],
    material: ["question", "options", "subject"], targets: ["answer", "letter", "option"],
    supplements: ["explanation"], templates: "exam-qa", answer: .optionLetters,
    reasoning: Reasoning(slot: "explanation", templates: "exam-reasoning")
  ) { content in
    guard case .multipleChoice(let item) = content else { return .doesNotFit("shape") }
    guard !item.stem.isBlank else { return .emptyText("question") }
    guard (2...26).contains(item.options.count) else {
      return .doesNotFit("\(item.options.count) options")
    }
    guard !item.answers.isEmpty else { return .noTarget("answer") }
    guard item.answers.allSatisfy(item.options.indices.contains) else {
      return .doesNotFit("answer beyond \(item.options.count) options")
    }
    guard !item.options.contains(where: \.isBlank) else { return .emptyText("option") }
    return .slots([
      item.stem, item.optionsText, item.subject, item.answerText,
      item.answers.map(MultipleChoice.letter).joined(separator: ", "),
      item.answers.map { item.options[$0] }.joined(separator: "\n"), item.explanation,
    ])
  }
}
