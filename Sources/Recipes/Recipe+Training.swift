import Formats
import Records

extension Recipe {
  /// What the adapter configs and the trainers' files are made of.
  package struct Training: Sendable {
    package var baseModel: String
    /// The file of the model's own tokenizer; lengths are estimated without it.
    package var tokenizer: Name?
    /// The tokens that the model takes; nil for as many as the longest example has.
    package var contextTokens: Int?
    /// What becomes of examples that are longer; set whenever a context is.
    package var overLong: OverLong?
    package var adapters: [Name]
    package var trainers: [Name]
    package var epochs: Int
    /// The rows of one forward pass.
    package var batchSize: Int
    /// The batches of one step.
    package var accumulation: Int
    package var lora: LoRA
    package var prefixTuning: PrefixTuning
    package var promptTuning: PromptTuning
    package var pTuning: PTuning
    package var ia3: IA3

    /// What becomes of an example that has more tokens than there is room for.
    package enum OverLong: String, Sendable {
      /// It is left out.
      case reject
      /// A text becomes several rows; a conversation loses its earliest turns.
      case split
      /// The build stops.
      case fail
    }

    /// LoRA settings that the recipe may change.
    package struct LoRA: Sendable, Equatable {
      package var rank = 16
      package var alpha = 32
      package var dropout = 0.05
      /// The module names, or `all-linear`.
      package var targetModules = ["all-linear"]
      package var learningRate = 0.0002
      package var isRankStabilised = false
      package var isDecomposed = false
      /// `none`, `4bit` or `8bit`.
      package var quantization = "none"
    }

    /// Prefix-tuning settings that the recipe may change.
    package struct PrefixTuning: Sendable, Equatable {
      package var virtualTokens = 20
      package var hasProjection = false
      package var encoderHiddenSize: Int?
      package var learningRate = 0.005
    }

    /// Prompt-tuning settings that the recipe may change.
    package struct PromptTuning: Sendable, Equatable {
      package var virtualTokens = 20
      /// `random`, `vocabulary` or `text`.
      package var initialisation = "random"
      package var text = ""
      package var learningRate = 0.02
    }

    /// P-tuning settings that the recipe may change.
    package struct PTuning: Sendable, Equatable {
      package var virtualTokens = 20
      /// `mlp` or `lstm`.
      package var encoder = "mlp"
      package var encoderHiddenSize: Int?
      package var learningRate = 0.001
    }

    /// IA3 settings that the recipe may change.
    package struct IA3: Sendable, Equatable {
      /// The module names; those of the model's family when empty.
      package var targetModules: [String] = []
      package var feedForwardModules: [String] = []
      package var learningRate = 0.003
    }
  }
}

extension Recipe.Training {
  init(_ node: YAMLNode) {
    baseModel = node["base_model"]?.string ?? ""
    tokenizer = Recipe.Name(node["tokenizer"])
    contextTokens = node["context_tokens"]?.int
    overLong = node["over_long"]?.string.flatMap(OverLong.init(rawValue:))
    let names = Recipe.Name.list(node["adapters"])
    adapters = names.isEmpty ? [Recipe.Name("lora", at: node.position)] : names
    trainers = Recipe.Name.list(node["trainers"])
    epochs = node["epochs"]?.int ?? 3
    batchSize = node["batch_size"]?.int ?? 1
    accumulation = node["accumulation"]?.int ?? 16
    lora = node["lora"].map(LoRA.init) ?? LoRA()
    prefixTuning = node["prefix_tuning"].map(PrefixTuning.init) ?? PrefixTuning()
    promptTuning = node["prompt_tuning"].map(PromptTuning.init) ?? PromptTuning()
    pTuning = node["p_tuning"].map(PTuning.init) ?? PTuning()
    ia3 = node["ia3"].map(IA3.init) ?? IA3()
  }

  var resolved: JSON {
    .object(
      [
        JSON.Member("base_model", .string(baseModel))
      ] + (tokenizer.map { [JSON.Member("tokenizer", .string($0.text))] } ?? [])
        + contextTokens.member("context_tokens")
        + (overLong.map { [JSON.Member("over_long", .string($0.rawValue))] } ?? []) + [
          JSON.Member("adapters", .strings(adapters.map(\.text)))
        ] + trainers.map(\.text).member("trainers") + [
          JSON.Member("epochs", .number(String(epochs))),
          JSON.Member("batch_size", .number(String(batchSize))),
          JSON.Member("accumulation", .number(String(accumulation))),
          JSON.Member("lora", lora.resolved),
          JSON.Member("prefix_tuning", prefixTuning.resolved),
          JSON.Member("prompt_tuning", promptTuning.resolved),
          JSON.Member("p_tuning", pTuning.resolved),
          JSON.Member("ia3", ia3.resolved),
        ])
  }
}

extension Recipe.Training {
  /// The most virtual tokens that an adapter of the recipe puts before a sequence.
  package var virtualTokens: Int {
    adapters.map { adapter in
      switch adapter.text {
      case "prefix-tuning": prefixTuning.virtualTokens
      case "prompt-tuning": promptTuning.virtualTokens
      case "p-tuning": pTuning.virtualTokens
      default: 0
      }
    }.max() ?? 0
  }

