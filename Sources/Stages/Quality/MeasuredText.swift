import Formats

/// A text taken apart once for all measures: characters by kind, words, lines, paragraphs.
package struct MeasuredText: Sendable {
  /// A run of letters and digits, or one letter of a script without spaces.
  struct Word {
    /// The hash of the word, ASCII letters folded.
    var hash: UInt64
    /// The word's characters, as code points.
    var length: Int
    var hasLetter: Bool
  }

  /// A line or a paragraph that is not empty, without the blanks around it.
  struct Piece {
    var hash: UInt64
    /// The piece's characters, blanks included.
    var length: Int
    var bytes: Range<Int>
  }

  let bytes: [UInt8]
  /// The primary language subtag, where it is known.
  let language: String?
  /// Characters that are no blanks, as code points.
  private(set) var characters = 0
  private(set) var letters = 0
  private(set) var digits = 0
  private(set) var symbols = 0
  private(set) var words: [Word] = []
  /// How many of the words are letters of scripts without spaces.
  private(set) var unspacedWords = 0
  let lines: [Piece]
  let paragraphs: [Piece]
  /// The words as length filters count them: runs between blanks.
  let countedWords: Int

  package init(_ text: String, language: String? = nil) {
    bytes = Array(text.utf8)
    self.language = language
    countedWords = WordCount.words(in: text)
    (lines, paragraphs) = bytes.withUnsafeBufferPointer { TextPieces.of($0) }
    var scan = WordScan()
    bytes.withUnsafeBufferPointer { scan.run(over: $0) }
    (characters, letters, digits, symbols) =
      (scan.characters, scan.letters, scan.digits, scan.symbols)
    (words, unspacedWords) = (scan.words, scan.unspacedWords)
  }

  /// Whether there is nothing to measure.
  var isEmpty: Bool { characters == 0 }

  /// Whether most words are letters of a script without spaces, which have no length to speak of.
  var isUnspaced: Bool { unspacedWords * 2 > words.count }

  /// The characters of all words.
  var wordCharacters: Int { words.reduce(0) { $0 + $1.length } }
}

/// The pass that counts characters and finds words.
private struct WordScan {
  var characters = 0
  var letters = 0
  var digits = 0
  var symbols = 0
  var words: [MeasuredText.Word] = []
  var unspacedWords = 0
  private var hash = WordScan.seed
  private var length = 0
  private var hasLetter = false

  private static let seed: UInt64 = 0xcbf2_9ce4_8422_2325
  private static let prime: UInt64 = 0x0000_0100_0000_01b3

  mutating func run(over bytes: UnsafeBufferPointer<UInt8>) {
    words.reserveCapacity(bytes.count / 6)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x80 {
        take(ascii: byte)
        index += 1
      } else {
        let (scalar, width) = UTF8Scalar.decode(bytes, at: index)
        take(scalar)
        index += max(1, width)
      }
    }
    endWord()
  }

  @inline(__always)
  private mutating func take(ascii byte: UInt8) {
    let folded = byte | 0x20
    if folded &- 0x61 < 26 {
      letters += 1
      characters += 1
      add(UInt32(folded), isLetter: true)
    } else if byte &- 0x30 < 10 {
      digits += 1
      characters += 1
      add(UInt32(byte), isLetter: false)
    } else {
      endWord()
      guard byte > 0x20 else { return }
      characters += 1
      if !CharacterKind.isPunctuation(ascii: byte) { symbols += 1 }
    }
  }

  private mutating func take(_ scalar: UInt32) {
    switch ScalarClass.of(scalar) {
    case .ignored: break
    case .boundary:
      endWord()
      guard !CharacterKind.isBlank(scalar) else { return }
      characters += 1
      if CharacterKind.isSymbol(scalar) { symbols += 1 }
    case .unspaced:
      endWord()
      letters += 1
      characters += 1
      add(scalar, isLetter: true)
      endWord()
      unspacedWords += 1
    case .word:
      let isDigit = CharacterKind.isDigit(scalar)
      letters += isDigit ? 0 : 1
      digits += isDigit ? 1 : 0
      characters += 1
      add(scalar, isLetter: !isDigit)
    }
  }

  @inline(__always)
  private mutating func add(_ scalar: UInt32, isLetter: Bool) {
    hash = (hash ^ UInt64(scalar)) &* Self.prime
    length += 1
    hasLetter = hasLetter || isLetter
  }

  @inline(__always)
  private mutating func endWord() {
    guard length > 0 else { return }
    words.append(
      MeasuredText.Word(
        hash: Mix.fold(hash, Mix.second), length: length, hasLetter: hasLetter))
    (hash, length, hasLetter) = (Self.seed, 0, false)
  }
}

/// Lines and paragraphs of a text.
private enum TextPieces {
  static func of(
    _ bytes: UnsafeBufferPointer<UInt8>
  ) -> (lines: [MeasuredText.Piece], paragraphs: [MeasuredText.Piece]) {
    var lines: [MeasuredText.Piece] = []
    var paragraphs: [MeasuredText.Piece] = []
    var paragraph: Range<Int>?
    var start = 0
    while start <= bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0a) ?? bytes.count
      let line = trimmed(start..<end, bytes)
      if line.isEmpty {
        if let whole = paragraph { paragraphs.append(piece(whole, bytes)) }
        paragraph = nil
      } else {
        lines.append(piece(line, bytes))
        paragraph = (paragraph?.lowerBound ?? line.lowerBound)..<line.upperBound
      }
      start = end + 1
    }
    if let whole = paragraph { paragraphs.append(piece(whole, bytes)) }
    return (lines, paragraphs)
  }

  private static func trimmed(
    _ range: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, bytes[start] <= 0x20 { start += 1 }
    while end > start, bytes[end - 1] <= 0x20 { end -= 1 }
    return start..<end
  }

  private static func piece(
    _ range: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> MeasuredText.Piece {
    var hash = Mix.first
    var length = 0
    for index in range {
      hash = Mix.fold(hash ^ UInt64(bytes[index]), Mix.second)
      length += bytes[index] & 0xc0 == 0x80 ? 0 : 1
    }
    return MeasuredText.Piece(hash: hash, length: length, bytes: range)
  }
}
