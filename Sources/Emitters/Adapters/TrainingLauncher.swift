import Formats

/// `training/train.py`: a short script that trains an adapter on the dataset with TRL and peft.
///
/// Prefix tuning has no other way in: none of the configuration-driven trainers knows it (trl's
/// command line, Axolotl, LLaMA-Factory, MLX-LM and Unsloth do LoRA only).
package struct TrainingLauncher: Sendable {
  /// What recipes call it among the trainers; it is written in any case.
  package static let trainer = "peft"

  /// The dialects that the script can read, the best first: TRL trains on completions only.
  package static let dialects = ["prompt-completion", "messages", "text"]

  /// The model's name on the hub, or its folder.
  package var baseModel: String
  /// The tokens of a training sequence, without virtual tokens: no row has more.
  package var sequenceTokens: Int
  package var seed: UInt64
  package var epochs: Int
  package var adapters: [AdapterSettings]
  /// The files of one dialect, relative to the dataset's folder.
  package var trainFiles: [String]
  package var validationFiles: [String]
  /// What `datasets` calls the loader of the files.
  package var loader: String

  package init(
    baseModel: String, sequenceTokens: Int = 4096, seed: UInt64, epochs: Int = 3,
    adapters: [AdapterSettings],
    trainFiles: [String], validationFiles: [String] = [], loader: String = "json"
  ) {
    self.baseModel = baseModel
    self.sequenceTokens = sequenceTokens
    self.seed = seed
    self.epochs = epochs
    self.adapters = adapters
    self.trainFiles = trainFiles
    self.validationFiles = validationFiles
    self.loader = loader
  }

  /// The bytes of the script.
  package var file: [UInt8] { Array((Self.head + constants + Self.body).utf8) }

  /// The part that differs from build to build, as Python literals, which JSON's strings are too.
  private var constants: String {
    var text = """
      BASE_MODEL = \(literal(baseModel))
      SEQUENCE_TOKENS = \(sequenceTokens)
      SEED = \(seed % (1 << 32))
      EPOCHS = \(epochs)
      LOADER = \(literal(loader))
      TRAIN_FILES = \(literal(trainFiles))
      VALIDATION_FILES = \(literal(validationFiles))
      ADAPTERS = {

      """
    for settings in adapters {
      let config = settings.config(baseModel: baseModel)
      text += """
            \(literal(config.name)): {
                "learning_rate": \(DecimalText.of(config.learningRate)),
                "virtual_tokens": \(config.virtualTokens),
                "gradient_checkpointing": \(config.allowsGradientCheckpointing ? "True" : "False"),
            },

        """
    }
    return text + "}\n"
  }

  private func literal(_ text: String) -> String {
    var json = JSONWriter()
    json.string(text)
    return json.text
  }

  private func literal(_ texts: [String]) -> String {
    "[\(texts.map(literal).joined(separator: ", "))]"
  }
}

extension TrainingLauncher {
  private static let head = """
    #!/usr/bin/env python3
    \"""Trains an adapter on this dataset: python train.py --adapter NAME

    Reads the adapter's shape from NAME/adapter_config.json beside this script and writes the trained
    adapter to --output. Needs torch, trl 1.16 or later and peft 0.21 or later.
    \"""
    import argparse
    from pathlib import Path

    import torch
    from datasets import load_dataset
    from peft import PeftConfig
    from trl import SFTConfig, SFTTrainer


    """

  private static let body = """

    TRAINING = Path(__file__).resolve().parent
    DATASET = TRAINING.parent


    def main():
        options = parse_options()
        adapter = ADAPTERS[options.adapter]
        train = load(TRAIN_FILES)
        validation = load(VALIDATION_FILES) if VALIDATION_FILES else None
        steps = -(-len(train) // (options.batch_size * options.accumulation)) * options.epochs
        settings = SFTConfig(
            output_dir=str(options.output),
            seed=SEED,
            data_seed=SEED,
            # No row is longer, and the model's context has room for virtual tokens beside it.
            max_length=SEQUENCE_TOKENS,
            packing=False,
            learning_rate=options.learning_rate or adapter["learning_rate"],
            lr_scheduler_type="cosine",
            warmup_steps=steps * 3 // 100,
            num_train_epochs=options.epochs,
            max_steps=options.max_steps,
            per_device_train_batch_size=options.batch_size,
            per_device_eval_batch_size=options.batch_size,
            gradient_accumulation_steps=options.accumulation,
            # A prefix lives in the key-value cache, which checkpointing would drop.
            gradient_checkpointing=adapter["gradient_checkpointing"],
            bf16=torch.cuda.is_available() and torch.cuda.is_bf16_supported(),
            eval_strategy="epoch" if validation else "no",
            save_strategy="epoch",
            report_to="none",
        )
        trainer = SFTTrainer(
            model=options.model,
            args=settings,
            train_dataset=train,
            eval_dataset=validation,
            peft_config=PeftConfig.from_pretrained(str(TRAINING / options.adapter)),
        )
        kept = len(trainer.train_dataset)
        if kept < len(train):
            print(f"{len(train) - kept} of {len(train)} rows have no answer within {settings.max_length} tokens")
        trainer.train()
        trainer.save_model(str(options.output))


    def load(files):
        \"""Loads one split; of chat messages, the last is what is trained on.\"""
        rows = load_dataset(LOADER, data_files=[str(DATASET / file) for file in files], split="train")
        if "messages" not in rows.column_names:
            return rows
        return rows.map(
            lambda row: {"prompt": row["messages"][:-1], "completion": row["messages"][-1:]},
            remove_columns=rows.column_names,
        )


    def parse_options():
        parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
        parser.add_argument("--adapter", choices=list(ADAPTERS), default=next(iter(ADAPTERS)))
        parser.add_argument("--model", default=BASE_MODEL, help="name on the hub, or a folder")
        parser.add_argument("--output", type=Path, help="folder of the trained adapter")
        parser.add_argument("--epochs", type=int, default=EPOCHS)
        parser.add_argument("--max-steps", type=int, default=-1, help="stop early; for a trial")
        parser.add_argument("--batch-size", type=int, default=1)
        parser.add_argument("--accumulation", type=int, default=16, help="batches to a step")
        parser.add_argument("--learning-rate", type=float)
        options = parser.parse_args()
        options.output = options.output or Path(f"trained-{options.adapter}")
        return options


    if __name__ == "__main__":
        main()

    """
}
