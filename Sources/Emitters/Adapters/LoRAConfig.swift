import Formats

/// LoRA: low-rank updates beside the model's linear layers (peft's `LoraConfig`, 0.21).
struct LoRAConfig: AdapterConfig {
  static let name = "lora"
  static let title = "Low-rank adaptation (LoRA)"
  static let defaults = AdapterSettings.lora(LoRASettings())

  let settings: LoRASettings
  /// The model's name on the hub, or its folder.
  let baseModel: String

  var learningRate: Double { settings.learningRate }
  let virtualTokens = 0
  let allowsGradientCheckpointing = true

  func writeMembers(into json: inout JSONWriter) {
    json.member("peft_type", "LORA")
    json.member("task_type", "CAUSAL_LM")
    json.member("base_model_name_or_path", baseModel)
    json.member("inference_mode", false)
    json.member("r", settings.rank)
    json.member("lora_alpha", settings.alpha)
    json.member("lora_dropout", settings.dropout)
    switch settings.targets {
    case .allLinear: json.member("target_modules", "all-linear")
    case .modules(let names): json.member("target_modules", names)
    }
    json.member("bias", "none")
  }
}
