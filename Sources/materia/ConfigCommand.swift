import ArgumentParser
import Emitters
import Glibc
import Pipeline

/// `materia config`: the untrained adapter of a base model, without a build.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Write the adapter_config.json of an adapter, without a build."
  )

  @Argument(help: ArgumentHelp(Self.list("The adapter", AdapterConfigRegistry.names)))
  var adapter: String

  @Option(name: .long, help: "The model's name on the hub, or its folder.")
  var baseModel: String

  @Option(
    name: .shortAndLong,
    help: "The folder to write adapter_config.json to; standard output by default.")
  var output: String?

  @OptionGroup var settings: AdapterOptions

  func validate() throws {
    guard AdapterConfigRegistry.names.contains(adapter) else {
      throw ValidationError(
        "there is no adapter '\(adapter)'; there are "
          + AdapterConfigRegistry.names.joined(separator: ", "))
    }
    try settings.validate(for: adapter)
    if let output, access("\(output)/adapter_config.json", F_OK) == 0 {
      throw ValidationError("'\(output)/adapter_config.json' is there already")
    }
  }

  func run() throws {
    let config = settings.settings(of: adapter).config(baseModel: baseModel)
    guard let output else {
      return Console.write(String(decoding: config.file, as: UTF8.self), to: STDOUT_FILENO)
    }
    // One that is there already is fine; any other trouble is told by the write.
    _ = mkdir(output, 0o755)
    try StarterRecipe.write(
      String(decoding: config.file, as: UTF8.self), to: "\(output)/adapter_config.json")
  }

  private static func list(_ what: String, _ names: [String]) -> String {
    "\(what): \(names.joined(separator: ", "))."
  }
}

/// What may be set of adapters: each option belongs to some of them.
struct AdapterOptions: ParsableArguments {
  @Option(name: .long, help: "lora: the rank of the updates.")
  var rank: Int?

  @Option(name: .long, help: "lora: the scale is alpha / rank.")
  var alpha: Int?

  @Option(name: .long, help: "lora: the dropout.")
  var dropout: Double?

  @Option(name: .long, help: "lora, ia3: a module's name; may be repeated.")
  var target: [String] = []

  @Flag(name: .long, help: "lora: scale by alpha / sqrt(rank).")
  var rslora = false

  @Flag(name: .long, help: "lora: learn magnitude and direction apart.")
  var dora = false

  @Option(name: .long, help: "prefix-tuning, prompt-tuning, p-tuning: the trained positions.")
  var virtualTokens: Int?

  @Flag(name: .long, help: "prefix-tuning: train the prefix through a network.")
  var projection = false

  @Option(name: .long, help: "prefix-tuning with a projection, p-tuning: the network's width.")
  var encoderHiddenSize: Int?

  @Option(name: .long, help: "prompt-tuning: the text that the virtual tokens are at first.")
  var initText: String?

  @Flag(name: .long, help: "prompt-tuning: draw the virtual tokens from the vocabulary at first.")
  var initVocabulary = false

  @Option(name: .long, help: "ia3: a target that belongs to the feed-forward; may be repeated.")
  var feedForward: [String] = []

  /// Refuses options that the adapter does not have and numbers that cannot be.
  func validate(for adapter: String) throws {
    let given: [(flag: String, isGiven: Bool, adapters: [String])] = [
      ("--rank", rank != nil, ["lora"]), ("--alpha", alpha != nil, ["lora"]),
      ("--dropout", dropout != nil, ["lora"]), ("--target", !target.isEmpty, ["lora", "ia3"]),
      ("--rslora", rslora, ["lora"]), ("--dora", dora, ["lora"]),
      ("--virtual-tokens", virtualTokens != nil, ["prefix-tuning", "prompt-tuning", "p-tuning"]),
      ("--projection", projection, ["prefix-tuning"]),
      ("--encoder-hidden-size", encoderHiddenSize != nil, ["prefix-tuning", "p-tuning"]),
      ("--init-text", initText != nil, ["prompt-tuning"]),
      ("--init-vocabulary", initVocabulary, ["prompt-tuning"]),
      ("--feed-forward", !feedForward.isEmpty, ["ia3"]),
    ]
    for option in given where option.isGiven && !option.adapters.contains(adapter) {
      throw ValidationError(
        "'\(option.flag)' is for \(option.adapters.joined(separator: ", ")), not for \(adapter)")
    }
    for (flag, value) in [
      ("--rank", rank), ("--alpha", alpha), ("--virtual-tokens", virtualTokens),
      ("--encoder-hidden-size", encoderHiddenSize),
    ] {
      if let value, value < 1 { throw ValidationError("'\(flag)' must be at least 1") }
    }
    if let dropout, !(0..<1).contains(dropout) {
      throw ValidationError("'--dropout' is at least 0 and below 1")
    }
    guard feedForward.allSatisfy(target.contains) else {
      throw ValidationError("each '--feed-forward' must be a '--target' too")
    }
    guard initText == nil || !initVocabulary else {
      throw ValidationError("'--init-text' and '--init-vocabulary' exclude each other")
    }
  }

  /// The settings of an adapter, with the defaults of what was not given.
  func settings(of adapter: String) -> AdapterSettings {
    switch AdapterConfigRegistry.defaults(named: adapter) {
    case .lora(var lora):
      lora.rank = rank ?? lora.rank
      // Twice the rank by habit, also of a rank that was chosen.
      lora.alpha = alpha ?? 2 * lora.rank
      lora.dropout = dropout ?? lora.dropout
      if !target.isEmpty { lora.targets = LoRASettings.Targets(names: target) }
      lora.isRankStabilised = rslora
      lora.isDecomposed = dora
      return .lora(lora)
    case .prefixTuning(var prefix):
      prefix.virtualTokens = virtualTokens ?? prefix.virtualTokens
      prefix.hasProjection = projection
      prefix.encoderHiddenSize = encoderHiddenSize
      return .prefixTuning(prefix)
    case .promptTuning(var prompt):
      prompt.virtualTokens = virtualTokens ?? prompt.virtualTokens
      if initVocabulary { prompt.initialisation = .vocabulary }
      if let initText { prompt.initialisation = .text(initText) }
      return .promptTuning(prompt)
    case .pTuning(var tuning):
      tuning.virtualTokens = virtualTokens ?? tuning.virtualTokens
      tuning.encoderHiddenSize = encoderHiddenSize
      return .pTuning(tuning)
    case .ia3(var ia3):
      ia3.targets = target
      ia3.feedForward = feedForward
      return .ia3(ia3)
    case nil: return .lora(LoRASettings())
    }
  }
}
