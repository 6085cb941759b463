import Records

/// Finds wrong answers among those that a record itself offers: another option, another of a closed
/// set of labels, another of yes, no and maybe.
///
/// Which one depends on the seed and the record's id only. Nothing is invented: free text, and labels
/// without their set, have no contrast.
struct ContrastingAnswer: Sendable {
  let seed: UInt64

  /// The content with a wrong answer in the place of the right one; nil when it offers none.
  func content(of content: Content, id: String) -> Content? {
    switch content {
    case .multipleChoice(var item):
      let wrong = item.options.indices.filter { index in
        // An option that reads as a right one is no wrong answer.
        !item.answers.contains { $0 == index || item.options[$0] == item.options[index] }
      }
      guard !item.answers.isEmpty, let choice = chosen(from: wrong, id: id) else { return nil }
      // As many options as were right, so that the number of letters does not tell.
      item.answers = (item.answers.dropLast() + [choice]).sorted()
      return .multipleChoice(item)
    case .questionAnswer(var item):
      let decisions = ["yes", "no", "maybe"]
      let answer = item.answer.lowercased()
      guard item.kind == .yesNoMaybe, decisions.contains(answer),
        let choice = chosen(from: decisions.filter { $0 != answer }, id: id)
      else { return nil }
      item.answer = choice
      return .questionAnswer(item)
    case .labelledText(var item):
      guard item.labels.count == 1,
        let choice = chosen(from: item.labelSet.filter { !item.labels.contains($0) }, id: id)
      else { return nil }
      item.labels = [choice]
      return .labelledText(item)
    case .textPair(var pair):
      guard let choice = chosen(from: pair.labelSet.filter { $0 != pair.label }, id: id) else {
        return nil
      }
      pair.label = choice
      return .textPair(pair)
    default: return nil
    }
  }

  private func chosen<Element>(from candidates: [Element], id: String) -> Element? {
    guard !candidates.isEmpty else { return nil }
    let number = StableHash.of(seed: seed, purpose: "rejected", id)
    return candidates[Int(number % UInt64(candidates.count))]
  }
}

extension TrainingTask {
  /// Whether records of the task offer wrong answers beside the right one.
  package var offersWrongAnswers: Bool {
    switch answer {
    case .optionLetters, .decision, .label: true
    case .list: shapes.contains(.labelledText)
    case .text, .span: false
    }
  }
}

extension TemplateRenderer {
  /// A wrong answer to the copy of a record, in the form of the right one; nil when the record offers
  /// none, or the form explains the right answer.
  ///
  /// - Parameter right: the conversation whose answer it is set against.
  package func rejectedAnswer(to record: Record, copy: Int, beside right: Conversation) -> String? {
    var contrast = arranged(record, copy: copy)
    guard let content = ContrastingAnswer(seed: seed).content(of: contrast.content, id: record.id)
    else { return nil }
    contrast.content = content
    guard case .slots(let values) = task.filling(of: contrast) else { return nil }
    let pool = record.language.flatMap { pools[$0] } ?? commonPool
    guard let wording = wording(in: pool, for: values, of: record, copy: copy),
      !wording.explainsAnswer(of: task),
      case .conversation(let wrong) = wording.body(filledWith: values, form: task.form),
      !wrong.output.isBlank, wrong.output != right.output
    else { return nil }
    return wrong.output
  }
}
