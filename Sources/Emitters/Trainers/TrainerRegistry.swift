/// Every trainer whose file a build can write, in the order that the README's table lists them.
package enum TrainerRegistry {
  package static let all: [any TrainerConfig.Type] = [
    TRLTrainer.self,
    AxolotlTrainer.self,
    LlamaFactoryTrainer.self,
    MLXTrainer.self,
    UnslothTrainer.self,
    LMEvaluationTask.self,
  ]

  package static var names: [String] { all.map { $0.facts.name } }

  /// The trainer of that name; nil when there is none.
  package static func trainer(named name: String) -> (any TrainerConfig.Type)? {
    all.first { $0.facts.name == name }
  }
}
