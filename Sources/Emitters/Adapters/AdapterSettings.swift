/// How an adapter is to be trained: what a recipe may set, with the defaults that it need not.
package enum AdapterSettings: Sendable, Equatable {
  case lora(LoRASettings)
  case prefixTuning(PrefixTuningSettings)
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

  package init(
    rank: Int = 16, alpha: Int = 32, dropout: Double = 0.05, targets: Targets = .allLinear,
    learningRate: Double = 0.0002
  ) {
    self.rank = rank
    self.alpha = alpha
    self.dropout = dropout
    self.targets = targets
    self.learningRate = learningRate
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
