import Records

/// LLaMA-Factory's YAML (0.9.5): an unknown key is an error, and so is a template that is not the
/// model's.
enum LlamaFactoryTrainer: TrainerConfig {
  static let facts = TrainerFacts(
    name: "llamafactory", title: "LLaMA-Factory", dialects: ["llama-factory"],
    command: "llamafactory-cli train training/llamafactory.yaml")

  static let path = "training/llamafactory.yaml"

  static func file(for run: TrainingRun) -> [UInt8] {
    var yaml = YAMLWriter()
    yaml.comment("In the dataset's folder: \(facts.command)")
    let family = ModelFamily(ofModel: run.baseModel)
    if family == nil {
      yaml.comment("No template is known for this model: see that 'template' is the model's own.")
    }
    yaml.member("model_name_or_path", run.baseModel)
    yaml.member("stage", run.holdsPreferences ? "dpo" : run.holdsText ? "pt" : "sft")
    yaml.member("do_train", true)
    yaml.member("dataset_dir", run.dialect)
    yaml.member("dataset", Split.train.rawValue)
    if run.rows(of: .validation) > 0 {
      yaml.member("eval_dataset", Split.validation.rawValue)
      yaml.member("eval_strategy", "epoch")
    }
    yaml.member("template", family?.llamaFactoryTemplate ?? "default")
    yaml.member("cutoff_len", run.sequenceTokens)
    yaml.member("train_on_prompt", false)
    writeAdapter(run.lora, to: &yaml)
    writePlan(of: run, to: &yaml)
    return Array(yaml.text.utf8)
  }

  private static func writeAdapter(_ lora: LoRASettings, to yaml: inout YAMLWriter) {
    yaml.member("finetuning_type", "lora")
    yaml.member("lora_rank", lora.rank)
    yaml.member("lora_alpha", lora.alpha)
    yaml.member("lora_dropout", lora.dropout)
    switch lora.targets {
    case .allLinear: yaml.member("lora_target", "all")
    case .modules(let names): yaml.member("lora_target", names.joined(separator: ","))
    }
    if lora.isRankStabilised { yaml.member("use_rslora", true) }
    if lora.isDecomposed { yaml.member("use_dora", true) }
    switch lora.quantization {
    case .none: break
    case .fourBit: yaml.member("quantization_bit", 4)
    case .eightBit: yaml.member("quantization_bit", 8)
    }
  }

  private static func writePlan(of run: TrainingRun, to yaml: inout YAMLWriter) {
    yaml.member("per_device_train_batch_size", run.batchSize)
    yaml.member("gradient_accumulation_steps", run.accumulation)
    yaml.member("num_train_epochs", Double(run.epochs))
    yaml.member("learning_rate", run.lora.learningRate)
    yaml.member("lr_scheduler_type", "cosine")
    yaml.member("warmup_steps", run.warmupSteps)
    yaml.member("bf16", true)
    yaml.member("logging_steps", 10)
    yaml.member("save_strategy", "epoch")
    yaml.member("seed", run.shortSeed)
    yaml.member("report_to", "none")
    yaml.member("output_dir", "trained-lora")
  }
}
