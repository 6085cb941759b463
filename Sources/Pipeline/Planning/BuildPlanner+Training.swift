import Emitters
import Recipes
import Records

/// Adapters, trainers, and how examples are measured.
extension BuildPlanner {
  mutating func checkAdapters() {
    let names = AdapterConfigRegistry.names
    for adapter in recipe.training?.adapters ?? [] where !names.contains(adapter.text) {
      unknown(adapter, kind: "adapter", among: names, list: "dialects")
    }
  }

  /// A trainer needs a dialect that it reads, and all but the evaluation the LoRA adapter.
  mutating func checkTrainers() {
    let emitted = recipe.emissions.map(\.dialect.text)
    let adapters = recipe.training?.adapters.map(\.text) ?? []
    for name in recipe.training?.trainers ?? [] where name.text != TrainingLauncher.trainer {
      guard let facts = TrainerRegistry.trainer(named: name.text)?.facts else {
        unknown(
          name, kind: "trainer", among: [TrainingLauncher.trainer] + TrainerRegistry.names,
          list: "dialects")
        continue
      }
      if !facts.dialects.contains(where: emitted.contains) {
        problems.append(
          Diagnostic(
            at: name.position, "trainer '\(name.text)' reads no dialect that is emitted",
            hint: "emit \(facts.dialects.joined(separator: " or "))"))
      }
      if facts.trainsLoRA, !adapters.contains(LoRAConfig.name) {
        problems.append(
          Diagnostic(
            at: name.position, "trainer '\(name.text)' trains LoRA only",
            hint: "add lora to the adapters; training/train.py trains the others"))
      }
    }
  }

  // MARK: Lengths

  /// How examples are measured, with the tokenizer where there is one.
  mutating func plannedFitting() -> ExampleFitting? {
    guard let training = recipe.training else {
      if tokenizerPath != nil {
        problems.append(
          Diagnostic(
            "'--tokenizer' is for recipes with 'training', which names the model",
            hint: "add 'training: {base_model: NAME}' to the recipe"))
      }
      return nil
    }
    var tokenizer: PlannedTokenizer?
    if let path = tokenizerPath ?? training.tokenizer.map({ inFolder($0.text) }) {
      tokenizer = made(
        at: tokenizerPath == nil ? training.tokenizer?.position ?? Position() : Position(),
        { try PlannedTokenizer(path: path) })
    }
    return ExampleFitting(
      meter: LengthMeter(baseModel: training.baseModel, tokenizer: tokenizer),
      limit: training.tokenLimit, overLong: training.overLong)
  }
}
