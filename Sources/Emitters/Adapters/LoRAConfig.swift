import Formats

/// LoRA: low-rank updates beside the model's linear layers (peft's `LoraConfig`, 0.21).
package struct LoRAConfig: AdapterConfig {
  package static let name = "lora"
  package static let title = "Low-rank adaptation (LoRA)"
  package static let defaults = AdapterSettings.lora(LoRASettings())

  let settings: LoRASettings
  /// The model's name on the hub, or its folder.
  let baseModel: String

  package var learningRate: Double { settings.learningRate }
  package let virtualTokens = 0
  package let allowsGradientCheckpointing = true

  package func writeMembers(into json: inout JSONWriter) {
    json.adapterHead("LORA", baseModel: baseModel)
    json.member("r", settings.rank)
    json.member("lora_alpha", settings.alpha)
    json.member("lora_dropout", settings.dropout)
    switch settings.targets {
    case .allLinear: json.member("target_modules", "all-linear")
    case .modules(let names): json.member("target_modules", names)
    }
    json.member("bias", "none")
    if settings.isRankStabilised { json.member("use_rslora", true) }
    if settings.isDecomposed { json.member("use_dora", true) }
  }
}
