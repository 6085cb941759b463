import Records

/// Tidies the texts of a record in place, without changing what they say.
///
/// Line ends become LF; page breaks and Unicode's line separators too. Other control characters
/// and byte order marks go, as do blanks at the ends of lines and of the whole; more than one empty
/// line in a row becomes one. Unicode normalisation is never applied: `10⁵/μL` stays what it is.
/// Cleaning twice is the same as cleaning once.
package struct Cleaner: Sendable {
  /// Whether runs of spaces and tabs inside a line become one space and indentation goes: for prose,
  /// not for notes whose columns mean something.
  package var foldsSpaces: Bool

  package init(foldsSpaces: Bool = false) { self.foldsSpaces = foldsSpaces }

  /// Cleans every text of a record.
  package func clean(_ record: inout Record) {
    record.content.forEachText { clean(&$0) }
  }

  /// Cleans a text; one that is clean already is left untouched.
  package func clean(_ text: inout String) {
    let cleaned = text.withUTF8 { bytes -> String? in
      guard !isClean(bytes) else { return nil }
      return String(unsafeUninitializedCapacity: bytes.count) { output in
        var writer = CleanWriter(output, foldsSpaces: foldsSpaces)
        Scanner(bytes).forEachPiece { writer.write($0, of: $1) }
        return writer.count
      }
    }
    if let cleaned { text = cleaned }
  }

  /// Whether cleaning would change nothing.
  private func isClean(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = bytes.first, let last = bytes.last else { return true }
    guard !Byte.isSpace(first), !Byte.isSpace(last) else { return false }
    guard !foldsSpaces else { return bytes.indices.allSatisfy { isClean(bytes, at: $0) } }
    var index = 0
    let raw = UnsafeRawBufferPointer(bytes)
    while index + 8 <= bytes.count {
      let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      if Byte.hasSuspect(word) {
        for place in index..<index + 8 where !isClean(bytes, at: place) { return false }
      }
      index += 8
    }
    return (index..<bytes.count).allSatisfy { isClean(bytes, at: $0) }
  }

  /// Whether cleaning would leave the byte at a place, which is neither first nor last when it is
  /// white space.
  private func isClean(_ bytes: UnsafeBufferPointer<UInt8>, at place: Int) -> Bool {
    switch bytes[place] {
    case Byte.space:
      return !foldsSpaces
        || (bytes[place - 1] != Byte.space && bytes[place - 1] != Byte.lineFeed)
    case Byte.tab: return !foldsSpaces
    case Byte.lineFeed:
      if Byte.isBlank(bytes[place - 1]) { return false }
      return place < 2 || bytes[place - 1] != Byte.lineFeed || bytes[place - 2] != Byte.lineFeed
    case 0xc2, 0xe2, 0xef: return Scanner(bytes).wide(at: place) == nil
    case 0..<Byte.space, 0x7f: return false
    default: return true
    }
  }
}

/// What bytes mean to the cleaner.
private enum Byte {
  static let tab = UInt8(ascii: "\t")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let space = UInt8(ascii: " ")

  static func isBlank(_ byte: UInt8) -> Bool { byte == space || byte == tab }

  static func isSpace(_ byte: UInt8) -> Bool { byte == lineFeed || isBlank(byte) }

  /// Whether one of eight bytes may be unclean where single spaces are fine: a control, or the start
  /// of a character that may be one (0xc2, 0xe2, 0xef).
  @inline(__always)
  static func hasSuspect(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let controls = (word &- ones &* 0x20) & ~word
    let c2OrE2 = word | ones &* 0x20
    return
      (controls | zeros(word ^ ones &* 0x7f) | zeros(c2OrE2 ^ ones &* 0xe2)
      | zeros(word ^ ones &* 0xef)) & (ones &* 0x80) != 0
  }

