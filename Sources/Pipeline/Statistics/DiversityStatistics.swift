import Records
import Stages

/// How different a source's examples are from each other.
struct DiversityStatistics: Sendable {
  private(set) var examples = 0
  private(set) var tasks = ValueCounts()
  private(set) var wordings = ValueCounts()
  /// Prompts that differ in more than case, blanks and punctuation.
  private(set) var prompts = DistinctCount()
  /// Prompts that differ in more than that and numbers.
  private(set) var promptsButNumbers = DistinctCount()
  /// The first two words of prompts.
  private(set) var openings = DistinctCount()
  private(set) var targets = DistinctCount()
  private(set) var targetWords = 0
  private(set) var distinctWords = DistinctCount()
  private(set) var targetPairs = 0
  private(set) var distinctPairs = DistinctCount()

  mutating func take(_ example: Example, task: String, wording: String) {
    examples += 1
    tasks.add(task)
    wordings.add(wording.isEmpty ? "as published" : wording)
    switch example.body {
    case .text(let text): takeTarget(text)
    case .conversation(let conversation):
      takePrompt(conversation.prompt)
      takeTarget(conversation.output)
    }
  }

  private mutating func takePrompt(_ text: String) {
    let words = WordHashes(of: text)
    prompts.insert(WordHashes.combined(words.all[...]))
    promptsButNumbers.insert(WordHashes.combined(words.lettered[...]))
    openings.insert(WordHashes.combined(words.all.prefix(2)))
  }

  private mutating func takeTarget(_ text: String) {
    let words = WordHashes(of: text).all
    targets.insert(WordHashes.combined(words[...]))
    targetWords += words.count
    for word in words { distinctWords.insert(word) }
    targetPairs += max(0, words.count - 1)
    for place in words.indices.dropFirst() {
      distinctPairs.insert(WordHashes.combined(words[(place - 1)...place]))
    }
  }

  static func += (statistics: inout DiversityStatistics, other: DiversityStatistics) {
    statistics.examples += other.examples
    statistics.tasks += other.tasks
    statistics.wordings += other.wordings
    statistics.prompts += other.prompts
    statistics.promptsButNumbers += other.promptsButNumbers
    statistics.openings += other.openings
    statistics.targets += other.targets
    statistics.targetWords += other.targetWords
    statistics.distinctWords += other.distinctWords
    statistics.targetPairs += other.targetPairs
    statistics.distinctPairs += other.distinctPairs
  }
}
