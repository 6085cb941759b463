import Records

/// What sampled answers to one question agree on.
package struct Vote: Sendable, Equatable {
  /// What becomes of the question.
  package enum Verdict: String, Sendable {
    case agrees
    case tie
    case againstGold = "against-gold"
    case unreadable
    case noSamples = "no-samples"
  }

  /// How often each answer was given, by its text: `A`, `A, C`, `yes`.
  package private(set) var counts: [String: Int] = [:]
  /// The samples that state no answer.
  package private(set) var unreadable = 0
  package let gold: String
  package let verdict: Verdict
  /// The samples whose answer is the gold one, in order; none unless the vote agrees with it.
  package let traces: [String]
  /// The samples whose answer is another one, in order, each once.
  package let disagreeing: [String]

  /// Counts the samples' answers to a question whose options `content` holds.
  init(of samples: [String], about content: Content, gold: [String], form: AnswerForm) {
    self.gold = gold.joined(separator: ", ")
    var counts: [String: Int] = [:]
    var agreeing: [String] = []
    var disagreeing: [String] = []
    for sample in samples {
      guard let answer = form.answer(in: sample), answer.allSatisfy(content.canBeAnswered) else {
        unreadable += 1
        continue
      }
      let text = answer.joined(separator: ", ")
      counts[text, default: 0] += 1
      if text == self.gold {
        agreeing.append(sample)
      } else if !disagreeing.contains(sample) {
        disagreeing.append(sample)
      }
    }
    let most = counts.values.max() ?? 0
    let leaders = counts.filter { $0.value == most }.map(\.key)
    verdict =
      if samples.isEmpty {
        .noSamples
      } else if leaders.isEmpty {
        .unreadable
      } else if leaders.count > 1 {
        .tie
      } else {
        leaders[0] == self.gold ? .agrees : .againstGold
      }
    self.counts = counts
    traces = verdict == .agrees ? agreeing : []
    self.disagreeing = disagreeing
  }
}

extension Vote.Verdict {
  /// Why a question goes; nil for one that stays.
  package var rejection: Rejection.Reason? {
    switch self {
    case .agrees: nil
    case .tie: .voteTie
    case .againstGold: .voteAgainstGold
    case .unreadable: .answerNotExtractable
    case .noSamples: .noSamples
    }
  }
}

extension Content {
  /// Whether an option of that letter exists; true for content without options.
  fileprivate func canBeAnswered(with letter: String) -> Bool {
    guard case .multipleChoice(let item) = self else { return true }
    return item.options.indices.contains { MultipleChoice.letter($0) == letter }
  }
}
