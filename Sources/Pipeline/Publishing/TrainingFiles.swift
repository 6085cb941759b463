import Emitters
import Recipes
import Records

/// Writes the adapter configs, the launcher that trains them on the dataset, and the files of other
/// trainers.
struct TrainingFiles {
  let plan: BuildPlan
  let files: [WrittenFile]
  let lengths: Manifest.Lengths?

  func write(to root: String) throws -> [WrittenFile] {
    guard let training = plan.recipe.training else { return [] }
    let output = PlainFiles(root: root, isPrivate: plan.isSensitive)
    let settings = training.adapters.compactMap { training.settings(ofAdapter: $0.text) }
    var written: [WrittenFile] = []
    for setting in settings {
      let config = setting.config(baseModel: training.baseModel)
      written.append(
        try output.write(config.file, to: "training/\(config.name)/adapter_config.json"))
    }
    if let launcher = launcher(of: settings, training) {
      written.append(try output.write(launcher.file, to: "training/train.py"))
    }
    for trainer in training.trainers.compactMap({ TrainerRegistry.trainer(named: $0.text) }) {
      guard let run = run(of: trainer, training) else { continue }
      written.append(try output.write(trainer.file(for: run), to: trainer.path))
    }
    return written
  }

  /// The tokens of a sequence: room for the longest row, so that none is truncated.
  private var sequenceTokens: Int { lengths?.sequence ?? 64 }

  private func launcher(
    of settings: [AdapterSettings], _ training: Recipe.Training
  ) -> TrainingLauncher? {
    guard let dialect = dialect(among: TrainingLauncher.dialects, having: .train) else {
      return nil
    }
    let files = dialect.dialectFiles(among: files)
    func paths(_ split: Split) -> [String] {
      files.filter { $0.split == split }.map { "\(dialect.folder)/\($0.name)" }
    }
    return TrainingLauncher(
      baseModel: training.baseModel, sequenceTokens: sequenceTokens,
      seed: plan.recipe.seed, epochs: training.epochs, adapters: settings,
      trainFiles: paths(.train), validationFiles: paths(.validation),
      loader: dialect.format.loader)
  }

  /// What a trainer is started with; nil when the build has no rows for it.
  private func run(
    of trainer: any TrainerConfig.Type, _ training: Recipe.Training
  ) -> TrainingRun? {
    let facts = trainer.facts
    let needed = facts.trainsLoRA ? Split.train : .test
    guard let dialect = dialect(among: facts.dialects, having: needed) else { return nil }
    return TrainingRun(
      name: plan.recipe.name, baseModel: training.baseModel,
      contextTokens: training.contextTokens ?? sequenceTokens, sequenceTokens: sequenceTokens,
      seed: plan.recipe.seed, epochs: training.epochs,
      batchSize: training.batchSize, accumulation: training.accumulation,
      lora: training.loraSettings, dialect: dialect.folder,
      files: dialect.dialectFiles(among: files),
      format: dialect.format,
      holdsText: plan.holdsText,
      holdsPreferences: dialect.emitter.needsRejectedAnswers)
  }

  /// The first of the dialects, the best first, that the dataset has rows of a split in.
  private func dialect(among names: [String], having split: Split) -> PlannedDialect? {
    names.lazy.compactMap { name in plan.dialects.first { $0.emitter.name == name } }
      .first { dialect in dialect.dialectFiles(among: files).contains { $0.split == split } }
  }
}

extension Recipe.Training {
  /// The settings of an adapter, as the emitters take them; nil for an unknown name.
  fileprivate func settings(ofAdapter name: String) -> AdapterSettings? {
    switch AdapterConfigRegistry.defaults(named: name) {
    case .lora: .lora(loraSettings)
    case .prefixTuning:
      .prefixTuning(
        PrefixTuningSettings(
          virtualTokens: prefixTuning.virtualTokens, hasProjection: prefixTuning.hasProjection,
          encoderHiddenSize: prefixTuning.encoderHiddenSize,
          learningRate: prefixTuning.learningRate))
    case .promptTuning:
      .promptTuning(
        PromptTuningSettings(
          virtualTokens: promptTuning.virtualTokens, initialisation: initialisation,
          learningRate: promptTuning.learningRate))
    case .pTuning:
      .pTuning(
        PTuningSettings(
          virtualTokens: pTuning.virtualTokens,
          encoder: PTuningSettings.Encoder(rawValue: pTuning.encoder) ?? .mlp,
          encoderHiddenSize: pTuning.encoderHiddenSize, learningRate: pTuning.learningRate))
    case .ia3:
      .ia3(
        IA3Settings(
          targets: ia3.targetModules, feedForward: ia3.feedForwardModules,
          learningRate: ia3.learningRate))
    case nil: nil
    }
  }

  private var initialisation: PromptTuningSettings.Initialisation {
    switch promptTuning.initialisation {
    case "text": .text(promptTuning.text)
    case "vocabulary": .vocabulary
    default: .random
    }
  }

  fileprivate var loraSettings: LoRASettings {
    LoRASettings(
      rank: lora.rank, alpha: lora.alpha, dropout: lora.dropout,
      targets: LoRASettings.Targets(names: lora.targetModules), learningRate: lora.learningRate,
      isRankStabilised: lora.isRankStabilised, isDecomposed: lora.isDecomposed,
      quantization: LoRASettings.Quantization(rawValue: lora.quantization) ?? .none)
  }
}
