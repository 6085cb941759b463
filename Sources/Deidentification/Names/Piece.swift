/// A word as names are written, or what stands between words.
struct Piece {
  enum Kind: UInt8 {
    case word
    case number
    case mark
    case lineEnd
  }

  enum Shape: UInt8 {
    case none
    case lower
    /// A capital and small letters: "Smith", "McDonald", "Smith-Jones".
    case capital
    /// Capitals only, among words that are not.
    case capitals
    /// Capitals only, in a line of capitals.
    case loud
    /// One capital.
    case initial
    /// Anything else: "mRNA".
    case mixed
  }

  var kind: Kind
  var shape = Shape.none
  /// The first byte of a mark.
  var mark: UInt8 = 0
  /// Whether blanks stand before it.
  var isSpaced: Bool
  /// Whether "'s" follows, which is not part of the range.
  var isPossessive = false
  /// Whether a hyphen binds it to a neighbour that is no part of a double name.
  var isBound = false
  /// Whether two names are joined by a hyphen in it.
  var isDouble = false
  var startsSentence = false
  var facts = WordFacts(bits: 0)
  /// The place in the matched form.
  var lower: Int32
  var upper: Int32

  var range: Range<Int> { Int(lower)..<Int(upper) }
  var count: Int { Int(upper - lower) }

  func isMark(_ character: Unicode.Scalar) -> Bool {
    kind == .mark && mark == UInt8(truncatingIfNeeded: character.value)
  }
}
