import Formats

/// Prompt tuning: trained embeddings before every sequence (peft's `PromptTuningConfig`, 0.21).
struct PromptTuningConfig: AdapterConfig {
  static let name = "prompt-tuning"
  static let title = "Prompt tuning"
  static let defaults = AdapterSettings.promptTuning(PromptTuningSettings())

  let settings: PromptTuningSettings
  /// The model's name on the hub, or its folder.
  let baseModel: String

  var learningRate: Double { settings.learningRate }
  var virtualTokens: Int { settings.virtualTokens }
  let allowsGradientCheckpointing = true

  func writeMembers(into json: inout JSONWriter) {
    json.adapterHead("PROMPT_TUNING", baseModel: baseModel)
    json.member("num_virtual_tokens", settings.virtualTokens)
    switch settings.initialisation {
    case .random: json.member("prompt_tuning_init", "RANDOM")
    case .vocabulary: json.member("prompt_tuning_init", "SAMPLE_VOCAB")
    case .text(let text):
      json.member("prompt_tuning_init", "TEXT")
      json.member("prompt_tuning_init_text", text)
      json.member("tokenizer_name_or_path", baseModel)
    }
  }
}
