import Records

/// Why a tokenizer's file cannot be used, or a text not be counted.
package enum TokenizerError: DiagnosticError, Equatable {
  /// The file is none of the known forms.
  case unknownForm
  /// A part of the file that the program does not know: counting without it would be wrong.
  case unsupported(part: String, name: String)
  /// A part of the file is missing or not what it must be.
  case malformed(part: String, problem: String)
  /// A pattern that the regex library does not take, or that means something else to it.
  case pattern(String, problem: String)
  /// A model met a character that it has no token for.
  case unknownCharacter

  package var diagnostic: Diagnostic { Diagnostic(message, hint: hint) }

  private var message: String {
    switch self {
    case .unknownForm: "the file is neither a 'tokenizer.json' nor a SentencePiece '.model'"
    case .unsupported(let part, let name):
      "the tokenizer's \(part) '\(name)' is not supported, and counts without it would be wrong"
    case .malformed(let part, let problem): "the tokenizer's \(part) \(problem)"
    case .pattern(let pattern, let problem):
      "the tokenizer's pattern '\(pattern)' cannot be used: \(problem)"
    case .unknownCharacter: "a text holds a character that the tokenizer has no token for"
    }
  }

  private var hint: String {
    switch self {
    case .unknownForm:
      "take 'tokenizer.json' or 'tokenizer.model' from the base model's folder; of files in "
        + "tiktoken's form, convert to 'tokenizer.json'"
    case .malformed:
      "take the file from the base model's folder anew, or build without 'tokenizer'; lengths are "
        + "then estimated"
    case .unsupported, .pattern, .unknownCharacter:
      "build without 'tokenizer'; lengths are then estimated"
    }
  }
}
