import Formats

/// Prefix tuning: trained keys and values before every sequence (peft's `PrefixTuningConfig`, 0.21).
///
/// Sizes of the model are left out: peft infers them, and with grouped-query attention a copied
/// value would only mislead.
struct PrefixTuningConfig: AdapterConfig {
  static let name = "prefix-tuning"
  static let title = "Prefix tuning"
  static let defaults = AdapterSettings.prefixTuning(PrefixTuningSettings())

  let settings: PrefixTuningSettings
  /// The model's name on the hub, or its folder.
  let baseModel: String

  var learningRate: Double { settings.learningRate }
  var virtualTokens: Int { settings.virtualTokens }
  // The prefix is a key–value cache, which recomputation drops: training fails in the first step.
  let allowsGradientCheckpointing = false

  func writeMembers(into json: inout JSONWriter) {
    json.adapterHead("PREFIX_TUNING", baseModel: baseModel)
    json.member("num_virtual_tokens", settings.virtualTokens)
    json.member("prefix_projection", settings.hasProjection)
    if settings.hasProjection, let size = settings.encoderHiddenSize {
      json.member("encoder_hidden_size", size)
    }
  }
}
