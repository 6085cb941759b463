import Records

/// Axolotl's YAML (0.19 to 0.21): an unknown key is ignored there in silence, so only known ones are
/// written.
enum AxolotlTrainer: TrainerConfig {
  static let facts = TrainerFacts(
    name: "axolotl", title: "Axolotl", dialects: ["messages", "alpaca", "text", "preference"],
    command: "axolotl train training/axolotl.yaml")

  static let path = "training/axolotl.yaml"

  static func file(for run: TrainingRun) -> [UInt8] {
    var yaml = YAMLWriter()
    yaml.comment("In the dataset's folder: \(facts.command)")
    yaml.member("base_model", run.baseModel)
    yaml.begin("datasets")
    writeEntries(of: .train, run, to: &yaml)
    if !run.paths(of: .validation).isEmpty {
      yaml.begin("test_datasets")
      writeEntries(of: .validation, run, to: &yaml)
    }
    if run.holdsPreferences { yaml.member("rl", "dpo") }
    if run.dialect == "messages" || run.holdsPreferences {
      yaml.member("chat_template", "tokenizer_default")
    }
    yaml.member("dataset_prepared_path", "prepared")
    yaml.member("sequence_len", run.sequenceTokens)
    yaml.member("excess_length_strategy", "raise")
    yaml.member("sample_packing", false)
    yaml.member("train_on_inputs", false)
    writeAdapter(run.lora, to: &yaml)
    writePlan(of: run, to: &yaml)
    return Array(yaml.text.utf8)
  }

  private static func writeEntries(
    of split: Split, _ run: TrainingRun, to yaml: inout YAMLWriter
  ) {
    for path in run.paths(of: split) {
      yaml.item("path", path, indent: 2)
      // Preferences have no such key: Axolotl goes by the ending of the file there.
      if !run.holdsPreferences { yaml.member("ds_type", run.format.loader, indent: 4) }
      // A local file has the one split `train`, whatever it holds.
      yaml.member("split", "train", indent: 4)
      switch run.dialect {
      case "alpaca": yaml.member("type", "alpaca", indent: 4)
      case "text": yaml.member("type", "completion", indent: 4)
      case "preference":
        yaml.member("type", "chat_template.default", indent: 4)
        yaml.member("field_messages", "prompt", indent: 4)
        yaml.member("field_chosen", "chosen", indent: 4)
        yaml.member("field_rejected", "rejected", indent: 4)
      default:
        yaml.member("type", "chat_template", indent: 4)
        yaml.member("field_messages", "messages", indent: 4)
        yaml.member("roles_to_train", ["assistant"], indent: 4)
      }
    }
  }

  private static func writeAdapter(_ lora: LoRASettings, to yaml: inout YAMLWriter) {
    yaml.member("adapter", lora.quantization == .fourBit ? "qlora" : "lora")
    if lora.quantization == .fourBit { yaml.member("load_in_4bit", true) }
    if lora.quantization == .eightBit { yaml.member("load_in_8bit", true) }
    yaml.member("lora_r", lora.rank)
    yaml.member("lora_alpha", lora.alpha)
    yaml.member("lora_dropout", lora.dropout)
    switch lora.targets {
    case .allLinear: yaml.member("lora_target_linear", true)
    case .modules(let names): yaml.member("lora_target_modules", names)
    }
    if lora.isRankStabilised { yaml.member("peft_use_rslora", true) }
    if lora.isDecomposed { yaml.member("peft_use_dora", true) }
  }

  private static func writePlan(of run: TrainingRun, to yaml: inout YAMLWriter) {
    yaml.member("micro_batch_size", run.batchSize)
    yaml.member("gradient_accumulation_steps", run.accumulation)
    yaml.member("num_epochs", run.epochs)
    yaml.member("optimizer", "adamw_torch")
    yaml.member("lr_scheduler", "cosine")
    yaml.member("learning_rate", run.lora.learningRate)
    yaml.member("warmup_steps", run.warmupSteps)
    yaml.member("bf16", "auto")
    yaml.member("gradient_checkpointing", true)
    yaml.member("logging_steps", 10)
    yaml.member("saves_per_epoch", 1)
    if !run.paths(of: .validation).isEmpty { yaml.member("evals_per_epoch", 1) }
    yaml.member("seed", run.shortSeed)
    yaml.member("output_dir", "trained-lora")
  }
}
