extension Recipe {
  /// A source's cap and weight.
  package struct MixRule: Sendable, Equatable {
    package var maximumExamples: Int?
    package var weight = 1.0
  }
}

extension Recipe.MixRule {
  init(_ node: YAMLNode) {
    maximumExamples = node["max_examples"]?.int
    weight = node["weight"]?.double ?? 1
  }
}
