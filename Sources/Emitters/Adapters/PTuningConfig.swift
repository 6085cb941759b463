import Formats

/// P-tuning: virtual tokens that an encoder makes (peft's `PromptEncoderConfig`, 0.21).
struct PTuningConfig: AdapterConfig {
  static let name = "p-tuning"
  static let title = "P-tuning"
  static let defaults = AdapterSettings.pTuning(PTuningSettings())

  let settings: PTuningSettings
  /// The model's name on the hub, or its folder.
  let baseModel: String

  var learningRate: Double { settings.learningRate }
  var virtualTokens: Int { settings.virtualTokens }
  let allowsGradientCheckpointing = true

  func writeMembers(into json: inout JSONWriter) {
    json.adapterHead("P_TUNING", baseModel: baseModel)
    json.member("num_virtual_tokens", settings.virtualTokens)
    json.member("encoder_reparameterization_type", settings.encoder.rawValue.uppercased())
    if let size = settings.encoderHiddenSize { json.member("encoder_hidden_size", size) }
  }
}
