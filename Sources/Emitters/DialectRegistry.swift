/// Every dialect, in the order that `materia dialects` and the README's table list them.
package enum DialectRegistry {
  package static let all: [any Dialect.Type] = [
    Messages.self,
    PromptCompletion.self,
    Alpaca.self,
    ShareGPT.self,
    PlainText.self,
    OpenAIChat.self,
    LlamaFactory.self,
    MLX.self,
    NeMo.self,
    Together.self,
    VertexGemini.self,
    Bedrock.self,
  ]

  package static var names: [String] { all.map { $0.facts.name } }

  /// The dialect of that name; nil when there is none.
  package static func dialect(
    named name: String, options: DialectOptions = DialectOptions()
  ) -> (any Dialect)? {
    all.first { $0.facts.name == name }?.init(options: options)
  }
}
