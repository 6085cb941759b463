/// A text made ready to be matched: letters that tricks and typography hide are plain, and every
/// byte knows its place in the text as it was given.
///
/// Full-width forms and digits of other scripts become ASCII; zero-width characters, soft hyphens,
/// accents apart from their letters and marks of direction go; unusual blanks, dashes, quotation
/// marks and full stops become the common ones, and CRLF a blank and a line feed. Case and all else
/// stay.
package struct MatchText: Sendable {
  /// The matched form in UTF-8.
  package private(set) var bytes: [UInt8] = []
  package private(set) var tokens: [Token] = []
  /// The places of the numbers among the tokens.
  package private(set) var numbers: [Int] = []
  /// Whether there are letters of Japanese, Chinese or Korean.
  package private(set) var hasIdeographs = false
  /// Whether there is an `@`.
  package private(set) var hasSign = false
  /// Where the matched form and the given text go out of step; empty when they never do.
  private var pieces: [Piece] = []

  /// A stretch of the matched form from a place on.
  private struct Piece {
    var place: Int
    /// Where it begins in the given text.
    var origin: Int
    /// Whether it stands for one character of another form, of which no part can be taken.
    var isChanged: Bool
  }

  package init(_ text: String) {
    var text = text
    text.withUTF8 { read($0) }
    if bytes.contains(0x0D) { blankCarriageReturns() }
    tokens = Tokenizer.tokens(of: bytes)
    hasSign = bytes.contains(UInt8(ascii: "@"))
    for index in tokens.indices where tokens[index].kind == .number { numbers.append(index) }
  }

  /// The place in the given text of a range of the matched form, widened to whole characters; never
  /// empty for a range that is not.
  package func origin(of range: Range<Int>) -> Range<Int> {
    guard var first = range.first, var last = range.last else { return 0..<0 }
    while first > 0, Self.isContinuation(bytes[first]) { first -= 1 }
    while last + 1 < bytes.count, Self.isContinuation(bytes[last + 1]) { last += 1 }
    guard !pieces.isEmpty else { return first..<last + 1 }
    return start(of: first)..<end(of: last)
  }

  /// The words of a range of the matched form.
  package func string(in range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

  private func start(of place: Int) -> Int {
    guard let piece = piece(at: place) else { return place }
    return pieces[piece].isChanged
      ? pieces[piece].origin : pieces[piece].origin + place - pieces[piece].place
  }

  /// What is not seen right after a place belongs to it, such as an accent apart from its letter.
  private func end(of place: Int) -> Int {
    if let next = piece(at: place + 1), pieces[next].place == place + 1 {
      return pieces[next].origin
    }
    guard let piece = piece(at: place) else { return place + 1 }
    return pieces[piece].isChanged
      ? pieces[piece + 1].origin : pieces[piece].origin + place - pieces[piece].place + 1
  }

  /// The last piece that begins at or before a place; nil for the stretch before the first.
  private func piece(at place: Int) -> Int? {
    var (low, high) = (0, pieces.count)
    while low < high {
      let middle = (low + high) / 2
      if pieces[middle].place <= place { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : low - 1
  }

  private mutating func read(_ text: UnsafeBufferPointer<UInt8>) {
    bytes.reserveCapacity(text.count)
    var place = 0
    while place < text.count {
      let start = place
      while place < text.count, text[place] < 0x80 { place += 1 }
      bytes.append(contentsOf: text[start..<place])
      guard place < text.count else { return }
      place = readCharacter(of: text, at: place)
    }
  }

  /// Keeps CRLF from being more than a line end, such as between the parts of a name.
  private mutating func blankCarriageReturns() {
    for place in bytes.indices.dropLast() where bytes[place] == 0x0D && bytes[place + 1] == 0x0A {
      bytes[place] = 0x20
    }
  }

  /// Reads a character beyond ASCII and returns where the next one begins.
  private mutating func readCharacter(of text: UnsafeBufferPointer<UInt8>, at place: Int) -> Int {
    let width = text[place] < 0xE0 ? 2 : text[place] < 0xF0 ? 3 : 4
    var value = UInt32(text[place]) & (0x7F >> UInt32(width))
    for byte in text[(place + 1)..<(place + width)] { value = value << 6 | UInt32(byte & 0x3F) }
    if value >= 0x3041 { hasIdeographs = true }
    let plain = PlainCharacters.plain(value, isAfterDigit: bytes.last.map(\.isDigit) ?? false)
    guard plain != value else {
      bytes.append(contentsOf: text[place..<(place + width)])
      return place + width
    }
    mark(Piece(place: bytes.count, origin: place, isChanged: true))
    if let plain { bytes.append(UInt8(truncatingIfNeeded: plain)) }
    mark(Piece(place: bytes.count, origin: place + width, isChanged: false))
    return place + width
  }

  private mutating func mark(_ piece: Piece) {
    if pieces.last?.place == piece.place { pieces.removeLast() }
    pieces.append(piece)
  }
}
