/// When a record counts as a copy of a benchmark's item.
package struct ContaminationSettings: Sendable, Equatable {
  /// The words of an n-gram.
  package var ngramWords: Int
  /// The letters of an n-gram of texts that are mostly in scripts without spaces.
  package var ngramCharacters: Int
  /// The least share of n-grams in common that makes two inputs the same.
  package var overlap: Double
  /// The fewest words of an answer that is compared by itself: `None` is the answer to many questions.
  package var targetWords: Int
  /// The same in letters of scripts without spaces.
  package var targetCharacters: Int

  package init(
    ngramWords: Int = 8, ngramCharacters: Int = 13, overlap: Double = 0.8, targetWords: Int = 8,
    targetCharacters: Int = 30
  ) {
    self.ngramWords = max(1, ngramWords)
    self.ngramCharacters = max(1, ngramCharacters)
    self.overlap = overlap
    self.targetWords = max(1, targetWords)
    self.targetCharacters = max(1, targetCharacters)
  }
}

/// What gave a record away, the strongest evidence first.
package enum ContaminationRule: String, Sendable, CaseIterable {
  /// The same id in the same corpus, whatever the language, or in a source that has the benchmark's ids.
  case id
  /// The same words in the input.
  case question
  /// The same options in any order, and at least half of the overlap in the stem.
  case options
  /// The same PMID, and at least half of the overlap in the input.
  case pmid
  /// The overlap of n-grams in the input.
  case ngram
  /// The same words in an answer of sufficient length.
  case target
}

/// A record's likeness to an item of a benchmark.
package struct ContaminationHit: Sendable, Equatable {
  package var rule: ContaminationRule
  /// 1 for all rules but those that count n-grams.
  package var score: Double
  /// The benchmark's place among those of the decontaminator.
  package var benchmark: Int
  /// The item's id in the benchmark.
  package var item: String

  package init(rule: ContaminationRule, score: Double, benchmark: Int, item: String) {
    self.rule = rule
    self.score = score
    self.benchmark = benchmark
    self.item = item
  }
}
