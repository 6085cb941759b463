import Emitters
import TestSupport
import Testing

struct AdapterConfigTests {
  private static let settings: [String: AdapterSettings] = [
    "lora": .lora(LoRASettings()),
    "lora-modules": .lora(LoRASettings(rank: 8, targets: .modules(["q_proj", "v_proj"]))),
    "lora-variants": .lora(
      LoRASettings(isRankStabilised: true, isDecomposed: true, quantization: .fourBit)),
    "prefix-tuning": .prefixTuning(PrefixTuningSettings()),
    "prefix-tuning-projection": .prefixTuning(
      PrefixTuningSettings(virtualTokens: 30, hasProjection: true, encoderHiddenSize: 512)),
    "prompt-tuning": .promptTuning(PromptTuningSettings()),
    "prompt-tuning-text": .promptTuning(
      PromptTuningSettings(initialisation: .text("Answer as a physician."))),
    "p-tuning": .pTuning(PTuningSettings(encoder: .lstm, encoderHiddenSize: 128)),
    "ia3": .ia3(IA3Settings()),
    "ia3-modules": .ia3(IA3Settings(targets: ["k_proj", "down_proj"], feedForward: ["down_proj"])),
  ]

  @Test(arguments: settings.keys.sorted())
  func `writes the golden adapter_config.json`(name: String) throws {
    let config = try #require(Self.settings[name]).config(baseModel: "example/tiny-model")

    try expectGolden(
      String(decoding: config.file, as: UTF8.self),
      matches: "Fixtures/adapters/\(name)/adapter_config.json")
  }

  @Test(arguments: AdapterConfigRegistry.names)
  func `has defaults that make the adapter of that name`(name: String) throws {
    let defaults = try #require(AdapterConfigRegistry.defaults(named: name))

    #expect(defaults.config(baseModel: "m").name == name)
  }

  @Test func `writes the hidden size of the projection only when there is one`() {
    let settings = PrefixTuningSettings(hasProjection: false, encoderHiddenSize: 512)

    let file = AdapterSettings.prefixTuning(settings).config(baseModel: "m").file

    #expect(!String(decoding: file, as: UTF8.self).contains("encoder_hidden_size"))
  }

  @Test func `names the modules of IA3 only where peft does not know them`() {
    let known = AdapterSettings.ia3(IA3Settings()).config(baseModel: "meta-llama/Llama-3.1-8B")
    let other = AdapterSettings.ia3(IA3Settings()).config(baseModel: "microsoft/Phi-4")

    #expect(!String(decoding: known.file, as: UTF8.self).contains("target_modules"))
    #expect(String(decoding: other.file, as: UTF8.self).contains("qkv_proj"))
  }

  @Test func `takes 'all-linear' alone for every linear layer`() {
    #expect(LoRASettings.Targets(names: ["all-linear"]) == .allLinear)
    #expect(LoRASettings.Targets(names: ["q_proj"]) == .modules(["q_proj"]))
  }

  @Test func `writes the golden launcher`() throws {
    let launcher = TrainingLauncher(
      baseModel: "example/tiny-model", sequenceTokens: 2048, seed: 17,
      adapters: [.lora(LoRASettings()), .prefixTuning(PrefixTuningSettings())],
      trainFiles: ["prompt-completion/train.jsonl"],
      validationFiles: ["prompt-completion/validation.jsonl"])

    try expectGolden(
      String(decoding: launcher.file, as: UTF8.self), matches: "Fixtures/adapters/train.py")
  }
}
