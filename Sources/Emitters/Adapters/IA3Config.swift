import Formats

/// IA3: learned scales of keys, values and the feed-forward (peft's `IA3Config`, 0.21).
///
/// Without modules in the settings, peft takes those that it knows for the architecture; they are named
/// only for families that it does not know.
struct IA3Config: AdapterConfig {
  static let name = "ia3"
  static let title = "Infused adapter by scaling (IA3)"
  static let defaults = AdapterSettings.ia3(IA3Settings())

  let settings: IA3Settings
  /// The model's name on the hub, or its folder.
  let baseModel: String

  var learningRate: Double { settings.learningRate }
  let virtualTokens = 0
  let allowsGradientCheckpointing = true

  func writeMembers(into json: inout JSONWriter) {
    json.adapterHead("IA3", baseModel: baseModel)
    let family = ModelFamily(ofModel: baseModel)
    let targets = settings.targets.isEmpty ? family?.scaledModules ?? [] : settings.targets
    guard !targets.isEmpty else { return }
    json.member("target_modules", targets)
    let feedForward =
      settings.targets.isEmpty ? family?.feedForwardModules ?? [] : settings.feedForward
    json.member("feedforward_modules", feedForward)
  }
}
