import CUTF8Proc

/// Makes the form of text by which likeness is judged: words of NFKC, case-folded, one space apart.
///
/// Letters, numbers and marks stay; a run of anything else, `_` included, is one space; none
/// stands at the start or the end. Invisible characters (soft hyphen, zero-width space) are taken
/// out without a space, so that they cut no word. The result is a *key*: it is compared and
/// hashed, never stored as text.
///
/// The buffers are used again, so one value serves many texts, on one task at a time.
package struct UnicodeWordKey {
  /// Whether the last text is mostly in a script that sets no spaces between words (Han, kana,
  /// Thai, Lao, Khmer, Myanmar), so that callers take character n-grams rather than words.
  package private(set) var isMostlyUnspaced = false

  private var scalars: [Int32] = []

  package init() {}

  /// Writes the key of `text` to `output`, in place of what it holds.
  package mutating func normalise(_ text: String, into output: inout [UInt8]) {
    var text = text
    text.withUTF8 { normalise(UnsafeRawBufferPointer($0), into: &output) }
  }

  /// Writes the key of valid UTF-8 to `output`, in place of what it holds.
  package mutating func normalise(_ bytes: UnsafeRawBufferPointer, into output: inout [UInt8]) {
    // Room for the whole if it is ASCII; runs that are not go through `appendRun`.
    output.removeAll(keepingCapacity: true)
    output.reserveCapacity(bytes.count + 1)
    var counts = ScriptCounts()
    var index = 0
    while index < bytes.count {
      let end = UnicodeValidation.asciiEnd(of: bytes, from: index)
      Self.appendASCII(bytes, index..<end, to: &output)
      counts.letters += end - index
      index = end
      guard index < bytes.count else { break }
      let runEnd = Self.runEnd(of: bytes, from: index)
      let start = Self.runStart(bytes, before: index, &output)
      appendRun(UnsafeRawBufferPointer(rebasing: bytes[start..<runEnd]), to: &output, &counts)
      index = runEnd
    }
    if output.last == Self.space { output.removeLast() }
    isMostlyUnspaced = counts.unspaced > counts.letters
  }

  private static let space = UInt8(ascii: " ")

  private static let pieceBytes = 4096

  /// Appends the key of an ASCII run, eight bytes at a time.
  private static func appendASCII(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, to output: inout [UInt8]
  ) {
    guard !range.isEmpty else { return }
    var isAfterSpace = output.last.map { $0 == space } ?? true
    withUnsafeTemporaryAllocation(byteCount: pieceBytes, alignment: 8) { piece in
      var count = 0
      var index = range.lowerBound
      while index < range.upperBound {
        if count + 8 > pieceBytes {
          output.append(contentsOf: piece[..<count])
          count = 0
        }
        var word = ASCIIWord(bytes, index, before: range.upperBound)
        word.write(to: piece, &count, &isAfterSpace)
        index += 8
      }
      output.append(contentsOf: piece[..<count])
    }
  }

  /// The end of the run of bytes that are not ASCII.
  private static func runEnd(of bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    var index = start
    while index < bytes.count, bytes[index] >= 0x80 { index += 1 }
    return index
  }

  /// Takes the ASCII byte before a run back, as a mark at the run's start may compose with it.
  private static func runStart(
    _ bytes: UnsafeRawBufferPointer, before index: Int, _ output: inout [UInt8]
  ) -> Int {
    // Combining marks are U+0300 and above; of the lead bytes below 0xCC none starts one.
    guard index > 0, bytes[index - 1] < 0x80, bytes[index] >= 0xcc else { return index }
    if isWordByte(bytes[index - 1]) { output.removeLast() }
    return index - 1
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    let lower = byte | 0x20
    return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lower)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}

/// Up to eight ASCII bytes at once: letters in lower case, digits, and spaces for the rest.
private struct ASCIIWord {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let tops: UInt64 = 0x8080_8080_8080_8080

  private var bytes: UInt64
  /// The top bit of each byte that is a space.
  private var spaces: UInt64
  private let count: Int

