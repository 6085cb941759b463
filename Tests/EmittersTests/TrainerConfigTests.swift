import Emitters
import Records
import TestSupport
import Testing

struct TrainerConfigTests {
  private func run(
    _ dialect: String, lora: LoRASettings = LoRASettings(), model: String = "example/tiny-model"
  ) -> TrainingRun {
    let validation = dialect == "mlx" ? "valid" : "validation"
    return TrainingRun(
      name: "tiny", baseModel: model, contextTokens: 2048, seed: 17, epochs: 3, batchSize: 2,
      accumulation: 8, lora: lora, dialect: dialect,
      files: [
        DialectFile(split: .train, name: "train.jsonl", rows: 1001),
        DialectFile(split: .validation, name: "\(validation).jsonl", rows: 50),
        DialectFile(split: .test, name: "test.jsonl", rows: 50),
      ])
  }

  @Test(arguments: TrainerRegistry.names)
  func `writes the golden file`(name: String) throws {
    let trainer = try #require(TrainerRegistry.trainer(named: name))
    let dialect = try #require(trainer.facts.dialects.first)

    let file = trainer.file(for: run(dialect))

    try expectGolden(
      String(decoding: file, as: UTF8.self), matches: "Fixtures/trainers/\(name).yaml")
  }

  @Test(arguments: TrainerRegistry.names)
  func `writes the golden file of QLoRA on named modules`(name: String) throws {
    let trainer = try #require(TrainerRegistry.trainer(named: name))
    let dialect = try #require(trainer.facts.dialects.first)
    let lora = LoRASettings(
      rank: 8, targets: .modules(["q_proj", "v_proj"]), isRankStabilised: true, isDecomposed: true,
      quantization: .fourBit)

    let file = trainer.file(for: run(dialect, lora: lora, model: "Qwen/Qwen3-8B"))

    try expectGolden(
      String(decoding: file, as: UTF8.self), matches: "Fixtures/trainers/\(name)-qlora.yaml")
  }

  @Test func `counts the steps from the rows`() throws {
    // 501 batches of 2, 63 steps of 8 batches, 3 epochs.
    let mlx = String(decoding: MLXTrainerFile.of(run("mlx")), as: UTF8.self)

    #expect(mlx.contains("iters: 1503\n"))
  }

  @Test func `knows the template of a family by the model's name`() {
    #expect(ModelFamily(ofModel: "google/medgemma-4b-it")?.llamaFactoryTemplate == "gemma3")
    #expect(ModelFamily(ofModel: "BioMistral/BioMistral-7B")?.llamaFactoryTemplate == "mistral")
    #expect(ModelFamily(ofModel: "example/tiny-model") == nil)
  }
}

private enum MLXTrainerFile {
  static func of(_ run: TrainingRun) -> [UInt8] {
    TrainerRegistry.trainer(named: "mlx")?.file(for: run) ?? []
  }
}