  /// The high bit of every byte that is zero (and, above such a byte, of some that are one).
  @inline(__always)
  private static func zeros(_ word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101) & ~word
  }

  /// Whether a byte is a control, a space, or the start of a character that may be one.
  @inline(__always)
  static func isSpecial(_ byte: UInt8) -> Bool {
    byte <= space || byte == 0x7f || byte == 0xc2 || byte == 0xe2 || byte == 0xef
  }
}

/// Cuts text into what stays as it is and what the cleaner acts on.
private struct Scanner {
  /// A piece of the text.
  enum Piece {
    case text(Range<Int>)
    case blank(UInt8)
    case lineEnd
    case dropped
  }

  private let bytes: UnsafeBufferPointer<UInt8>

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  @inline(__always)
  func forEachPiece(_ body: (Piece, UnsafeBufferPointer<UInt8>) -> Void) {
    var index = 0
    while index < bytes.count {
      let start = index
      while index < bytes.count, !Byte.isSpecial(bytes[index]) { index += 1 }
      if index > start { body(.text(start..<index), bytes) }
      guard index < bytes.count else { return }
      let (piece, width) = special(at: index)
      body(piece, bytes)
      index += width
    }
  }

  private func special(at index: Int) -> (Piece, width: Int) {
    switch bytes[index] {
    case Byte.space, Byte.tab: return (.blank(bytes[index]), 1)
    case Byte.lineFeed, 0x0b, 0x0c: return (.lineEnd, 1)
    case Byte.carriageReturn:
      let isPair = index + 1 < bytes.count && bytes[index + 1] == Byte.lineFeed
      return (.lineEnd, isPair ? 2 : 1)
    case 0xc2, 0xe2, 0xef: return wide(at: index) ?? (.text(index..<index + 1), 1)
    default: return (.dropped, 1)
    }
  }

  /// The control or separator of more than one byte at `index`; nil when it is neither.
  func wide(at index: Int) -> (Piece, width: Int)? {
    guard index + 1 < bytes.count else { return nil }
    let second = bytes[index + 1]
    if bytes[index] == 0xc2 {
      guard second < 0xa0 else { return nil }
      // U+0085 is the next-line control of EBCDIC texts.
      return (second == 0x85 ? .lineEnd : .dropped, 2)
    }
    guard index + 2 < bytes.count else { return nil }
    switch (bytes[index], second, bytes[index + 2]) {
    case (0xe2, 0x80, 0xa8), (0xe2, 0x80, 0xa9): return (.lineEnd, 3)
    case (0xef, 0xbb, 0xbf): return (.dropped, 3)
    default: return nil
    }
  }
}

/// Writes the clean form: blanks and line ends only once text follows them.
private struct CleanWriter {
  private let output: UnsafeMutableBufferPointer<UInt8>
  private let foldsSpaces: Bool
  private(set) var count = 0
  private var lineEnds = 0
  private var blanks: [UInt8] = []

  init(_ output: UnsafeMutableBufferPointer<UInt8>, foldsSpaces: Bool) {
    self.output = output
    self.foldsSpaces = foldsSpaces
  }

  mutating func write(_ piece: Scanner.Piece, of bytes: UnsafeBufferPointer<UInt8>) {
    switch piece {
    case .text(let range):
      writeSpaces()
      for index in range { put(bytes[index]) }
    case .blank(let byte): blanks.append(byte)
    case .lineEnd:
      lineEnds += 1
      blanks.removeAll(keepingCapacity: true)
    case .dropped: break
    }
  }

  private mutating func writeSpaces() {
    defer {
      lineEnds = 0
      blanks.removeAll(keepingCapacity: true)
    }
    guard count > 0 else { return }
    for _ in 0..<min(lineEnds, 2) { put(Byte.lineFeed) }
    if !foldsSpaces {
      for blank in blanks { put(blank) }
    } else if lineEnds == 0, !blanks.isEmpty {
      put(Byte.space)
    }
  }

  private mutating func put(_ byte: UInt8) {
    output[count] = byte
    count += 1
  }
}
