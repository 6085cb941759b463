/// What a SentencePiece `.model` holds.
struct SentencePieceTokenizer: Sendable {
  /// The models that are read.
  enum Model: Sendable {
    case unigram(UnigramModel<Float>)
    case bpe(SentencePieceBPE)
  }

  var normalizer: SentencePieceNormalizer
  /// `<s>`, `</s>` and their kin: the library never finds them in a text, chat templates write them.
  var controls: AddedTokens
  var model: Model
  /// The mark of blanks that texts may be cut before, or empty.
  var wordMark: [UInt8]

  /// Encodes a text as `SentencePieceProcessor.encode` does.
  ///
  /// - Parameter isMarkup: Whether names of control tokens in it are those tokens.
  func encode(
    _ text: UnsafeBufferPointer<UInt8>, isMarkup: Bool, _ work: inout EncodingWork,
    into sink: inout TokenSink
  ) throws(TokenizerError) {
    guard isMarkup else { return try encode(text, &work, &sink) }
    try controls.forEachSpan(in: text) { span, id throws(TokenizerError) in
      if let id { return sink.append(id) }
      try encode(UnsafeBufferPointer(rebasing: text[span]), &work, &sink)
    }
  }

  private func encode(
    _ text: UnsafeBufferPointer<UInt8>, _ work: inout EncodingWork, _ sink: inout TokenSink
  ) throws(TokenizerError) {
    normalizer.normalized(text, into: &work.scratch)
    let normal = work.scratch
    try normal.withBytes { bytes throws(TokenizerError) in
      switch model {
      case .unigram(let model): try model.encode(bytes, &work.floatNodes, into: &sink)
      case .bpe(let model): try encode(bytes, by: model, &work, &sink)
      }
    }
  }

  private func encode(
    _ text: UnsafeBufferPointer<UInt8>, by model: SentencePieceBPE, _ work: inout EncodingWork,
    _ sink: inout TokenSink
  ) throws(TokenizerError) {
    guard !wordMark.isEmpty else {
      return model.encode(text, &work.sentencePieceMerges, into: &sink)
    }
    try WordMarks.forEachWord(of: text, mark: wordMark) { range throws(TokenizerError) in
      let word = UnsafeBufferPointer(rebasing: text[range])
      guard word.count <= PieceCache.longestPiece else {
        return model.encode(word, &work.sentencePieceMerges, into: &sink)
      }
      let hash = ByteHash.of(word)
      if work.cache.append(word, hash: hash, to: &sink) { return }
      var found = TokenSink(keepsIDs: true)
      model.encode(word, &work.sentencePieceMerges, into: &found)
      work.cache.insert(word, hash: hash, found.ids)
      sink.append(found.ids[...])
    }
  }
}
