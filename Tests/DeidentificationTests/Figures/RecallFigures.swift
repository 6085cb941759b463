import Deidentification
import Foundation

/// How much of what a suite marks the scanner finds, and how much it takes from clean texts.
struct RecallFigures {
  /// Counts of one type in one half.
  struct Tally {
    var values = 0
    /// Values whose words are still in the output: the suites' own test.
    var leaked = 0
    /// Values of which some letter or digit is still in the output.
    var touched = 0

    var recall: Double { values == 0 ? 1 : Double(values - leaked) / Double(values) }

    /// The 95 % interval of the recall after Wilson.
    var interval: ClosedRange<Double> { Self.wilson(values - leaked, of: values) }

    static func wilson(_ hits: Int, of total: Int) -> ClosedRange<Double> {
      guard total > 0 else { return 0...1 }
      let (share, count, z) = (Double(hits) / Double(total), Double(total), 1.959964)
      let center = share + z * z / (2 * count)
      let spread = z * (share * (1 - share) / count + z * z / (4 * count * count)).squareRoot()
      let scale = 1 + z * z / count
      return max(0, (center - spread) / scale)...min(1, (center + spread) / scale)
    }

    static func += (tally: inout Tally, other: Tally) {
      tally.values += other.values
      tally.leaked += other.leaked
      tally.touched += other.touched
    }
  }

  /// A value that leaked, for those who tune.
  struct Miss {
    var value: LabelledText.Value
    var text: String
  }

  private(set) var tallies: [LabelledText.Half: [String: Tally]] = [:]
  /// Texts without any identifier, and how many of them were changed.
  private(set) var clean: [LabelledText.Half: (texts: Int, changed: Int)] = [:]
  /// The misses of the tuning half; nobody looks at the other.
  private(set) var misses: [Miss] = []
  /// What was taken from clean texts of the tuning half: rule and words.
  private(set) var excesses: [(rule: String, words: String)] = []

  init(of texts: [LabelledText], with scanner: IdentifierScanner) {
    for text in texts { count(text, scanner.identifiers(in: text.text)) }
  }

  func total(of types: Set<String>, in half: LabelledText.Half) -> Tally {
    var total = Tally()
    for (type, tally) in tallies[half] ?? [:] where types.contains(type) { total += tally }
    return total
  }

  var types: Set<String> { Set(tallies.values.flatMap(\.keys)) }

  private mutating func count(_ text: LabelledText, _ found: [Identifier]) {
    let half = text.half
    if text.values.isEmpty {
      let before = clean[half] ?? (0, 0)
      clean[half] = (before.texts + 1, before.changed + (found.isEmpty ? 0 : 1))
      if half == .tuning { excesses += found.map { ($0.rule, Self.words($0.range, of: text)) } }
    }
    let output = Self.folded(Self.output(text.text, without: found))
    for value in text.values {
      let isLeaked = output.contains(Self.folded(value.text))
      let isTouched =
        isLeaked || value.range.map { Self.isOpen($0, of: text, after: found) } == true
      tallies[half, default: [:]][value.kind, default: Tally()] += Tally(
        values: 1, leaked: isLeaked ? 1 : 0, touched: isTouched ? 1 : 0)
      if half == .tuning, isTouched { misses.append(Miss(value: value, text: output)) }
    }
  }

  private static func words(_ range: Range<Int>, of text: LabelledText) -> String {
    String(decoding: Array(text.text.utf8)[range], as: UTF8.self)
  }

  /// Whether a letter or digit of a place is outside all that was found.
  private static func isOpen(
    _ range: Range<Int>, of text: LabelledText, after found: [Identifier]
  ) -> Bool {
    let bytes = Array(text.text.utf8)
    return range.contains { place in
      let byte = bytes[place]
      let isOfWord = byte >= 0x80 || Character(UnicodeScalar(byte)).isLetter || byte.isDigit
      return isOfWord && !found.contains { $0.range.contains(place) }
    }
  }

  private static func output(_ text: String, without found: [Identifier]) -> String {
    let bytes = Array(text.utf8)
    var output: [UInt8] = []
    var done = 0
    for identifier in found {
      output += bytes[done..<identifier.range.lowerBound]
      output += "[]".utf8
      done = identifier.range.upperBound
    }
    output += bytes[done...]
    return String(decoding: output, as: UTF8.self)
  }

  /// Without case, blanks as one.
  private static func folded(_ text: String) -> String {
    text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
}
