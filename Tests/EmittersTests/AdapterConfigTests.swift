import Emitters
import TestSupport
import Testing

struct AdapterConfigTests {
  private static let settings: [String: AdapterSettings] = [
    "lora": .lora(LoRASettings()),
    "lora-modules": .lora(LoRASettings(rank: 8, targets: .modules(["q_proj", "v_proj"]))),
    "prefix-tuning": .prefixTuning(PrefixTuningSettings()),
    "prefix-tuning-projection": .prefixTuning(
      PrefixTuningSettings(virtualTokens: 30, hasProjection: true, encoderHiddenSize: 512)),
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

  @Test func `takes 'all-linear' alone for every linear layer`() {
    #expect(LoRASettings.Targets(names: ["all-linear"]) == .allLinear)
    #expect(LoRASettings.Targets(names: ["q_proj"]) == .modules(["q_proj"]))
  }

  @Test func `writes the golden launcher`() throws {
    let launcher = TrainingLauncher(
      baseModel: "example/tiny-model", contextTokens: 2048, seed: 17,
      adapters: [.lora(LoRASettings()), .prefixTuning(PrefixTuningSettings())],
      trainFiles: ["prompt-completion/train.jsonl"],
      validationFiles: ["prompt-completion/validation.jsonl"])

    try expectGolden(
      String(decoding: launcher.file, as: UTF8.self), matches: "Fixtures/adapters/train.py")
  }
}
