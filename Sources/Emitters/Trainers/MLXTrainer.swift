import Records

/// `mlx_lm.lora --config` (0.32): steps, not epochs, and a scale, not an alpha.
enum MLXTrainer: TrainerConfig {
  static let facts = TrainerFacts(
    name: "mlx", title: "MLX-LM", dialects: ["mlx"],
    command: "mlx_lm.lora --config training/mlx.yaml")

  static let path = "training/mlx.yaml"

  static func file(for run: TrainingRun) -> [UInt8] {
    var yaml = YAMLWriter()
    yaml.comment("In the dataset's folder: \(facts.command)")
    yaml.member("model", run.baseModel)
    yaml.member("train", true)
    yaml.member("fine_tune_type", run.lora.isDecomposed ? "dora" : "lora")
    yaml.member("data", run.dialect)
    // Plain text has no prompt to leave out, and MLX-LM stops at the attempt.
    if !run.holdsText { yaml.member("mask_prompt", true) }
    yaml.member("seed", run.shortSeed)
    yaml.member("num_layers", -1)
    yaml.member("batch_size", run.batchSize)
    yaml.member("grad_accumulation_steps", run.accumulation)
    yaml.member("iters", iterations(of: run))
    yaml.member("learning_rate", run.lora.learningRate)
    yaml.member("max_seq_length", run.sequenceTokens)
    yaml.member("grad_checkpoint", true)
    yaml.member("steps_per_report", 10)
    yaml.member("steps_per_eval", 200)
    yaml.member("save_every", 200)
    yaml.member("adapter_path", "trained-lora-mlx")
    yaml.begin("lora_parameters")
    yaml.member("rank", run.lora.rank, indent: 2)
    yaml.member("scale", scale(of: run.lora), indent: 2)
    yaml.member("dropout", run.lora.dropout, indent: 2)
    if case .modules(let names) = run.lora.targets { yaml.member("keys", names, indent: 2) }
    return Array(yaml.text.utf8)
  }

  /// MLX-LM counts batches, of which several may make a step.
  private static func iterations(of run: TrainingRun) -> Int {
    max(1, (run.rows(of: .train) + run.batchSize - 1) / run.batchSize) * run.epochs
  }

  private static func scale(of lora: LoRASettings) -> Double {
    let rank = Double(lora.rank)
    return Double(lora.alpha) / (lora.isRankStabilised ? rank.squareRoot() : rank)
  }
}