  /// The tokens that an example may have: the context without the virtual tokens.
  package var tokenLimit: Int? { contextTokens.map { $0 - virtualTokens } }

  /// A context without a rule for what is longer, a rule without a context, a context without room.
  func lengthProblems(in node: YAMLNode) -> [Diagnostic] {
    let choices = "'over_long: reject', 'over_long: split' or 'over_long: fail'"
    if let place = node["context_tokens"]?.position, node["over_long"] == nil {
      return [
        Diagnostic(
          at: place, "'context_tokens' does not say what becomes of longer examples",
          hint: "write \(choices) beside it")
      ]
    }
    if let place = node["over_long"]?.position, node["context_tokens"] == nil {
      return [
        Diagnostic(
          at: place, "'over_long' needs 'context_tokens', the tokens that the model takes")
      ]
    }
    guard let place = node["context_tokens"]?.position, let tokenLimit, tokenLimit < 32 else {
      return []
    }
    return [
      Diagnostic(
        at: place, "\(virtualTokens) virtual tokens leave \(tokenLimit) of the context's tokens",
        hint: "raise 'context_tokens', or lower 'virtual_tokens'")
    ]
  }
}

extension Recipe.Training.LoRA {
  init(_ node: YAMLNode) {
    rank = node["rank"]?.int ?? rank
    alpha = node["alpha"]?.int ?? alpha
    dropout = node["dropout"]?.double ?? dropout
    targetModules = node["target_modules"]?.strings ?? targetModules
    learningRate = node["learning_rate"]?.double ?? learningRate
    isRankStabilised = node["rslora"]?.bool ?? false
    isDecomposed = node["dora"]?.bool ?? false
    quantization = node["quantization"]?.string ?? quantization
  }

  var resolved: JSON {
    .object([
      JSON.Member("rank", .number(String(rank))),
      JSON.Member("alpha", .number(String(alpha))),
      JSON.Member("dropout", .decimal(dropout)),
      JSON.Member("target_modules", .strings(targetModules)),
      JSON.Member("learning_rate", .decimal(learningRate)),
      JSON.Member("rslora", .bool(isRankStabilised)),
      JSON.Member("dora", .bool(isDecomposed)),
      JSON.Member("quantization", .string(quantization)),
    ])
  }
}

extension Recipe.Training.PrefixTuning {
  init(_ node: YAMLNode) {
    virtualTokens = node["virtual_tokens"]?.int ?? virtualTokens
    hasProjection = node["projection"]?.bool ?? false
    encoderHiddenSize = node["encoder_hidden_size"]?.int
    learningRate = node["learning_rate"]?.double ?? learningRate
  }

  var resolved: JSON {
    .object(
      [
        JSON.Member("virtual_tokens", .number(String(virtualTokens))),
        JSON.Member("projection", .bool(hasProjection)),
      ] + encoderHiddenSize.member("encoder_hidden_size") + [
        JSON.Member("learning_rate", .decimal(learningRate))
      ])
  }
}

extension Recipe.Training.PromptTuning {
  init(_ node: YAMLNode) {
    virtualTokens = node["virtual_tokens"]?.int ?? virtualTokens
    text = node["init_text"]?.string ?? ""
    initialisation = node["init"]?.string ?? (text.isEmpty ? initialisation : "text")
    learningRate = node["learning_rate"]?.double ?? learningRate
  }

  var resolved: JSON {
    .object(
      [
        JSON.Member("virtual_tokens", .number(String(virtualTokens))),
        JSON.Member("init", .string(initialisation)),
      ] + (text.isEmpty ? [] : [JSON.Member("init_text", .string(text))]) + [
        JSON.Member("learning_rate", .decimal(learningRate))
      ])
  }
}

extension Recipe.Training.PTuning {
  init(_ node: YAMLNode) {
    virtualTokens = node["virtual_tokens"]?.int ?? virtualTokens
    encoder = node["encoder"]?.string ?? encoder
    encoderHiddenSize = node["encoder_hidden_size"]?.int
    learningRate = node["learning_rate"]?.double ?? learningRate
  }

  var resolved: JSON {
    .object(
      [
        JSON.Member("virtual_tokens", .number(String(virtualTokens))),
        JSON.Member("encoder", .string(encoder)),
      ] + encoderHiddenSize.member("encoder_hidden_size") + [
        JSON.Member("learning_rate", .decimal(learningRate))
      ])
  }
}

extension Recipe.Training.IA3 {
  init(_ node: YAMLNode) {
    targetModules = node["target_modules"]?.strings ?? []
    feedForwardModules = node["feedforward_modules"]?.strings ?? []
    learningRate = node["learning_rate"]?.double ?? learningRate
  }

  var resolved: JSON {
    .object(
      targetModules.member("target_modules")
        + feedForwardModules.member("feedforward_modules") + [
          JSON.Member("learning_rate", .decimal(learningRate))
        ])
  }
}
