/// Reads the tokens of a text as pieces: double names become one piece, "'s" is taken off.
struct PieceReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let tokens: [Token]
  private var pieces: [Piece] = []
  private var place = 0
  private var lineStart = 0
  private var isWrapped = false

  init(_ tokens: [Token], of bytes: UnsafeBufferPointer<UInt8>) {
    self.tokens = tokens
    self.bytes = bytes
    pieces.reserveCapacity(tokens.count + 2)
  }

  mutating func read() -> [Piece] {
    while place < tokens.count { readPiece() }
    markLoudLines()
    markSentences()
    return pieces
  }

  private mutating func readPiece() {
    let token = tokens[place]
    place += 1
    switch token.kind {
    case .word: readWord(token)
    case .number: append(.number, token)
    case .lineEnd: readLineEnd(token)
    case .mark: append(.mark, token)
    }
  }

  private mutating func append(_ kind: Piece.Kind, _ token: Token) {
    pieces.append(
      Piece(
        kind: kind, mark: kind == .mark ? bytes[token.range.lowerBound] : 0,
        isSpaced: token.isSpaced, lower: Int32(token.range.lowerBound),
        upper: Int32(token.range.upperBound)))
  }

  /// A line that was only broken to fit a page goes on: its end is a blank.
  private mutating func readLineEnd(_ token: Token) {
    let length = token.range.lowerBound - lineStart
    lineStart = token.range.upperBound
    if length >= Self.wrapped, place < tokens.count, tokens[place].kind == .word,
      let last = pieces.last, last.kind == .word || last.isMark(",")
    {
      isWrapped = true
    } else {
      append(.lineEnd, token)
    }
  }

  /// A line this long may have been broken by a program.
  private static let wrapped = 55

  private mutating func readWord(_ token: Token) {
    var piece = Piece(
      kind: .word, isSpaced: token.isSpaced || isWrapped, lower: Int32(token.range.lowerBound),
      upper: Int32(token.range.upperBound))
    isWrapped = false
    piece.shape = Letters.shape(of: bytes[token.range])
    piece.facts = facts(token.range)
    if let last = pieces.last, last.isMark("-"), !token.isSpaced, !last.isSpaced, pieces.count > 1,
      pieces[pieces.count - 2].kind != .mark
    {
      piece.isBound = true
    }
    while let next = joint(after: piece) { join(next, to: &piece) }
    takePossessive(&piece)
    if isHyphen(at: place), follows(place + 1, as: .word) { piece.isBound = true }
    pieces.append(piece)
  }

  /// The token after a hyphen or an apostrophe that goes on with a name.
  private func joint(after piece: Piece) -> Token? {
    guard place + 1 < tokens.count, tokens[place].kind == .mark, !tokens[place].isSpaced,
      follows(place + 1, as: .word)
    else { return nil }
    let next = tokens[place + 1]
    let mark = bytes[tokens[place].range.lowerBound]
    if mark == UInt8(ascii: "'") { return isPossession(next) ? nil : next }
    guard mark == UInt8(ascii: "-"), isCapital(next), next.range.count > 1 else { return nil }
    switch piece.shape {
    case .capital: return Letters.shape(of: bytes[next.range]) == .capital ? next : nil
    case .capitals: return piece.count > 2 ? next : nil
    case .lower: return piece.facts.has(.particle) && piece.count == 2 ? next : nil
    default: return nil
    }
  }

  private mutating func join(_ next: Token, to piece: inout Piece) {
    let isApostrophe = bytes[tokens[place].range.lowerBound] == UInt8(ascii: "'")
    piece.upper = Int32(next.range.upperBound)
    if !isApostrophe { piece.isDouble = true }
    let whole = facts(piece.range)
    if isApostrophe, next.range.count < 3, !isCapital(next) {
      piece.facts = .contraction
    } else if !whole.isUnknown || isApostrophe {
      piece.facts = whole
    } else {
      piece.facts = .joined(piece.facts, facts(next.range))
    }
    let shape = Letters.shape(of: bytes[next.range])
    if piece.shape == .initial {
      piece.shape = shape == .capitals ? .capitals : .capital
    } else if piece.shape == .lower, shape == .capital {
      piece.shape = .capital
    }
    place += 2
  }

  private mutating func takePossessive(_ piece: inout Piece) {
    guard place < tokens.count, tokens[place].kind == .mark, !tokens[place].isSpaced,
      bytes[tokens[place].range.lowerBound] == UInt8(ascii: "'"), follows(place + 1, as: .word)
    else { return }
    guard isPossession(tokens[place + 1]) else { return }
    piece.isPossessive = true
    place += 2
  }

  private func isPossession(_ token: Token) -> Bool {
    token.range.count == 1 && bytes[token.range.lowerBound] | 0x20 == UInt8(ascii: "s")
  }

  private func isCapital(_ token: Token) -> Bool { Letters.isUpper(bytes[token.range]) }

  private func isHyphen(at place: Int) -> Bool {
    place < tokens.count && tokens[place].kind == .mark && !tokens[place].isSpaced
      && bytes[tokens[place].range.lowerBound] == UInt8(ascii: "-")
  }

  private func follows(_ place: Int, as kind: Token.Kind) -> Bool {
    place < tokens.count && tokens[place].kind == kind && !tokens[place].isSpaced
  }

  private func facts(_ range: Range<Int>) -> WordFacts {
    WordFacts(UnsafeBufferPointer(rebasing: bytes[range]))
  }

  /// Capitals say nothing in a line that has no small letters.
  private mutating func markLoudLines() {
    var start = 0
    while start < pieces.count {
      var end = start
      var small = 0
      var loud = 0
      while end < pieces.count, pieces[end].kind != .lineEnd {
        switch pieces[end].shape {
        case .lower, .capital, .mixed: small += 1
        case .capitals: loud += 1
        default: break
        }
        end += 1
      }
      if loud > 1, small * 8 <= loud {
        for index in start..<end where pieces[index].shape == .capitals {
          pieces[index].shape = .loud
        }
      }
      start = end + 1
    }
  }

  private mutating func markSentences() {
    var starts = true
    for index in pieces.indices {
      switch pieces[index].kind {
      case .word:
        pieces[index].startsSentence = starts
        starts = false
      case .number: starts = false
      case .lineEnd: starts = true
      case .mark:
        switch pieces[index].mark {
        case UInt8(ascii: "."):
          starts = index == 0 || pieces[index - 1].shape != .initial
        case UInt8(ascii: "?"), UInt8(ascii: "!"), UInt8(ascii: ":"), UInt8(ascii: ";"),
          UInt8(ascii: "*"), UInt8(ascii: "|"):
          starts = true
        default: break
        }
      }
    }
  }
}
