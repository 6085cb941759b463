import Records

/// Every dialect, in the order that `materia dialects` and the README's table list them.
package enum DialectRegistry {
  package static let all: [any Dialect.Type] = [
    Messages.self,
    PromptCompletion.self,
    Alpaca.self,
    ShareGPT.self,
    PlainText.self,
    BERTLines.self,
    Preference.self,
    OpenAIPreference.self,
    NaturalInstructions.self,
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

  /// The schemas that a dialect's rows may have, by what a recipe says beside its name.
  package static func schemaNames(of name: String) -> [String] {
    var names: [String] = []
    for form in DialectOptions.Form.allCases {
      for holdsText in [false, true] {
        let options = DialectOptions(form: form, holdsText: holdsText)
        guard let schema = dialect(named: name, options: options)?.schemaName,
          !names.contains(schema)
        else { continue }
        names.append(schema)
      }
    }
    return names
  }

  /// The names of the files of a split in a folder of rows, without what follows in shards.
  package static func stem(of split: Split, in folder: String) -> String {
    dialect(named: folder)?.stem(of: split) ?? split.rawValue
  }
}
