import Emitters
import Recipes
import Records

/// Writes the adapter configs and the launcher that trains them on the dataset.
struct TrainingFiles {
  let plan: BuildPlan
  let files: [WrittenFile]

  func write(to root: String) throws -> [WrittenFile] {
    guard let training = plan.recipe.training else { return [] }
    let output = PlainFiles(root: root, isPrivate: plan.isSensitive)
    let settings = training.adapters.compactMap { self.settings(of: $0.text, training) }
    var written: [WrittenFile] = []
    for setting in settings {
      let config = setting.config(baseModel: training.baseModel)
      written.append(
        try output.write(config.file, to: "training/\(config.name)/adapter_config.json"))
    }
    guard let dialect = launchedDialect else { return written }
    let launcher = TrainingLauncher(
      baseModel: training.baseModel, contextTokens: training.contextTokens,
      seed: plan.recipe.seed, epochs: training.epochs, adapters: settings,
      trainFiles: paths(of: .train, in: dialect),
      validationFiles: paths(of: .validation, in: dialect))
    written.append(try output.write(launcher.file, to: "training/train.py"))
    return written
  }

  /// The dialect of the dataset that the launcher trains on: the best of those it reads.
  private var launchedDialect: String? {
    TrainingLauncher.dialects.first { name in
      plan.dialects.contains { $0.emitter.name == name } && !paths(of: .train, in: name).isEmpty
    }
  }

  private func paths(of split: Split, in dialect: String) -> [String] {
    files.map(\.path).filter {
      $0.hasPrefix("\(dialect)/\(split.rawValue)-") || $0.hasPrefix("\(dialect)/\(split.rawValue).")
    }
  }

  private func settings(of adapter: String, _ training: Recipe.Training) -> AdapterSettings? {
    switch AdapterConfigRegistry.defaults(named: adapter) {
    case .lora:
      .lora(
        LoRASettings(
          rank: training.lora.rank, alpha: training.lora.alpha, dropout: training.lora.dropout,
          targets: training.lora.targetModules == ["all-linear"]
            ? .allLinear : .modules(training.lora.targetModules),
          learningRate: training.lora.learningRate))
    case .prefixTuning:
      .prefixTuning(
        PrefixTuningSettings(
          virtualTokens: training.prefixTuning.virtualTokens,
          hasProjection: training.prefixTuning.hasProjection,
          encoderHiddenSize: training.prefixTuning.encoderHiddenSize,
          learningRate: training.prefixTuning.learningRate))
    case nil: nil
    }
  }
}
