/// A text of a public suite with the values that its authors marked as identifiers.
struct LabelledText {
  struct Value {
    /// The suite's own name of the kind of identifier.
    var type: String
    var text: String
    /// Where it stands, in UTF-8 bytes; nil when the suite marks a value and not a place.
    var range: Range<Int>?

    static let bareYear = "(bare years)"

    /// The type for the table: years alone are counted apart, since they are no identifiers.
    var kind: String {
      let isYear = text.utf8.count == 4 && Int(text).map { $0 > 1800 && $0 < 2100 } == true
      return isYear && (type.hasPrefix("DATE") || type == "FECHAS") ? Self.bareYear : type
    }
  }

  /// Which half of a suite a text is in: rules may be tuned on the one, the other only reports.
  enum Half: String, CaseIterable {
    case tuning
    case reporting
  }

  var text: String
  var values: [Value]

  /// A stable hash of the text decides, so that reruns and other orders change nothing.
  var half: Half {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return (hash >> 33) & 1 == 0 ? .tuning : .reporting
  }

  /// The range in bytes of a range in characters of Python, which are code points.
  static func bytes(of text: String, from start: Int, to end: Int) -> Range<Int>? {
    let scalars = text.unicodeScalars
    guard start <= end, end <= scalars.count else { return nil }
    let first = scalars.index(scalars.startIndex, offsetBy: start)
    let last = scalars.index(first, offsetBy: end - start)
    let from = text.utf8.distance(from: text.startIndex, to: first)
    return from..<from + text.utf8.distance(from: first, to: last)
  }
}
