import Formats

/// A base model's own tokenizer, from its file alone: a `tokenizer.json` of Hugging Face's library or a
/// SentencePiece `.model`.
///
/// Ids are those of the original for every text; a part of a file that is not known is an error, never a
/// wrong count.
package struct Tokenizer: Sendable {
  fileprivate enum Form: Sendable {
    case huggingFace(HuggingFaceTokenizer)
    case sentencePiece(SentencePieceTokenizer)
  }

  fileprivate let form: Form
  /// The model's kind, for people, such as `BPE` or `SentencePiece unigram`.
  package let kind: String
  /// How many tokens its model has.
  package let size: Int
  /// The special tokens that are put around a text that is no conversation.
  package let surroundingTokens: Int

  /// Reads a tokenizer's file.
  package init(parsing file: [UInt8]) throws(TokenizerError) {
    let isJSON = file.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D } == UInt8(ascii: "{")
    if isJSON {
      guard let document = try? JSONDocument(parsing: file) else {
        throw .malformed(part: "file", problem: "is not JSON")
      }
      let (tokenizer, size) = try HuggingFaceFile(root: document.root).tokenizer()
      form = .huggingFace(tokenizer)
      kind = tokenizer.model.name
      self.size = size
      surroundingTokens = tokenizer.surroundingTokens
    } else {
      let model = try SentencePieceFile(file)
      let tokenizer = try model.tokenizer()
      form = .sentencePiece(tokenizer)
      kind = tokenizer.model.name
      size = model.pieces.count
      // What reads such files puts `<s>` before a text or `</s>` behind it.
      surroundingTokens = 1
    }
  }
}

/// Encodes texts for one thread; remembers the pieces that it met.
package final class TokenEncoder {
  private let tokenizer: Tokenizer
  private var work = EncodingWork()

  package init(_ tokenizer: Tokenizer) { self.tokenizer = tokenizer }

  /// The number of a text's tokens, without those that are put around it.
  ///
  /// - Parameter isMarkup: Whether the text is a filled chat template, in which control tokens are
  ///   written by their names.
  package func count(of text: String, isMarkup: Bool = false) throws(TokenizerError) -> Int {
    var sink = TokenSink()
    try encode(text, isMarkup, &sink)
    return sink.count
  }

  /// The ids of a text's tokens.
  package func ids(of text: String, isMarkup: Bool = false) throws(TokenizerError) -> [Int32] {
    var sink = TokenSink(keepsIDs: true)
    try encode(text, isMarkup, &sink)
    return sink.ids
  }

  private func encode(
    _ text: String, _ isMarkup: Bool, _ sink: inout TokenSink
  ) throws(TokenizerError) {
    var text = text
    let result = text.withUTF8 { bytes in
      Result { () throws(TokenizerError) in
        switch tokenizer.form {
        case .huggingFace(let form): try form.encode(bytes, &work, into: &sink)
        case .sentencePiece(let form):
          try form.encode(bytes, isMarkup: isMarkup, &work, into: &sink)
        }
      }
    }
    try result.get()
  }
}

extension HuggingFaceTokenizer.Model {
  fileprivate var name: String {
    switch self {
    case .bpe: "BPE"
    case .unigram: "Unigram"
    case .wordPiece: "WordPiece"
    case .wordLevel: "WordLevel"
    }
  }
}

extension SentencePieceTokenizer.Model {
  fileprivate var name: String {
    switch self {
    case .unigram: "SentencePiece unigram"
    case .bpe: "SentencePiece BPE"
    }
  }
}
