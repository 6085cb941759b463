import Records

/// Unsloth's command line (2026.10): nested keys, where an unknown one is an error, and target modules
/// in one text.
enum UnslothTrainer: TrainerConfig {
  static let facts = TrainerFacts(
    name: "unsloth", title: "Unsloth", dialects: ["messages", "alpaca", "sharegpt"],
    command: "unsloth train --config training/unsloth.yaml")

  static let path = "training/unsloth.yaml"

  static func file(for run: TrainingRun) -> [UInt8] {
    var yaml = YAMLWriter()
    yaml.comment("In the dataset's folder: \(facts.command)")
    yaml.member("model", run.baseModel)
    yaml.begin("data")
    yaml.member("local_dataset", run.paths(of: .train), indent: 2)
    yaml.member("format_type", run.dialect == "messages" ? "chatml" : run.dialect, indent: 2)
    yaml.begin("training")
    yaml.member("training_type", "lora", indent: 2)
    yaml.member("max_seq_length", run.sequenceTokens, indent: 2)
    yaml.member("load_in_4bit", run.lora.quantization == .fourBit, indent: 2)
    yaml.member("output_dir", "trained-lora", indent: 2)
    yaml.member("num_epochs", run.epochs, indent: 2)
    yaml.member("learning_rate", run.lora.learningRate, indent: 2)
    yaml.member("batch_size", run.batchSize, indent: 2)
    yaml.member("gradient_accumulation_steps", run.accumulation, indent: 2)
    yaml.member("warmup_steps", run.warmupSteps, indent: 2)
    yaml.member("random_seed", run.shortSeed, indent: 2)
    yaml.member("packing", false, indent: 2)
    yaml.member("train_on_completions", true, indent: 2)
    yaml.begin("lora")
    yaml.member("lora_r", run.lora.rank, indent: 2)
    yaml.member("lora_alpha", run.lora.alpha, indent: 2)
    yaml.member("lora_dropout", run.lora.dropout, indent: 2)
    yaml.member("target_modules", run.lora.targetNames.joined(separator: ","), indent: 2)
    yaml.member("use_rslora", run.lora.isRankStabilised, indent: 2)
    yaml.member("use_dora", run.lora.isDecomposed, indent: 2)
    return Array(yaml.text.utf8)
  }
}
