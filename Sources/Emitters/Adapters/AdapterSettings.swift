/// How an adapter is to be trained: what a recipe may set, with the defaults that it need not.
package enum AdapterSettings: Sendable, Equatable {
  case lora(LoRASettings)
  case prefixTuning(PrefixTuningSettings)
  case promptTuning(PromptTuningSettings)
  case pTuning(PTuningSettings)
  case ia3(IA3Settings)
}

/// The settings of a LoRA adapter.
package struct LoRASettings: Sendable, Equatable {
  /// Which weights get an adapter.
  package enum Targets: Sendable, Equatable {
    /// Every linear layer but the output layer.
    case allLinear
    /// The modules whose names end so: `q_proj`, `v_proj`.
    case modules([String])

    /// The targets that a recipe names: `all-linear` alone, or modules.
    package init(names: [String]) {
      self = names == ["all-linear"] ? .allLinear : .modules(names)
    }
  }

  /// The rank of the update matrices.
  package var rank: Int
  /// The scale of the update is alpha / rank; twice the rank by habit.
  package var alpha: Int
  package var dropout: Double
  package var targets: Targets
  package var learningRate: Double
  /// Whether the scale is alpha / √rank, which keeps high ranks stable (Kalajdzievski 2023).
  package var isRankStabilised: Bool
  /// Whether magnitude and direction are learned apart (DoRA, Liu and others 2024).
  package var isDecomposed: Bool
  /// How the model's own weights are loaded for training.
  package var quantization: Quantization

  /// How the frozen weights are held while the adapter is trained.
  package enum Quantization: String, Sendable, CaseIterable {
    case none
    /// NF4 with double quantisation: QLoRA (Dettmers and others 2023).
    case fourBit = "4bit"
    case eightBit = "8bit"
  }

  package init(
    rank: Int = 16, alpha: Int = 32, dropout: Double = 0.05, targets: Targets = .allLinear,
    learningRate: Double = 0.0002, isRankStabilised: Bool = false, isDecomposed: Bool = false,
    quantization: Quantization = .none
  ) {
    self.rank = rank
    self.alpha = alpha
    self.dropout = dropout
    self.targets = targets
    self.learningRate = learningRate
    self.isRankStabilised = isRankStabilised
    self.isDecomposed = isDecomposed
    self.quantization = quantization
  }
}

/// The settings of a prefix-tuning adapter.
package struct PrefixTuningSettings: Sendable, Equatable {
  /// How many trained positions stand before every sequence; they take up context.
  package var virtualTokens: Int
  /// Whether the prefix is trained through a small network, which is thrown away afterwards.
  package var hasProjection: Bool
  /// The width of that network; nil for the model's own.
  ///
  /// Without a projection it has no meaning.
  package var encoderHiddenSize: Int?
  package var learningRate: Double

  /// - Parameter learningRate: 0.005 by default, or 0.00005 with a projection (Li and Liang 2021).
  package init(
    virtualTokens: Int = 20, hasProjection: Bool = false, encoderHiddenSize: Int? = nil,
    learningRate: Double? = nil
  ) {
    self.virtualTokens = virtualTokens
    self.hasProjection = hasProjection
    self.encoderHiddenSize = encoderHiddenSize
    self.learningRate = learningRate ?? (hasProjection ? 0.00005 : 0.005)
  }
}

/// The settings of prompt tuning: trained embeddings before every sequence (Lester and others 2021).
package struct PromptTuningSettings: Sendable, Equatable {
  /// What the embeddings are at first.
  package enum Initialisation: Sendable, Equatable {
    case random
    /// Embeddings of the vocabulary, drawn at random.
    case vocabulary
    /// The embeddings of a text, repeated or cut to the number of virtual tokens.
    case text(String)
  }

  /// How many trained positions stand before every sequence; they take up context.
  package var virtualTokens: Int
  package var initialisation: Initialisation
  package var learningRate: Double

  package init(
    virtualTokens: Int = 20, initialisation: Initialisation = .random, learningRate: Double = 0.02
  ) {
    self.virtualTokens = virtualTokens
    self.initialisation = initialisation
    self.learningRate = learningRate
  }
}

/// The settings of P-tuning: virtual tokens that a small encoder makes (Liu and others 2021).
package struct PTuningSettings: Sendable, Equatable {
  /// The kind of the encoder.
  package enum Encoder: String, Sendable, CaseIterable {
    case mlp
    case lstm
  }

  /// How many trained positions stand before every sequence; they take up context.
  package var virtualTokens: Int
  package var encoder: Encoder
  /// The width of the encoder; nil for the model's own.
  package var encoderHiddenSize: Int?
  package var learningRate: Double

  package init(
    virtualTokens: Int = 20, encoder: Encoder = .mlp, encoderHiddenSize: Int? = nil,
    learningRate: Double = 0.001
  ) {
    self.virtualTokens = virtualTokens
    self.encoder = encoder
    self.encoderHiddenSize = encoderHiddenSize
    self.learningRate = learningRate
  }
}

/// The settings of IA3: learned vectors that scale keys, values and the feed-forward (Liu and others 2022).
package struct IA3Settings: Sendable, Equatable {
  /// The names of the scaled modules; those of the model's family when empty.
  package var targets: [String]
  /// Those of them that belong to the feed-forward, whose inputs are scaled.
  package var feedForward: [String]
  package var learningRate: Double

  package init(targets: [String] = [], feedForward: [String] = [], learningRate: Double = 0.003) {
    self.targets = targets
    self.feedForward = feedForward
    self.learningRate = learningRate
  }
}
