import Records

/// `trl sft --config`, or `trl dpo --config` for preferences: flat keys of TRL 1.16, where an unknown
/// one is an error.
enum TRLTrainer: TrainerConfig {
  static let facts = TrainerFacts(
    name: "trl", title: "TRL's command line",
    dialects: ["prompt-completion", "messages", "text", "preference"],
    command: "trl sft --config training/trl.yaml")

  static let path = "training/trl.yaml"

  static func file(for run: TrainingRun) -> [UInt8] {
    var yaml = YAMLWriter()
    yaml.comment(
      "In the dataset's folder: "
        + (run.holdsPreferences ? "trl dpo --config \(path)" : facts.command))
    yaml.member("model_name_or_path", run.baseModel)
    yaml.member("dtype", "bfloat16")
    yaml.begin("datasets")
    for path in run.paths(of: .train) {
      yaml.item("path", run.format.loader, indent: 2)
      yaml.member("data_files", path, indent: 4)
      yaml.member("split", "train", indent: 4)
    }
    yaml.member("max_length", run.sequenceTokens)
    if !run.holdsPreferences { yaml.member("packing", false) }
    if run.dialect == "messages" { yaml.member("assistant_only_loss", true) }
    writePlan(of: run, to: &yaml)
    yaml.member("use_peft", true)
    yaml.member("lora_r", run.lora.rank)
    yaml.member("lora_alpha", run.lora.alpha)
    yaml.member("lora_dropout", run.lora.dropout)
    yaml.member("lora_target_modules", run.lora.targetNames)
    yaml.member("use_rslora", run.lora.isRankStabilised)
    yaml.member("use_dora", run.lora.isDecomposed)
    writeQuantization(of: run, to: &yaml)
    return Array(yaml.text.utf8)
  }

  private static func writePlan(of run: TrainingRun, to yaml: inout YAMLWriter) {
    yaml.member("output_dir", "trained-lora")
    yaml.member("seed", run.shortSeed)
    yaml.member("learning_rate", run.lora.learningRate)
    yaml.member("lr_scheduler_type", "cosine")
    yaml.member("warmup_steps", run.warmupSteps)
    yaml.member("num_train_epochs", run.epochs)
    yaml.member("per_device_train_batch_size", run.batchSize)
    yaml.member("gradient_accumulation_steps", run.accumulation)
    yaml.member("gradient_checkpointing", true)
    yaml.member("logging_steps", 10)
    yaml.member("save_strategy", "epoch")
    yaml.member("report_to", "none")
  }

  private static func writeQuantization(of run: TrainingRun, to yaml: inout YAMLWriter) {
    switch run.lora.quantization {
    case .none: break
    case .eightBit: yaml.member("load_in_8bit", true)
    case .fourBit:
      yaml.member("load_in_4bit", true)
      yaml.member("bnb_4bit_quant_type", "nf4")
      yaml.member("use_bnb_nested_quant", true)
    }
  }
}

extension LoRASettings {
  /// The targets as peft's YAML names them.
  var targetNames: [String] {
    switch targets {
    case .allLinear: ["all-linear"]
    case .modules(let names): names
    }
  }
}
