import Emitters
import Records
import Tokenizers

/// Counts the tokens of examples with the base model's tokenizer, or estimates them without one.
///
/// A conversation is counted in the model's chat template, markup and all; a text with the tokens that
/// the tokenizer puts around it and the end token that trainers put behind it.
struct LengthMeter: Sendable {
  /// An example's tokens, of a preference with the longer answer, and the tokens of the right answer.
  struct Length: Sendable, Equatable {
    var tokens: Int
    var answer: Int
  }

  let tokenizer: PlannedTokenizer?
  let markup: ChatMarkup
  private let estimate: TokenEstimate
  private let encoders: EncoderPool?

  init(baseModel: String, tokenizer: PlannedTokenizer?) {
    let family = ModelFamily(ofModel: baseModel)
    self.tokenizer = tokenizer
    encoders = tokenizer.map { EncoderPool($0.tokenizer) }
    markup = family?.markup ?? .chatML
    estimate = TokenEstimate(hasSmallVocabulary: family?.hasSmallVocabulary ?? false)
  }

  /// Calls `body` with an encoder that no other thread has; nil where lengths are estimated.
  func withEncoder<Result>(_ body: (TokenEncoder?) throws -> Result) rethrows -> Result {
    guard let encoders else { return try body(nil) }
    return try encoders.withEncoder(body)
  }

  func length(of body: Example.Body, _ encoder: TokenEncoder?) throws -> Length {
    switch body {
    case .text(let text):
      let around = (tokenizer?.tokenizer.surroundingTokens ?? 1) + 1
      let tokens = try count(of: text, encoder) + around
      return Length(tokens: tokens, answer: tokens)
    case .conversation(let conversation):
      var length = Length(
        tokens: try count(of: markup.parts(of: conversation), encoder),
        answer: try count(of: markup.answerParts(of: conversation), encoder))
      guard let rejected = conversation.rejected else { return length }
      // Trainers of preferences see the request with either answer.
      var other = conversation
      other.output = rejected
      length.tokens = max(length.tokens, try count(of: markup.parts(of: other), encoder))
      return length
    }
  }

  /// Runs `body`, which measures an example or parts of it.
  ///
  /// - Throws: `PipelineError.refused` with the example's name where the tokenizer cannot count it.
  static func measuring<Result>(_ example: Example, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as TokenizerError {
      let problem = error.diagnostic
      throw PipelineError.refused(
        Diagnostic(
          "example '\(example.id)' cannot be measured: \(problem.message)", hint: problem.hint))
    }
  }

  /// The tokens of a stretch of text alone.
  func count(of text: String, _ encoder: TokenEncoder?) throws -> Int {
    try encoder?.count(of: text) ?? estimate.count(of: text)
  }

  private func count(of parts: [ChatMarkup.Part], _ encoder: TokenEncoder?) throws -> Int {
    if let encoder { return try encoder.count(of: parts.joined, isMarkup: true) }
    return parts.reduce(0) { sum, part in
      switch part {
      case .text(let text): sum + estimate.count(of: text)
      case .markup(let text): sum + estimatedCount(ofMarkup: text)
      }
    }
  }

  /// One token for each special one, and an estimate of what is between.
  private func estimatedCount(ofMarkup text: String) -> Int {
    var rest = text[...]
    var count = 0
    var between = ""
    while let first = rest.first {
      if let token = markup.tokens.first(where: { rest.hasPrefix($0) }) {
        count += 1
        rest = rest.dropFirst(token.count)
      } else {
        between.append(first)
        rest = rest.dropFirst()
      }
    }
    return count + estimate.count(of: between)
  }
}
