import Records
import Stages

/// How evenly closed answers are spread: labels, yes and no, the places of right options, the kinds of
/// questions.
struct AnswerBalance: Sendable {
  /// Records by the letter of their one right option.
  private(set) var goldPositions: [String: Int] = [:]
  /// Records by label, or by yes, no and maybe.
  private(set) var labels = ValueCounts()
  private(set) var questionTypes = ValueCounts()

  mutating func take(_ content: Content) {
    switch content {
    case .multipleChoice(let item):
      if item.answers.count == 1, let answer = item.answers.first {
        goldPositions[MultipleChoice.letter(answer), default: 0] += 1
      }
    case .questionAnswer(let item):
      if item.kind == .yesNoMaybe { labels.add(item.answer) }
      if !item.questionType.isEmpty { questionTypes.add(item.questionType) }
    case .labelledText(let item): item.labels.forEach { labels.add($0) }
    case .textPair(let pair) where !pair.label.isEmpty: labels.add(pair.label)
    default: break
    }
  }

  static func += (balance: inout AnswerBalance, other: AnswerBalance) {
    balance.goldPositions.merge(other.goldPositions, uniquingKeysWith: +)
    balance.labels += other.labels
    balance.questionTypes += other.questionTypes
  }
}

/// Counts of values that are few, such as labels and wordings.
///
/// Values beyond the first thousands by hash are counted together, so that an open set, in which every
/// record has its own, takes no more room.
struct ValueCounts: Sendable {
  private(set) var counts: [String: Int] = [:]

  /// From how many different values on they are no labels any more.
  static let limit = 10_000

  /// Whether there are too many values to tell.
  private(set) var isOpen = false

  mutating func add(_ value: String) {
    guard !isOpen else { return }
    counts[value, default: 0] += 1
    closeIfFull()
  }

  static func += (counts: inout ValueCounts, other: ValueCounts) {
    counts.isOpen = counts.isOpen || other.isOpen
    counts.counts.merge(other.counts, uniquingKeysWith: +)
    counts.closeIfFull()
  }

  private mutating func closeIfFull() {
    if isOpen || counts.count > Self.limit {
      isOpen = true
      counts = [:]
    }
  }

  /// The values, the most frequent first.
  var ranked: [(value: String, count: Int)] {
    counts.sorted {
      $0.value == $1.value
        ? $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) : $0.value > $1.value
    }.map { ($0.key, $0.value) }
  }

  /// The information of a value in bits: 0 when all are the same, 1 for two that are as frequent.
  var entropy: Double { Self.entropy(of: ranked.map(\.count)) }

  static func entropy(of counts: [Int]) -> Double {
    let total = Double(counts.reduce(0, +))
    return counts.reduce(0) { sum, count in
      guard count > 0 else { return sum }
      let share = Double(count) / total
      return sum - share * Logarithm.base2(share)
    }
  }
}
