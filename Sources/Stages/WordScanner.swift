/// Cuts text into words: runs of letters, digits and marks, and every letter on its own in scripts
/// that put no spaces between words.
///
/// What shingles are made of, so that punctuation tells no copies apart; how long a text is says
/// `WordCount`. Case is folded for ASCII here; other letters come folded from `UnicodeWordKey`.
enum WordScanner {
  /// A word as comparisons see it.
  struct Word {
    var hash: UInt64
    var byteCount: Int
    /// Whether it is a single letter of a script without spaces.
    var isUnspaced: Bool
  }

  /// Calls `body` with every word of valid UTF-8, in order.
  @inline(__always)
  static func forEachWord(in text: UnsafeBufferPointer<UInt8>, _ body: (Word) -> Void) {
    var hasher = WordHasher()
    var index = 0
    let end = text.count
    while index < end {
      if hasher.isAligned, index + 8 <= end {
        // Nearly all words of Latin texts end here: one load, one mix, no loop over letters.
        let block = ASCIIBlock(text, at: index)
        let count = block.wordByteCount
        hasher.combine(block.lowercased, count: count)
        index += count
        if count == 8 { continue }
      }
      let byte = text[index]
      if ASCIIBlock.isWordByte(byte) {
        hasher.combine(byte | 0x20)
        index += 1
      } else if byte < 0x80 {
        hasher.finish(body)
        index += 1
      } else {
        index += scanScalar(of: text, at: index, &hasher, body)
      }
    }
    hasher.finish(body)
  }

  /// Takes the scalar above ASCII at `index`; returns how many bytes it has.
  @inline(__always)
  private static func scanScalar(
    of text: UnsafeBufferPointer<UInt8>, at index: Int, _ hasher: inout WordHasher,
    _ body: (Word) -> Void
  ) -> Int {
    let (scalar, width) = UTF8Scalar.decode(text, at: index)
    switch ScalarClass.of(scalar) {
    case .boundary: hasher.finish(body)
    case .ignored: break
    case .word:
      for offset in index..<index + width { hasher.combine(text[offset]) }
    case .unspaced:
      hasher.finish(body)
      for offset in index..<index + width { hasher.combine(text[offset]) }
      hasher.finish(isUnspaced: true, body)
    }
    return width
  }
}

/// Eight bytes of text, looked at together.
private struct ASCIIBlock {
  private let bytes: UInt64

  /// A byte eight times.
  @inline(__always)
  private static func each(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }

  @inline(__always)
  init(_ text: UnsafeBufferPointer<UInt8>, at index: Int) {
    bytes = UInt64(
      littleEndian: UnsafeRawBufferPointer(text).loadUnaligned(
        fromByteOffset: index, as: UInt64.self))
  }

  /// Letters lowered; `| 0x20` leaves digits as they are, and other bytes do not matter.
  var lowercased: UInt64 { bytes | Self.each(0x20) }

  /// How many letters and digits stand before the first other byte.
  ///
  /// Seven bits a byte are compared by additions that carry into the eighth: `x + 0x1f` has it set
  /// from `a` on, `x + 0x05` beyond `z`, `x + 0x50` from `0` on and `x + 0x46` beyond `9`.
  @inline(__always)
  var wordByteCount: Int {
    let plain = bytes & Self.each(0x7f)
    let lower = plain | Self.each(0x20)
    let letters = (lower &+ Self.each(0x1f)) & ~(lower &+ Self.each(0x05))
    let digits = (plain &+ Self.each(0x50)) & ~(plain &+ Self.each(0x46))
    let others = ~((letters | digits) & ~bytes) & Self.each(0x80)
    return others.trailingZeroBitCount >> 3
  }

  @inline(__always)
  static func isWordByte(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10
  }
}

/// The hash of the word under way: eight bytes at a time, since most words have fewer.
private struct WordHasher {
  private var state = Mix.first
  private var block: UInt64 = 0
  private var byteCount = 0

  /// Whether the next byte begins a block of eight.
  var isAligned: Bool { byteCount & 7 == 0 }

  @inline(__always)
  mutating func combine(_ byte: UInt8) {
    block |= UInt64(byte) << UInt64((byteCount & 7) << 3)
    byteCount &+= 1
    if isAligned { closeBlock() }
  }

  /// Mixes in the first `count` of eight bytes, where a block begins.
  @inline(__always)
  mutating func combine(_ bytes: UInt64, count: Int) {
    block = count == 8 ? bytes : bytes & ((1 << UInt64(count << 3)) &- 1)
    byteCount &+= count
    if count == 8 { closeBlock() }
  }

  @inline(__always)
  private mutating func closeBlock() {
    state = Mix.fold(state ^ block, Mix.second)
    block = 0
  }

  @inline(__always)
  mutating func finish(isUnspaced: Bool = false, _ body: (WordScanner.Word) -> Void) {
    guard byteCount > 0 else { return }
    let hash = Mix.fold(state ^ block, Mix.third &+ UInt64(byteCount))
    body(WordScanner.Word(hash: hash, byteCount: byteCount, isUnspaced: isUnspaced))
    self = WordHasher()
  }
}

/// Decodes UTF-8 that is known to be valid, as a `String`'s is.
enum UTF8Scalar {
  /// The scalar above ASCII whose first byte is at `index`, and its width in bytes.
  @inline(__always)
  static func decode(
    _ text: UnsafeBufferPointer<UInt8>, at index: Int
  ) -> (scalar: UInt32, width: Int) {
    let lead = UInt32(text[index])
    func trail(_ offset: Int) -> UInt32 {
      index + offset < text.count ? UInt32(text[index + offset]) & 0x3f : 0
    }
    if lead < 0xe0 { return ((lead & 0x1f) << 6 | trail(1), min(2, text.count - index)) }
    if lead < 0xf0 {
      return ((lead & 0x0f) << 12 | trail(1) << 6 | trail(2), min(3, text.count - index))
    }
    return (
      (lead & 0x07) << 18 | trail(1) << 12 | trail(2) << 6 | trail(3), min(4, text.count - index)
    )
  }
}
