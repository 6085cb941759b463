/// What a `tokenizer.json` of Hugging Face's library holds: added tokens → normalizer → cuts → model.
struct HuggingFaceTokenizer: Sendable {
  /// The models of the library.
  enum Model: Sendable {
    case bpe(BPEModel)
    case unigram(UnigramModel<Double>)
    case wordPiece(WordPieceModel)
    case wordLevel(WordLevelModel)
  }

  /// Found in the text as it is given.
  var rawTokens: AddedTokens
  /// Found in what the normalizer leaves.
  var normalizedTokens: AddedTokens
  var normalizer: TextNormalizer?
  var preTokenizer: PreTokenizer?
  var model: Model
  /// The tokens that the post-processor puts around a text.
  var surroundingTokens: Int
}

/// The room that texts are encoded in, and the pieces that were met: one for each thread.
struct EncodingWork {
  var segment = SegmentedText()
  var scratch: [UInt8] = []
  var cache = PieceCache()
  var merges = MergeWork()
  var sentencePieceMerges = SentencePieceMergeWork()
  var doubleNodes: [UnigramModel<Double>.Node] = []
  var floatNodes: [UnigramModel<Float>.Node] = []
  let regex = RegexState()
}

extension HuggingFaceTokenizer {
  func encode(
    _ text: UnsafeBufferPointer<UInt8>, _ work: inout EncodingWork, into sink: inout TokenSink
  ) throws(TokenizerError) {
    try rawTokens.forEachSpan(in: text) { span, id throws(TokenizerError) in
      if let id { return sink.append(id) }
      var bytes = Array(text[span])
      try normalizer?.apply(to: &bytes, work.regex)
      try bytes.withBytes { normal throws(TokenizerError) in
        try normalizedTokens.forEachSpan(in: normal) { part, id throws(TokenizerError) in
          if let id { return sink.append(id) }
          try encode(
            normal[part], isAtStart: span.lowerBound == 0 && part.lowerBound == 0, &work, &sink)
        }
      }
    }
  }

  /// Cuts and encodes a text without added tokens.
  private func encode(
    _ text: Slice<UnsafeBufferPointer<UInt8>>, isAtStart: Bool, _ work: inout EncodingWork,
    _ sink: inout TokenSink
  ) throws(TokenizerError) {
    work.segment.reset(isAtStart: isAtStart)
    work.segment.bytes += text
    work.segment.pieces.append(0..<text.count)
    try preTokenizer?.apply(to: &work.segment, scratch: &work.scratch, work.regex)
    let segment = work.segment
    try segment.bytes.withBytes { bytes throws(TokenizerError) in
      for piece in segment.pieces {
        try encodeWords(of: UnsafeBufferPointer(rebasing: bytes[piece]), &work, &sink)
      }
    }
  }

  /// Encodes a piece, word by word where no token goes from one word to the next.
  private func encodeWords(
    of piece: UnsafeBufferPointer<UInt8>, _ work: inout EncodingWork, _ sink: inout TokenSink
  ) throws(TokenizerError) {
    guard case .bpe(let model) = model, !model.wordMark.isEmpty,
      piece.count > PieceCache.longestPiece
    else { return try encode(piece, &work, &sink) }
    try WordMarks.forEachWord(of: piece, mark: model.wordMark) { word throws(TokenizerError) in
      try encode(UnsafeBufferPointer(rebasing: piece[word]), &work, &sink)
    }
  }

  private func encode(
    _ piece: UnsafeBufferPointer<UInt8>, _ work: inout EncodingWork, _ sink: inout TokenSink
  ) throws(TokenizerError) {
    guard piece.count <= PieceCache.longestPiece else {
      return try encodeAnew(piece, &work, &sink)
    }
    let hash = ByteHash.of(piece)
    if work.cache.append(piece, hash: hash, to: &sink) { return }
    var found = TokenSink(keepsIDs: true)
    try encodeAnew(piece, &work, &found)
    work.cache.insert(piece, hash: hash, found.ids)
    sink.append(found.ids[...])
  }

  private func encodeAnew(
    _ piece: UnsafeBufferPointer<UInt8>, _ work: inout EncodingWork, _ sink: inout TokenSink
  ) throws(TokenizerError) {
    switch model {
    case .bpe(let model): try model.encode(piece, &work.merges, into: &sink)
    case .unigram(let model): try model.encode(piece, &work.doubleNodes, into: &sink)
    case .wordPiece(let model): model.encode(piece, into: &sink)
    case .wordLevel(let model): try model.encode(piece, into: &sink)
    }
  }
}

/// Where a text with marks for its blanks may be cut: before the first mark of a run.
enum WordMarks {
  static func forEachWord(
    of text: UnsafeBufferPointer<UInt8>, mark: [UInt8],
    _ body: (Range<Int>) throws(TokenizerError) -> Void
  ) throws(TokenizerError) {
    var start = 0
    var place = 0
    var endOfMark = 0
    while place < text.count {
      guard text[place] == mark[0], text[place...].starts(with: mark) else {
        place += 1
        continue
      }
      if place > endOfMark {
        try body(start..<place)
        start = place
      }
      place += mark.count
      endOfMark = place
    }
    if start < text.count { try body(start..<text.count) }
  }

  /// Whether a token has the mark behind anything else, so that words cannot be told apart.
  static func isInside(_ token: some Collection<UInt8>, mark: [UInt8]) -> Bool {
    var rest = token[...]
    while rest.starts(with: mark) { rest = rest.dropFirst(mark.count) }
    while !rest.isEmpty {
      if rest.starts(with: mark) { return true }
      rest = rest.dropFirst()
    }
    return false
  }
}
