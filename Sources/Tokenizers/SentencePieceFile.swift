/// A SentencePiece `.model`: the message `ModelProto` of sentencepiece_model.proto.
struct SentencePieceFile {
  /// One token.
  struct Piece {
    var text: [UInt8] = []
    var score: Float = 0
    var kind = Kind.normal

    enum Kind: UInt64 {
      case normal = 1
      case unknown = 2
      case control = 3
      case userDefined = 4
      case unused = 5
      case byte = 6
    }
  }

  /// `model_type` of the trainer's settings.
  enum ModelType: UInt64 {
    case unigram = 1
    case bpe = 2
    case word = 3
    case character = 4
  }

  private(set) var pieces: [Piece] = []
  private(set) var modelType: UInt64 = 1
  private(set) var fallsBackToBytes = false
  private(set) var isMarkBehindWords = false
  private(set) var characterMap: [UInt8] = []
  private(set) var addsDummyPrefix = true
  private(set) var removesExtraWhitespace = true
  private(set) var escapesWhitespace = true

  init(_ bytes: [UInt8]) throws(TokenizerError) {
    try Self.forEachField(of: bytes[...]) { field throws(TokenizerError) in
      switch field.number {
      case 1: pieces.append(try Self.piece(field.value.bytes))
      case 2: try readTrainer(field.value.bytes)
      case 3: try readNormalizer(field.value.bytes)
      default: break
      }
    }
    guard !pieces.isEmpty else { throw .unknownForm }
  }

  private static func forEachField(
    of message: ArraySlice<UInt8>, _ body: (ProtobufFields.Field) throws(TokenizerError) -> Void
  ) throws(TokenizerError) {
    var fields = ProtobufFields(message)
    while let field = fields.next() { try body(field) }
    guard !fields.isDamaged else { throw .unknownForm }
  }

  private static func piece(_ bytes: ArraySlice<UInt8>) throws(TokenizerError) -> Piece {
    var piece = Piece()
    try forEachField(of: bytes) { field throws(TokenizerError) in
      switch field.number {
      case 1: piece.text = Array(field.value.bytes)
      case 2: piece.score = field.value.float
      case 3:
        guard let kind = Piece.Kind(rawValue: field.value.number) else {
          throw .unsupported(part: "type of a piece", name: String(field.value.number))
        }
        piece.kind = kind
      default: break
      }
    }
    return piece
  }

  private mutating func readTrainer(_ bytes: ArraySlice<UInt8>) throws(TokenizerError) {
    try Self.forEachField(of: bytes) { field in
      switch field.number {
      case 3: modelType = field.value.number
      case 24: isMarkBehindWords = field.value.isTrue
      case 35: fallsBackToBytes = field.value.isTrue
      default: break
      }
    }
  }

  private mutating func readNormalizer(_ bytes: ArraySlice<UInt8>) throws(TokenizerError) {
    try Self.forEachField(of: bytes) { field in
      switch field.number {
      case 2: characterMap = Array(field.value.bytes)
      case 3: addsDummyPrefix = field.value.isTrue
      case 4: removesExtraWhitespace = field.value.isTrue
      case 5: escapesWhitespace = field.value.isTrue
      default: break
      }
    }
  }

  /// The tokenizer that the file describes.
  func tokenizer() throws(TokenizerError) -> SentencePieceTokenizer {
    var table = ByteTable(capacity: pieces.count)
    for (id, piece) in pieces.enumerated() { table.insert(piece.text, Int32(id)) }
    guard let unknown = pieces.firstIndex(where: { $0.kind == .unknown }) else {
      throw .malformed(part: "pieces", problem: "have none for what is unknown")
    }
    var bytes: [Int32] = []
    if fallsBackToBytes {
      bytes = ByteTokenNames.tokens { table[$0] ?? -1 }
      guard !bytes.contains(-1) else {
        throw .malformed(part: "pieces", problem: "have not one for each byte")
      }
    }
    return SentencePieceTokenizer(
      normalizer: SentencePieceNormalizer(
        map: characterMap.isEmpty ? nil : try PrecompiledCharacterMap(characterMap),
        userDefined: trie(of: [.userDefined]), addsDummyPrefix: addsDummyPrefix,
        removesExtraWhitespace: removesExtraWhitespace, escapesWhitespace: escapesWhitespace,
        isMarkBehindWords: isMarkBehindWords),
      controls: AddedTokens(
        pieces.enumerated().filter { $1.kind == .control || $1.kind == .unknown }
          .map { AddedTokens.Token(id: Int32($0), content: $1.text) }),
      model: try model(unknown: Int32(unknown), bytes), wordMark: wordMark)
  }

  private func model(
    unknown: Int32, _ bytes: [Int32]
  ) throws(TokenizerError) -> SentencePieceTokenizer.Model {
    switch ModelType(rawValue: modelType) {
    case .unigram: return .unigram(unigram(unknown: unknown, bytes))
    case .bpe:
      var tokens = ByteTable(capacity: pieces.count)
      for (id, piece) in pieces.enumerated() where Self.isText(piece) {
        tokens.insert(piece.text, Int32(id))
      }
      return .bpe(
        SentencePieceBPE(
          tokens: tokens, scores: pieces.map(\.score), isUnused: pieces.map { $0.kind == .unused },
          userDefined: trie(of: [.userDefined]), unknown: unknown, byteTokens: bytes))
    case .word: throw .unsupported(part: "model", name: "word")
    case .character: throw .unsupported(part: "model", name: "char")
    case nil: throw .unsupported(part: "model", name: String(modelType))
    }
  }

  private func unigram(unknown: Int32, _ bytes: [Int32]) -> UnigramModel<Float> {
    let normal = pieces.filter { $0.kind == .normal }.map(\.score)
    let best = normal.max() ?? 0
    let scores = pieces.map { piece in
      // The original's bonus, so that the user's own symbols always win.
      piece.kind == .userDefined
        ? Float(Double(Float(piece.text.count) * best) - 0.1) : piece.score
    }
    return UnigramModel(
      trie: trie(of: [.normal, .userDefined]), scores: scores, unknown: unknown,
      byteTokens: bytes, unknownScore: (normal.min() ?? 0) - 10)
  }

  private static func isText(_ piece: Piece) -> Bool {
    piece.kind == .normal || piece.kind == .userDefined || piece.kind == .unused
  }

  private func trie(of kinds: [Piece.Kind]) -> ByteTrie {
    ByteTrie(
      pieces.enumerated().filter { kinds.contains($1.kind) }.map { ($1.text, Int32($0)) })
  }

  /// The mark of blanks, where no token holds it behind anything else.
  private var wordMark: [UInt8] {
    let mark = SentencePieceNormalizer.mark
    let texts = pieces.filter(Self.isText)
    guard ModelType(rawValue: modelType) == .bpe, escapesWhitespace,
      texts.contains(where: { $0.text == mark }),
      !texts.contains(where: { WordMarks.isInside($0.text, mark: mark) })
    else { return [] }
    return mark
  }
}
