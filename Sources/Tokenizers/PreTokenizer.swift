/// A step that cuts a text into the pieces that the model sees: `pre_tokenizer` of a `tokenizer.json`.
indirect enum PreTokenizer: Sendable {
  case sequence([PreTokenizer])
  /// The bytes themselves become the model's alphabet; `pattern` cuts before that.
  case byteLevel(addsSpace: Bool, pattern: RegexPattern?)
  case split(RegexPattern, SplitBehavior, isInverted: Bool)
  case splitText([UInt8], SplitBehavior, isInverted: Bool)
  case metaspace([UInt8], MetaspacePrefix, splits: Bool)
  /// Cuts where scalars of a class stand.
  case scalars(ScalarCut, SplitBehavior)
  /// Runs of letters and runs of signs; what is between them goes.
  case words

  /// When a metaspace is put before a piece.
  enum MetaspacePrefix: String, Sendable {
    case always
    case first
    case never
  }

  /// The classes of scalars that pieces are cut at.
  enum ScalarCut: Sendable {
    case whitespace
    case punctuation
    case numeric
    case one(UInt32)

    func contains(_ value: UInt32) -> Bool {
      switch self {
      case .whitespace: ScalarClass.isWhitespace(value)
      case .punctuation: ScalarClass.isPunctuation(value)
      case .numeric: ScalarClass.isNumeric(value)
      case .one(let scalar): value == scalar
      }
    }
  }
}

extension PreTokenizer {
  /// Whether the model sees bytes and not characters.
  var isByteLevel: Bool {
    switch self {
    case .byteLevel: true
    case .sequence(let steps): steps.contains(where: \.isByteLevel)
    default: false
    }
  }

  func apply(
    to text: inout SegmentedText, scratch: inout [UInt8], _ state: RegexState
  ) throws(TokenizerError) {
    switch self {
    case .sequence(let steps):
      for step in steps { try step.apply(to: &text, scratch: &scratch, state) }
    case .byteLevel(let addsSpace, let pattern):
      if addsSpace { text.prependSpaces(&scratch) }
      if let pattern { try text.cut(by: pattern, .isolated, isInverted: false, state) }
    case .split(let pattern, let behavior, let isInverted):
      try text.cut(by: pattern, behavior, isInverted: isInverted, state)
    case .splitText(let what, let behavior, let isInverted):
      text.cut(behavior) { bytes, piece, add in
        Self.forEachSpan(of: what, in: bytes, piece) { add($0, $1 != isInverted) }
      }
    case .metaspace(let mark, let prefix, let splits):
      text.replaceSpaces(with: mark, prefix, &scratch)
      guard splits else { return }
      text.cut(.mergedWithNext) { bytes, piece, add in
        Self.forEachSpan(of: mark, in: bytes, piece, add)
      }
    case .scalars(let cut, let behavior):
      text.cut(behavior) { bytes, piece, add in
        Self.forEachRun(in: bytes, piece, joinsMatches: false, { cut.contains($0) ? 1 : 0 }) {
          add($0, $1 == 1)
        }
      }
    case .words:
      text.cut(.removed) { bytes, piece, add in
        Self.forEachRun(in: bytes, piece, joinsMatches: true, Self.wordClass) { add($0, $1 == 1) }
      }
    }
  }

  /// 0 for letters, 1 for whitespace, 2 for signs.
  private static func wordClass(of value: UInt32) -> Int {
    ScalarClass.isWord(value) ? 0 : ScalarClass.isWhitespace(value) ? 1 : 2
  }

  /// Calls `body` with the places of a text within a piece and with what lies between them.
  private static func forEachSpan(
    of what: [UInt8], in bytes: UnsafeBufferPointer<UInt8>, _ piece: Range<Int>,
    _ body: (Range<Int>, Bool) -> Void
  ) {
    var end = piece.lowerBound
    var place = piece.lowerBound
    while place + what.count <= piece.upperBound {
      guard bytes[place] == what[0], bytes[place..<place + what.count].elementsEqual(what) else {
        place += 1
        continue
      }
      if end < place { body(end..<place, false) }
      body(place..<place + what.count, true)
      place += what.count
      end = place
    }
    if end < piece.upperBound { body(end..<piece.upperBound, false) }
  }

  /// Calls `body` with the runs of scalars of one class; those of class 1 come one by one unless joined.
  private static func forEachRun(
    in bytes: UnsafeBufferPointer<UInt8>, _ piece: Range<Int>, joinsMatches: Bool,
    _ classOf: (UInt32) -> Int, _ body: (Range<Int>, Int) -> Void
  ) {
    var start = piece.lowerBound
    var place = start
    var current = -1
    while place < piece.upperBound {
      let (value, length) = UTF8Walk.scalar(in: bytes, at: place)
      let next = classOf(value)
      if place > start, next != current || (next == 1 && !joinsMatches) {
        body(start..<place, current)
        start = place
      }
      current = next
      place += length
    }
    if start < place { body(start..<place, current) }
  }
}

extension SegmentedText {
  /// Cuts every piece; `spans` hands on the stretches of one.
  fileprivate mutating func cut(
    _ behavior: SplitBehavior,
    _ spans: (UnsafeBufferPointer<UInt8>, Range<Int>, (Range<Int>, Bool) -> Void) -> Void
  ) {
    var cut = PieceCut(behavior)
    bytes.withUnsafeBufferPointer { bytes in
      for piece in pieces {
        cut.begin()
        spans(bytes, piece) { cut.add($0, isMatch: $1) }
      }
    }
    pieces = cut.take()
  }

  fileprivate mutating func cut(
    by pattern: RegexPattern, _ behavior: SplitBehavior, isInverted: Bool, _ state: RegexState
  ) throws(TokenizerError) {
    var cut = PieceCut(behavior)
    let pieces = pieces
    try bytes.withBytes { bytes throws(TokenizerError) in
      for piece in pieces {
        cut.begin()
        try pattern.forEachSpan(in: bytes, range: piece, state) {
          cut.add($0, isMatch: $1 != isInverted)
        }
      }
    }
    self.pieces = cut.take()
  }

  fileprivate mutating func prependSpaces(_ scratch: inout [UInt8]) {
    rewritePieces(&scratch) { piece, _, result in
      if piece.first != 0x20 { result.append(0x20) }
      result += piece
    }
  }

  fileprivate mutating func replaceSpaces(
    with mark: [UInt8], _ prefix: PreTokenizer.MetaspacePrefix, _ scratch: inout [UInt8]
  ) {
    let isAtStart = isAtStart
    rewritePieces(&scratch) { piece, place, result in
      let start = result.count
      for byte in piece {
        if byte == 0x20 { result += mark } else { result.append(byte) }
      }
      let wantsMark = prefix == .always || (prefix == .first && isAtStart && place == 0)
      if wantsMark, !result[start...].starts(with: mark) {
        result.insert(contentsOf: mark, at: start)
      }
    }
  }
}
