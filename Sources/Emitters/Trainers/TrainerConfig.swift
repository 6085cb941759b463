import Records

/// What is true of a trainer: what `materia dialects` and the README's table print.
package struct TrainerFacts: Sendable, Equatable {
  /// The name that recipes use.
  package var name: String
  package var title: String
  /// The dialects of the dataset that it reads, the best first.
  package var dialects: [String]
  /// Whether it trains the recipe's LoRA adapter; one that does not only evaluates.
  package var trainsLoRA = true
  /// How it is started from the dataset's folder.
  package var command: String
}

/// The file that a trainer is started with, so that nothing is left to edit.
///
/// Paths in it start from the dataset's folder, which is where it is to be started.
package protocol TrainerConfig: Sendable {
  static var facts: TrainerFacts { get }

  /// The file's path below the dataset's folder.
  static var path: String { get }

  /// The file's bytes.
  static func file(for run: TrainingRun) -> [UInt8]
}

/// What a trainer's file is made of: the recipe's settings and what the build wrote.
package struct TrainingRun: Sendable {
  package var name: String
  package var baseModel: String
  /// The tokens that the model takes.
  package var contextTokens: Int
  /// The tokens of a training sequence: no row has more.
  package var sequenceTokens: Int
  package var seed: UInt64
  package var epochs: Int
  /// The rows of one forward pass.
  package var batchSize: Int
  /// The batches of one step.
  package var accumulation: Int
  package var lora: LoRASettings
  /// The dialect that the trainer reads.
  package var dialect: String
  /// Its files, whose names are within the dialect's folder.
  package var files: [DialectFile]
  /// How the rows lie in its files.
  package var format: RowFileFormat
  /// Whether the examples are plain text and not conversations.
  package var holdsText: Bool
  /// Whether rows hold a chosen and a rejected answer.
  package var holdsPreferences: Bool

  package init(
    name: String, baseModel: String, contextTokens: Int, sequenceTokens: Int? = nil, seed: UInt64,
    epochs: Int,
    batchSize: Int,
    accumulation: Int, lora: LoRASettings, dialect: String, files: [DialectFile],
    format: RowFileFormat = .jsonl, holdsText: Bool = false, holdsPreferences: Bool = false
  ) {
    self.name = name
    self.baseModel = baseModel
    self.contextTokens = contextTokens
    self.sequenceTokens = sequenceTokens ?? contextTokens
    self.seed = seed
    self.epochs = epochs
    self.batchSize = batchSize
    self.accumulation = accumulation
    self.lora = lora
    self.dialect = dialect
    self.files = files
    self.format = format
    self.holdsText = holdsText
    self.holdsPreferences = holdsPreferences
  }

  /// The paths of a split's files from the dataset's folder.
  func paths(of split: Split) -> [String] {
    files.filter { $0.split == split }.map { "\(dialect)/\($0.name)" }
  }

  func rows(of split: Split) -> Int {
    files.filter { $0.split == split }.reduce(0) { $0 + $1.rows }
  }

  /// The optimiser's steps of the whole training.
  var steps: Int {
    let batches = (rows(of: .train) + batchSize - 1) / batchSize
    return max(1, (batches + accumulation - 1) / accumulation) * epochs
  }

  /// Three in a hundred steps, as a whole number, which every version of every trainer takes.
  var warmupSteps: Int { steps * 3 / 100 }

  /// A seed that 32 bits hold.
  var shortSeed: Int { Int(seed % (1 << 31)) }
}
