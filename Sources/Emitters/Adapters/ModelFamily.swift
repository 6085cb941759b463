/// What must be known of a base model that its name alone tells.
///
/// The chat templates are those of LLaMA-Factory 0.9.5, the module names those of transformers 5.23.
package struct ModelFamily: Sendable, Equatable {
  /// The words of model names that belong to the family, in lower case.
  package var names: [String]
  /// LLaMA-Factory's `template`.
  package var llamaFactoryTemplate: String
  /// The modules that IA3 scales, where peft 0.21 does not know them by the architecture; else empty.
  package var scaledModules: [String]
  /// Those of them that belong to the feed-forward.
  package var feedForwardModules: [String]
  /// How the model's chat template writes conversations.
  package var markup: ChatMarkup
  /// Whether its vocabulary has some 32,000 tokens; those of others have over 100,000.
  package var hasSmallVocabulary: Bool

  /// The family of a model by its name on the hub or its folder; nil when none is known.
  ///
  /// The first family that has a word of the name is taken: `gemma-3` stands before `gemma`.
  package init?(ofModel name: String) {
    let name = name.lowercased()
    guard let family = Self.all.first(where: { $0.names.contains(where: name.contains) }) else {
      return nil
    }
    self = family
  }

  private init(
    _ names: [String], template: String, _ markup: ChatMarkup, hasSmallVocabulary: Bool = false,
    scaled: [String] = [], feedForward: [String] = []
  ) {
    self.names = names
    llamaFactoryTemplate = template
    self.markup = markup
    self.hasSmallVocabulary = hasSmallVocabulary
    scaledModules = scaled
    feedForwardModules = feedForward
  }

  private static let all = [
    ModelFamily(["llama-4"], template: "llama4", .llama4),
    ModelFamily(["llama-3.", "llama3."], template: "llama3", .llama31),
    ModelFamily(["llama-3", "llama3", "openbiollm", "med42"], template: "llama3", .llama3),
    ModelFamily(
      ["llama-2", "llama2", "clinicalcamel"], template: "llama2", .llama2, hasSmallVocabulary: true),
    ModelFamily(["mistral", "mixtral"], template: "mistral", .mistral, hasSmallVocabulary: true),
    // Answers without a chain of thought would teach the thinking template to skip it.
    ModelFamily(["qwen3"], template: "qwen3_nothink", .qwen3),
    ModelFamily(["qwen2.5", "huatuogpt-o1"], template: "qwen", .qwen25),
    ModelFamily(["qwen"], template: "qwen", .qwen),
    ModelFamily(["medgemma", "gemma-3"], template: "gemma3", .gemma),
    ModelFamily(["gemma-2"], template: "gemma2", .gemma),
    ModelFamily(["gemma"], template: "gemma", .gemma),
    ModelFamily(
      ["phi-4"], template: "phi4", .phi4, scaled: ["qkv_proj", "down_proj"],
      feedForward: ["down_proj"]),
    ModelFamily(
      ["phi-3"], template: "phi", .phi3, hasSmallVocabulary: true,
      scaled: ["qkv_proj", "down_proj"], feedForward: ["down_proj"]),
    ModelFamily(["vicuna"], template: "vicuna", .vicuna, hasSmallVocabulary: true),
  ]
}