  @inline(__always)
  init(_ source: UnsafeRawBufferPointer, _ index: Int, before end: Int) {
    count = min(8, end - index)
    var word: UInt64 = 0
    if count == 8 {
      word = UInt64(littleEndian: source.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    } else {
      for place in 0..<count { word |= UInt64(source[index + place]) << UInt64(place * 8) }
    }
    let lower = word | Self.between(word, "A", "Z") >> 2
    let words = Self.between(lower, "a", "z") | Self.between(lower, "0", "9")
    let isWord = (words >> 7) &* 0xff
    bytes = (lower & isWord) | (Self.ones &* 0x20 & ~isWord)
    spaces = ~words & Self.tops
  }

  /// The top bit of each byte from `first` to `last`; all bytes are below 0x80.
  @inline(__always)
  private static func between(
    _ word: UInt64, _ first: Unicode.Scalar, _ last: Unicode.Scalar
  ) -> UInt64 {
    let atLeast = word &+ ones &* UInt64(0x80 - first.value)
    let above = word &+ ones &* UInt64(0x7f - last.value)
    return atLeast & ~above & tops
  }

  /// Writes the bytes but for spaces after spaces; `piece` has room for eight.
  @inline(__always)
  mutating func write(
    to piece: UnsafeMutableRawBufferPointer, _ written: inout Int, _ isAfterSpace: inout Bool
  ) {
    let doubled = spaces & (spaces << 8 | (isAfterSpace ? 0x80 : 0))
    if doubled == 0, count == 8 {
      piece.storeBytes(of: bytes.littleEndian, toByteOffset: written, as: UInt64.self)
      written += 8
    } else {
      for place in 0..<count {
        piece[written] = UInt8(truncatingIfNeeded: bytes >> UInt64(place * 8))
        written += doubled >> UInt64(place * 8 + 7) & 1 == 0 ? 1 : 0
      }
    }
    isAfterSpace = spaces >> UInt64(count * 8 - 1) & 1 == 1
  }
}

// MARK: Runs that are not ASCII

extension UnicodeWordKey {
  /// Letters of texts, and those of them in scripts without spaces.
  private struct ScriptCounts {
    var letters = 0
    var unspaced = 0
  }

  private mutating func appendRun(
    _ run: UnsafeRawBufferPointer, to output: inout [UInt8], _ counts: inout ScriptCounts
  ) {
    for index in 0..<decompose(run) {
      let scalar = scalars[index]
      guard Self.isWordScalar(scalar) else {
        if let last = output.last, last != Self.space { output.append(Self.space) }
        continue
      }
      // The weight of a character of these scripts is that of a short word.
      if Self.isUnspaced(scalar) { counts.unspaced += 4 } else { counts.letters += 1 }
      Self.append(scalar, to: &output)
    }
  }

  /// Fills `scalars` with the run in NFKC, case-folded, and gives their number.
  private mutating func decompose(_ run: UnsafeRawBufferPointer) -> Int {
    let options = utf8proc_option_t(
      rawValue: UTF8PROC_STABLE.rawValue | UTF8PROC_COMPAT.rawValue | UTF8PROC_COMPOSE.rawValue
        | UTF8PROC_CASEFOLD.rawValue | UTF8PROC_IGNORE.rawValue)
    let source = run.bindMemory(to: UInt8.self).baseAddress
    while true {
      let count = scalars.withUnsafeMutableBufferPointer {
        utf8proc_decompose(source, run.count, $0.baseAddress, $0.count, options)
      }
      guard count >= 0 else { return 0 }
      guard count > scalars.count else { return composed(count, options) }
      // One more than needed, as utf8proc asks of the buffer it composes in.
      scalars = Array(repeating: 0, count: count * 2 + 16)
    }
  }

  private mutating func composed(_ count: Int, _ options: utf8proc_option_t) -> Int {
    let length = scalars.withUnsafeMutableBufferPointer {
      utf8proc_normalize_utf32($0.baseAddress, count, options)
    }
    return max(0, length)
  }

  private static func isWordScalar(_ scalar: Int32) -> Bool {
    switch utf8proc_category(scalar) {
    case UTF8PROC_CATEGORY_LU, UTF8PROC_CATEGORY_LL, UTF8PROC_CATEGORY_LT, UTF8PROC_CATEGORY_LM,
      UTF8PROC_CATEGORY_LO, UTF8PROC_CATEGORY_MN, UTF8PROC_CATEGORY_MC, UTF8PROC_CATEGORY_ME,
      UTF8PROC_CATEGORY_ND, UTF8PROC_CATEGORY_NL, UTF8PROC_CATEGORY_NO:
      true
    default: false
    }
  }

  static func isUnspaced(_ scalar: Int32) -> Bool {
    switch scalar {
    case 0x0e00...0x0eff, 0x1000...0x109f, 0x1780...0x17ff: true  // Thai, Lao, Myanmar, Khmer
    case 0x3005...0x3007, 0x3040...0x30ff, 0x31f0...0x31ff: true  // kana
    case 0x3400...0x4dbf, 0x4e00...0x9fff, 0xf900...0xfaff, 0x20000...0x323af: true  // Han
    default: false
    }
  }

  private static func append(_ scalar: Int32, to output: inout [UInt8]) {
    let value = UInt32(bitPattern: scalar)
    switch value {
    case ..<0x80: output.append(UInt8(truncatingIfNeeded: value))
    case ..<0x800:
      output.append(UInt8(truncatingIfNeeded: 0xc0 | value >> 6))
      output.append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3f))
    case ..<0x10000:
      output.append(UInt8(truncatingIfNeeded: 0xe0 | value >> 12))
      output.append(UInt8(truncatingIfNeeded: 0x80 | value >> 6 & 0x3f))
      output.append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3f))
    default:
      output.append(UInt8(truncatingIfNeeded: 0xf0 | value >> 18))
      output.append(UInt8(truncatingIfNeeded: 0x80 | value >> 12 & 0x3f))
      output.append(UInt8(truncatingIfNeeded: 0x80 | value >> 6 & 0x3f))
      output.append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3f))
    }
  }
}
