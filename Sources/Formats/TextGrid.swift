import Records

/// A Praat TextGrid: what was said when, in tiers.
///
/// Read as Praat itself reads text files: only what stands free between blanks counts, numbers,
/// strings in double quotes (a quote inside is written twice) and flags in angle brackets; names,
/// `=`, `[1]` and the rest of a line after `!` do not. The long form (`xmin = 0`) and the short form
/// (`0`) are thus one. UTF-8, and UTF-16 with a byte order mark.
///
/// Format: fon.hum.uva.nl/praat/manual/TextGrid_file_formats.html, 2024.
package struct TextGrid: Sendable, Equatable {
  /// A line of intervals or points.
  package struct Tier: Sendable, Equatable {
    package var name: String
    /// By time, as they stand in the file; a point ends where it starts.
    package var intervals: [Interval]
  }

  /// A stretch of time and what is written on it.
  package struct Interval: Sendable, Equatable {
    package var start: Double
    package var end: Double
    package var text: String
  }

  package var tiers: [Tier]

  /// - Throws: `TextError` when the bytes are no text, `TextGridError` when the text is no TextGrid.
  package init(parsing bytes: UnsafeRawBufferPointer) throws {
    let text = try TextDecoder.sniff(bytes).text
    var tokens = TextGridTokens(text)
    guard try tokens.string() == "ooTextFile", try tokens.string() == "TextGrid" else {
      throw TextGridError(.noTextGrid, line: 1)
    }
    _ = try tokens.number()
    _ = try tokens.number()
    tiers = []
    guard try tokens.flag() == "exists" else { return }
    for _ in 0..<(try tokens.count()) { tiers.append(try Self.tier(&tokens)) }
  }

  private static func tier(_ tokens: inout TextGridTokens) throws -> Tier {
    let kind = try tokens.string()
    guard kind == "IntervalTier" || kind == "TextTier" else {
      throw TextGridError(.unknownTier, line: tokens.line)
    }
    var tier = Tier(name: try tokens.string(), intervals: [])
    _ = try tokens.number()
    _ = try tokens.number()
    for _ in 0..<(try tokens.count()) {
      let start = try tokens.number()
      let end = kind == "IntervalTier" ? try tokens.number() : start
      tier.intervals.append(Interval(start: start, end: end, text: try tokens.string()))
    }
    return tier
  }
}

/// The free-standing parts of a Praat text file, one after another.
private struct TextGridTokens {
  private let bytes: [UInt8]
  private var place = 0
  private(set) var line = 1

  init(_ text: String) { bytes = Array(text.utf8) }

  private enum Token {
    case string(String)
    case number(Double)
    case flag(String)
  }

  mutating func string() throws -> String {
    guard case .string(let text) = try next() else { throw unexpected("a string in quotes") }
    return text
  }

  mutating func number() throws -> Double {
    guard case .number(let number) = try next() else { throw unexpected("a number") }
    return number
  }

  mutating func flag() throws -> String {
    guard case .flag(let name) = try next() else { throw unexpected("<exists> or <absent>") }
    return name
  }

  /// A number of tiers or intervals.
  mutating func count() throws -> Int {
    let number = try number()
    // Each takes three bytes at least.
    guard let count = Int(exactly: number), (0...bytes.count).contains(count) else {
      throw unexpected("a count")
    }
    return count
  }

  private func unexpected(_ wanted: String) -> TextGridError {
    TextGridError(.expected(wanted), line: line)
  }

  private mutating func next() throws -> Token {
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "\""): return .string(try quoted())
      case UInt8(ascii: "!"): skipLine()
      case 0x0a:
        line += 1
        place += 1
      case 0...0x20: place += 1
      default:
        if let token = token(of: word()) { return token }
      }
    }
    throw TextGridError(.truncated, line: line)
  }

  /// What a word is; nil when it is a name, a sign or an index.
  private func token(of word: String) -> Token? {
    if word.hasPrefix("<"), word.hasSuffix(">") {
      return .flag(String(word.dropFirst().dropLast()))
    }
    // Praat writes a share with a percent sign; a TextGrid has none.
    guard let number = Double(word), number.isFinite else { return nil }
    return .number(number)
  }

  private mutating func word() -> String {
    let start = place
    while place < bytes.count, bytes[place] > 0x20 { place += 1 }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  private mutating func skipLine() {
    while place < bytes.count, bytes[place] != 0x0a { place += 1 }
  }

  private mutating func quoted() throws -> String {
    let first = line
    var text: [UInt8] = []
    place += 1
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if byte == 0x0a { line += 1 }
      guard byte == UInt8(ascii: "\"") else {
        text.append(byte)
        continue
      }
      guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else {
        return String(decoding: text, as: UTF8.self)
      }
      text.append(byte)
      place += 1
    }
    throw TextGridError(.truncated, line: first)
  }
}

/// Why a text is no TextGrid, and where.
package struct TextGridError: DiagnosticError, Equatable {
  /// What is wrong.
  package enum Kind: Sendable, Equatable {
    case noTextGrid
    case unknownTier
    case expected(String)
    case truncated
  }

  package var kind: Kind
  package var line: Int

  init(_ kind: Kind, line: Int) {
    self.kind = kind
    self.line = line
  }

  package var diagnostic: Diagnostic { Diagnostic(at: Position(line: line), message) }

  private var message: String {
    switch kind {
    case .noTextGrid: "not a TextGrid: it starts with \"ooTextFile\" and \"TextGrid\""
    case .unknownTier: "a tier is an IntervalTier or a TextTier"
    case .expected(let wanted): "expected \(wanted)"
    case .truncated: "the TextGrid ends inside a tier or a string"
    }
  }
}
