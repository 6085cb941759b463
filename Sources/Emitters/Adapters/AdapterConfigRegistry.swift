/// Every adapter that a build can configure, in the order that the README's table lists them.
package enum AdapterConfigRegistry {
  package static let all: [any AdapterConfig.Type] = [
    LoRAConfig.self,
    PrefixTuningConfig.self,
    PromptTuningConfig.self,
    PTuningConfig.self,
    IA3Config.self,
  ]

  package static var names: [String] { all.map { $0.name } }

  /// The default settings of the adapter of that name; nil when there is none.
  package static func defaults(named name: String) -> AdapterSettings? {
    all.first { $0.name == name }?.defaults
  }
}

extension AdapterSettings {
  /// The configuration of the adapter for a model: a name on the hub, or a folder.
  package func config(baseModel: String) -> any AdapterConfig {
    switch self {
    case .lora(let settings): LoRAConfig(settings: settings, baseModel: baseModel)
    case .prefixTuning(let settings): PrefixTuningConfig(settings: settings, baseModel: baseModel)
    case .promptTuning(let settings): PromptTuningConfig(settings: settings, baseModel: baseModel)
    case .pTuning(let settings): PTuningConfig(settings: settings, baseModel: baseModel)
    case .ia3(let settings): IA3Config(settings: settings, baseModel: baseModel)
    }
  }
}
