import Records
import Tokenizers

/// What `materia validate` is asked.
package struct ValidationSettings: Sendable {
  /// A built-in schema, or the path of a schema file; nil to go by the rows.
  package var schemaName: String?
  /// Whether each file is one document.
  package var isWhole = false
  /// How many findings are told; all are counted.
  package var maximumProblems = 1000
  /// The rules that are asked for; empty for all.
  package var selected: Set<ValidationRule> = []
  package var ignored: Set<ValidationRule> = []
  /// Bounds on the texts of one row.
  package var maximumWords: Int?
  package var maximumCharacters: Int?
  package var maximumTokens: Int?
  /// What tokens are counted by; nil for an estimate.
  package var tokenizer: Tokenizer?
  /// Whether every row must state its licence, where no provenance stands beside.
  package var requiresLicense = false
  /// Whether warnings fail too.
  package var isStrict = false
  package var threads = 1
  /// Findings that are known, and not told again.
  package var baseline = ValidationBaseline()
  /// Whether fingerprints are gathered for a baseline.
  package var gathersBaseline = false

  package init(schemaName: String? = nil) { self.schemaName = schemaName }

  /// Reads the tokenizer of a base model: its `tokenizer.json` or SentencePiece `.model`.
  ///
  /// - Throws: `PipelineError.recipe` when the file is missing or of no form that is known.
  package mutating func readTokenizer(at path: String) throws {
    do {
      tokenizer = try PlannedTokenizer(path: path).tokenizer
    } catch let error as any DiagnosticError {
      var diagnostic = error.diagnostic
      if diagnostic.position.file == nil { diagnostic.position.file = path }
      throw PipelineError.recipe([diagnostic])
    }
  }

  func isOn(_ rule: ValidationRule) -> Bool {
    (selected.isEmpty || selected.contains(rule)) && !ignored.contains(rule)
  }

  var hasLengthBounds: Bool {
    maximumWords != nil || maximumCharacters != nil || maximumTokens != nil
  }
}
